#!/usr/bin/env bash
# Kills one server of the cluster as a power cut would, and starts it again. Which one: the argument, modulo four.
set -euo pipefail
cd "$(dirname "$0")"
servers=(clickhouse-1-2 clickhouse-2-1 clickhouse-2-2 clickhouse-1-2)
server=${servers[$(( ${1:-0} % 4 ))]}
docker compose kill -s KILL "$server"
sleep 3
docker compose start "$server"
