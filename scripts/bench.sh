#!/usr/bin/env bash
# Benchmarks: the hot paths one by one, and whole games against a throw-away
# server on this machine. What was measured where is in docs/performance.md.
#   scripts/bench.sh [GAMES...]     100 1000 5000 by default
set -euo pipefail
cd "$(dirname "$0")/.."

go test -run '^$' -bench 'Perft|JudgeMove' ./internal/chess
go test -run '^$' -bench . ./internal/table ./internal/clock
go test -run '^$' -bench 'Append' ./internal/walstore

home=$(mktemp -d)
port=${KIBITZ_BENCH_PORT:-18480}
bin/kibitz serve --listen "127.0.0.1:$port" --data "$home/data" --engine none --guests-per-minute -1 2>"$home/log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$home"' EXIT
for _ in $(seq 100); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  sleep 0.1
done

for games in "${@:-100 1000 5000}"; do
  for n in $games; do
    echo "--- $n games, a move after a second of thought each"
    bin/kibitz bench --url "http://127.0.0.1:$port" --games "$n" --think 1s --duration 30s
  done
done
