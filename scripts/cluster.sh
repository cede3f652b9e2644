#!/usr/bin/env bash
# A whole cluster on this machine, on loopback: 3 NATS servers, PostgreSQL, 2
# memcached, 3 app servers, 2 workers, 2 gateways. It prints where the gateways
# answer, and stops everything that it started when it is interrupted, or when
# the command that it was given has ended.
#   scripts/cluster.sh [COMMAND [ARGUMENTS...]]
# The command finds in its environment KIBITZ_CLUSTER_HOME (a folder with a file
# NAME.pid, NAME.log and NAME.cmd for every process, which is what to run in that
# folder), KIBITZ_CLUSTER_GATEWAYS, KIBITZ_CLUSTER_APPS, KIBITZ_CLUSTER_NATS,
# KIBITZ_CLUSTER_DATABASE.
# KIBITZ_CLUSTER_PORT is the first of 20 ports, 18600 by default;
# KIBITZ_CLUSTER_KEEP a folder for the data, which is then kept;
# KIBITZ_CLUSTER_LINKS the first of 36 ports where somebody carries connections
# from each process to each other, who can cut them: internal/faults does.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh memcached nats-server postgres

first=${KIBITZ_CLUSTER_PORT:-18600}
links=${KIBITZ_CLUSTER_LINKS:-}
program=$PWD/bin
if [ -n "${KIBITZ_CLUSTER_KEEP:-}" ]; then
  mkdir -p "$KIBITZ_CLUSTER_KEEP"
  home=$(cd "$KIBITZ_CLUSTER_KEEP" && pwd)
else
  home=$(mktemp -d)
fi
export KIBITZ_CLUSTER_HOME=$home

# gone waits until a process has ended, and ends one that does not.
gone() {
  for _ in $(seq 100); do
    if ! kill -0 "$1" 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  kill -9 "$1" 2>/dev/null || true
}

# stop ends what this script started, by its ids.
stop() {
  set +e
  trap - EXIT INT TERM
  local name pid
  for name in gateway worker app nats memcached postgres; do
    for pid in $(cat "$home/$name"[0-9].pid 2>/dev/null); do
      # shellcheck disable=SC2046 # each child is one word
      kill -CONT "$pid" $(cat "/proc/$pid/task/$pid/children" 2>/dev/null) 2>/dev/null || true
      kill "$pid" 2>/dev/null || true
    done
    for pid in $(cat "$home/$name"[0-9].pid 2>/dev/null); do gone "$pid"; done
  done
  wait
  if [ -z "${KIBITZ_CLUSTER_KEEP:-}" ]; then rm -rf "$home"; fi
}
trap stop EXIT
trap 'exit 130' INT TERM

# start NAME COMMAND... runs a command in the background.
start() {
  local name=$1
  shift
  printf '%q ' "$@" >"$home/$name.cmd"
  (cd "$home" && exec "$@") >>"$home/$name.log" 2>&1 &
  echo $! >"$home/$name.pid"
}

# nats_for N prints where the N-th process that uses NATS finds the servers.
nats_for() {
  local port=$((links ? links + 3 * $1 : first)) list=() i
  for i in 0 1 2; do list+=("nats://kibitz:kibitz@127.0.0.1:$((port + i))"); done
  (IFS=, && echo "${list[*]}")
}

# routes_of I prints where a NATS server finds all of them.
routes_of() {
  local cluster list=() i
  for i in 0 1 2; do
    if [ -n "$links" ] && [ "$i" != "$1" ]; then cluster=$((links + 27 + 3 * $1)); else cluster=$((first + 3)); fi
    list+=("\"nats-route://127.0.0.1:$((cluster + i))\"")
  done
  (IFS=, && echo "[${list[*]}]")
}

