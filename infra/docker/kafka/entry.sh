#!/bin/bash
# KAFKA_SOME_SETTING becomes some.setting in the broker's properties, as in the official image.
set -euo pipefail
settings=/opt/kafka/config/server.properties
: >"$settings"
while IFS='=' read -r name value; do
  case $name in
    KAFKA_*) name=${name#KAFKA_}; name=${name,,}; echo "${name//_/.}=$value" >>"$settings" ;;
  esac
done < <(env)
java=(java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*')
"${java[@]}" kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" -c "$settings"
exec "${java[@]}" kafka.Kafka "$settings"
