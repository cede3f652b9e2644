#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL server, whose URL is in
# KIBITZ_TEST_POSTGRES. A server that is named there already is used as it is.
#   scripts/postgres.sh go test ./internal/sqlstore
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${KIBITZ_TEST_POSTGRES:-}" ]; then exec "$@"; fi

# programs prints the folder of the newest server that is installed.
programs() {
  local newest
  newest=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  if [ -x "$newest/postgres" ]; then echo "$newest"; else dirname "$(command -v postgres)"; fi
}

scripts/need.sh postgres
bin=$(programs)
home=$(mktemp -d)
as_owner=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
  chown postgres "$home"
  as_owner=(runuser -u postgres --)
fi

stop() {
  (cd "$home" && "${as_owner[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate -s stop) >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT

# Nothing of it outlives the test, and so nothing is synced.
(
  cd "$home"
  "${as_owner[@]}" "$bin/initdb" -D data -U kibitz -A trust -E UTF8 --no-locale -N >init.log
  "${as_owner[@]}" "$bin/pg_ctl" -D data -l log -s -w -o \
    "-c listen_addresses='' -c unix_socket_directories='$home' -c fsync=off -c max_connections=300 ${KIBITZ_POSTGRES_OPTIONS:-}" start
)

export KIBITZ_TEST_POSTGRES="postgres:///postgres?host=$home&user=kibitz"
"$@"