# open waits until a port takes connections.
open() {
  for _ in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "nothing listens at port $1; see $home" >&2
  tail -n 5 "$home"/*.log >&2
  exit 1
}

for i in 0 1 2; do
  mkdir -p "$home/nats$i"
  cat >"$home/nats$i.conf" <<CONF
server_name: nats$i
listen: "127.0.0.1:$((first + i))"
max_payload: 2MB
jetstream { store_dir: "$home/nats$i", sync_interval: always, max_file_store: 4GB, max_memory_store: 64MB }
cluster {
  name: kibitz, listen: "127.0.0.1:$((first + 3 + i))", routes: $(routes_of "$i")
  ${links:+no_advertise: true, advertise: "127.0.0.1:1" # nobody finds a way around the links}
}
accounts {
  SYSTEM: { users: [{user: system, password: system}], exports: [{service: "\$SYS.REQ.SERVER.PING.JSZ", response: stream}] }
  KIBITZ: {
    jetstream: enabled, users: [{user: kibitz, password: kibitz}]
    imports: [{service: {account: SYSTEM, subject: "\$SYS.REQ.SERVER.PING.JSZ"}}]
  }
}
system_account: SYSTEM
CONF
  start "nats$i" "$program/nats-server" -c "$home/nats$i.conf"
done
for i in 0 1; do start "memcached$i" memcached -u nobody -l 127.0.0.1 -p $((first + 6 + i)) -m 64; done

# PostgreSQL refuses to run as root.
postgres=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[ -x "$postgres/postgres" ] || postgres=$(dirname "$(command -v postgres)")
as_owner=()
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$home"
  mkdir -p "$home/postgres" "$home/run"
  chown postgres "$home/postgres" "$home/run"
  as_owner=(setpriv --reuid postgres --regid postgres --init-groups)
fi
mkdir -p "$home/run"
(
  cd "$home"
  if [ ! -f postgres/PG_VERSION ]; then
    "${as_owner[@]}" "$postgres/initdb" -D postgres -U kibitz -A trust -E UTF8 --no-locale -N >initdb.log
  fi
)
start postgres0 "${as_owner[@]}" "$postgres/postgres" -D "$home/postgres" -c listen_addresses=127.0.0.1 -c port=$((first + 8)) \
  -c unix_socket_directories="$home/run" -c max_connections=300
export KIBITZ_CLUSTER_DATABASE="postgres://kibitz@127.0.0.1:$((first + 8))/postgres?sslmode=disable"

common=(--guests-per-minute=-1 --trusted-proxies 127.0.0.1 --log-level "${KIBITZ_CLUSTER_LOG:-warn}")
stored=("${common[@]}" --memcached "127.0.0.1:$((first + 6)),127.0.0.1:$((first + 7))")
for i in 0 1 2 8; do open $((first + i)); done
apps=() gateways=()
for i in 0 1 2; do
  apps+=("127.0.0.1:$((first + 9 + i))")
  advertise=${apps[$i]} database=$KIBITZ_CLUSTER_DATABASE
  if [ -n "$links" ]; then
    advertise=127.0.0.1:$((links + 24 + i)) database=${database/:$((first + 8))/:$((links + 21 + i))}
  fi
  start "app$i" "$program/kibitz" serve --role app --node-name "app$i" --engine none --listen "${apps[$i]}" --advertise "$advertise" \
    --nats "$(nats_for "$i")" --database "$database" "${stored[@]}"
  if [ "$i" = 0 ]; then open $((first + 9)); fi # it makes what the others find
done
for i in 0 1; do
  start "worker$i" "$program/kibitz" serve --role worker --node-name "worker$i" --listen "127.0.0.1:$((first + 12 + i))" \
    --nats "$(nats_for $((3 + i)))" --database "$KIBITZ_CLUSTER_DATABASE" "${stored[@]}"
done
for i in 0 1; do
  gateways+=("127.0.0.1:$((first + 14 + i))")
  start "gateway$i" "$program/kibitz" serve --role gateway --node-name "gateway$i" --cluster-secret "of this machine alone" --listen "${gateways[$i]}" \
    --nats "$(nats_for $((5 + i)))" "${common[@]}"
done
export KIBITZ_CLUSTER_APPS=${apps[*]} KIBITZ_CLUSTER_GATEWAYS=${gateways[*]}
links='' && KIBITZ_CLUSTER_NATS=$(nats_for 0) && export KIBITZ_CLUSTER_NATS
for i in 10 11 12 13 14 15; do open $((first + i)); done

# ready waits until a gateway has somebody to send people to.
ready() {
  local line
  for _ in $(seq 300); do
    if exec 3<>"/dev/tcp/127.0.0.1/$1"; then
      printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
      read -r line <&3 || line=
      exec 3<&-
      case "$line" in *" 200 "*) return ;; esac
    fi 2>/dev/null
    sleep 0.1
  done
  echo "the cluster is not ready; see $home" >&2
  exit 1
}
ready $((first + 14))
ready $((first + 15))

if [ "$#" -gt 0 ]; then
  "$@"
  exit
fi
echo "Kibitz is at http://${gateways[0]} and http://${gateways[1]}; logs are in $home; Ctrl-C ends everything."
wait
