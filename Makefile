# Kibitz. `make help` lists what there is. Every target sets itself up on a
# fresh machine with Go, Node 20 or newer, and Debian.

GO     ?= go
DATA   ?= data
LISTEN ?= 127.0.0.1:8080

.DEFAULT_GOAL := help
.PHONY: help run build test lint test-go test-web test-browser test-cluster bench cluster clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Build everything and play at http://127.0.0.1:8080
	bin/kibitz serve --listen $(LISTEN) --data $(DATA)

build: web/dist/index.html ## Build bin/kibitz with the web client inside
	$(GO) build -trimpath -o bin/kibitz ./cmd/kibitz

web/dist/index.html: web/node_modules/.stamp $(shell find web/src web/public web/*.html web/*.ts web/*.mjs web/scripts -type f 2>/dev/null)
	cd web && npm run --silent build

web/node_modules/.stamp: web/package.json web/package-lock.json
	scripts/need.sh node
	cd web && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

test: lint test-web build test-go test-browser ## Everything: checks, Go and TypeScript tests, browsers

lint: ## Format, vet, staticcheck
	scripts/lint.sh

test-go: ## Go tests with the race detector, on SQLite and a throw-away PostgreSQL
	scripts/need.sh gcc stockfish pgn-extract memcached nats-server haproxy caddy
	$(GO) test ./internal/poker/...
	scripts/postgres.sh $(GO) test -race -timeout 25m ./...

test-web: web/node_modules/.stamp ## TypeScript check, unit tests and size budgets
	cd web && npm run --silent check && npm test --silent && npm run --silent build && npm run --silent budget

test-browser: build ## Whole games in Debian's Chromium
	scripts/need.sh chromium stockfish
	cd web && npm run --silent browser

cluster: build ## A whole cluster on this machine: NATS, PostgreSQL, memcached, every role
	scripts/cluster.sh

test-cluster: build ## Chess and poker through that cluster while every part of it fails
	scripts/need.sh memcached nats-server postgres
	KIBITZ_FAULTS=1 $(GO) test -count=1 -v -timeout 0 ./internal/faults

bench: build ## Benchmarks of the hot paths, and kibitz bench against a throw-away server
	scripts/bench.sh

clean: ## Remove what was built (not your games in data/)
	rm -rf bin web/dist/assets web/dist/*.* web/node_modules
