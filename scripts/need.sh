#!/usr/bin/env bash
# Sees that the named tools are there: installs Debian packages where it may,
# and otherwise says exactly what to install, and fails.
#   scripts/need.sh gcc chromium stockfish node memcached nats-server
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

# Debian's NATS server is too old: this one is built into bin/.
nats_version=v2.15.2

# package prints the Debian package that brings a tool.
package() {
  case "$1" in
    gcc) echo "gcc libc6-dev" ;;
    postgres) echo postgresql ;;
    *) echo "$1" ;;
  esac
}

have() {
  case "$1" in
    postgres) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null 2>&1 ;;
    *) PATH="$PATH:/usr/games" command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# nats_server builds the NATS server, unless it is there.
nats_server() {
  local program="$root/bin/nats-server"
  if [ -x "$program" ] && [ "$("$program" --version)" = "nats-server: $nats_version" ]; then return; fi
  mkdir -p "$root/bin"
  (
    flock 9
    if [ -x "$program" ] && [ "$("$program" --version)" = "nats-server: $nats_version" ]; then exit; fi
    echo "building nats-server $nats_version" >&2
    cd "$root/bin" && GOFLAGS=-trimpath GOBIN="$root/bin" go install "github.com/nats-io/nats-server/v2@$nats_version"
  ) 9>"$root/bin/.nats-server.lock"
}

node_is_new_enough() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

missing=()
for tool in "$@"; do
  if [ "$tool" = node ]; then
    if ! have node || ! have npm || ! node_is_new_enough; then
      echo "kibitz needs Node.js 20 or newer with npm: https://nodejs.org/en/download" >&2
      exit 1
    fi
  elif [ "$tool" = nats-server ]; then
    nats_server
  elif ! have "$tool"; then
    # shellcheck disable=SC2207 # one word a package is what is wanted
    missing+=($(package "$tool"))
  fi
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=(); else as_root=(sudo -n); fi
if have apt-get && "${as_root[@]}" true 2>/dev/null; then
  echo "installing ${missing[*]}" >&2
  {
    "${as_root[@]}" apt-get -qq update
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}"
  } >/dev/null
else
  echo "please install: apt-get install ${missing[*]}" >&2
  exit 1
fi
