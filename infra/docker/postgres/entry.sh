#!/bin/bash
# POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD and POSTGRES_INITDB_ARGS as the official image takes them.
set -euo pipefail
: "${POSTGRES_PASSWORD:?POSTGRES_PASSWORD must be set}"
user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
export PGDATA=${PGDATA:-/var/lib/postgresql/18/docker} PATH=/opt/postgresql/bin:$PATH LD_LIBRARY_PATH=/opt/postgresql/lib
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres /var/lib/postgresql
  exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # shellcheck disable=SC2086 # several arguments in one variable, as in the official image
  initdb -U "$user" --auth=scram-sha-256 --pwfile=<(printf '%s' "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_ARGS:-} >/dev/null
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
  echo "unix_socket_directories = '/tmp'" >>"$PGDATA/postgresql.conf"
  [ "$database" = postgres ] || echo "create database \"$database\" owner \"$user\"" | postgres --single postgres >/dev/null
fi
shift
exec postgres "$@"
