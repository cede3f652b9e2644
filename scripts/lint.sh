#!/usr/bin/env bash
# Formatting, vet, staticcheck. The import rules and the size limits are Go
# tests, in internal/deps.
set -euo pipefail
cd "$(dirname "$0")/.."

unformatted=$(git ls-files -co --exclude-standard -- '*.go' | xargs gofmt -l)
if [ -n "$unformatted" ]; then
  printf 'gofmt these files:\n%s\n' "$unformatted" >&2
  exit 1
fi
go vet ./...
go tool staticcheck ./...
