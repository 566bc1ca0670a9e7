#!/bin/bash
# Stands in for Kafka's own tool, whose jar is not among the broker's: succeeds when the broker's port is open.
address=${2:?--bootstrap-server host:port}
exec 3<>"/dev/tcp/${address%:*}/${address#*:}"
