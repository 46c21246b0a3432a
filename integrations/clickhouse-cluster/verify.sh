#!/usr/bin/env bash
# Runs the lake's contract suite and the kill test against a real cluster: what docs/lake.md lists as not proved without one.
#   integrations/clickhouse-cluster/verify.sh                  starts the cluster of compose.yaml, and removes it afterwards
#   integrations/clickhouse-cluster/verify.sh URL [COMMAND]    against one's own; its database `tiltmeter` is filled with tables.
#                                                              COMMAND kills a server and starts it again; without it nothing is killed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
if [ $# -eq 0 ]; then
  trap 'docker compose -f "$here/compose.yaml" down -v' EXIT
  docker compose -f "$here/compose.yaml" up -d
  for _ in $(seq 120); do
    curl -fsS 'http://127.0.0.1:8123/?user=tiltmeter&password=tiltmeter&query=SELECT+1+FROM+clusterAllReplicas(main,system.one)' >/dev/null 2>&1 && break
    sleep 1
  done
  # two replicas: what is acknowledged by both has to be there whichever is killed
  set -- 'http://tiltmeter:tiltmeter@127.0.0.1:8123?cluster=main&quorum=auto' "$here/kill-one.sh"
fi
export TILTMETER_TEST_LAKE_URL=$1 TILTMETER_TEST_LAKE_KILL=${2:-}
npx vitest run server/store/lake/lake.test.ts -t 'on a real server'
npx vitest run --config vitest.slow.config.ts server/store/lake/drivers/cluster/cluster.slow.test.ts
