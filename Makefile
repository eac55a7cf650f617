# Verbs of this project. `make` alone prints them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
T ?= tests
DEBIAN_PACKAGES := poppler-utils qpdf mupdf-tools softhsm2

NODE_JUDGES := tests/node tests/node_wallets

.PHONY: help node-judges setup setup-dev system-packages run demo test cluster scale check fix bench bench-log audit kill faults stateful vectors migration lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A stamp is newer than the lock it was built from; a stale or missing one builds the environment anew.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3.11)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); test "$$(id -u)" = 0 && apt-get update -q && apt-get install -qy python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

setup: $(VENV)/.runtime ## install what running needs, from the hashed lock file

setup-dev: $(VENV)/.dev system-packages ## install what tests and checks need

system-packages:
	@missing=""; for p in $(DEBIAN_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ] || { ! command -v dpkg >/dev/null && command -v pdfsig >/dev/null; }; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qy $$missing >/dev/null; \
	else echo "The tests need these Debian packages:$$missing (install them, or run as root)" >&2; exit 1; fi

run: setup ## set up, run the main job once, then serve on 127.0.0.1:8000 (PORT= changes it)
	@export COMPETENCY_BANK_PUBLIC_URL="$${COMPETENCY_BANK_PUBLIC_URL:-http://127.0.0.1:$(PORT)}"; \
	$(BIN)/competency-bank init && $(BIN)/competency-bank demo && exec $(BIN)/competency-bank serve --port $(PORT)

demo: setup ## run the main job once, without serving
	$(BIN)/competency-bank demo

node-judges: ## bring other people's verifiers and wallets on Node for the tests, where npm and a registry are there
	@if ! command -v npm >/dev/null; then echo "no npm: tests with programs on Node are skipped" >&2; exit 0; fi; \
	for folder in $(NODE_JUDGES); do ( cd $$folder; \
	if [ ! node_modules/.complete -nt package-lock.json ]; then { npm ci --silent && touch node_modules/.complete; } || { rm -rf node_modules; echo "npm could not fetch: tests in $$folder are skipped" >&2; }; fi ); done

test: setup-dev node-judges ## run the whole test suite (T=path narrows it)
	$(BIN)/python -m pytest $(T) -n auto --dist loadfile

cluster: setup-dev ## the tests on several PostgreSQL servers: shards, and a primary killed under load
	$(BIN)/python -m pytest -m cluster tests/cluster

check: setup-dev ## everything CI runs: format, lint, types, floors, dependencies, tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(MAKE) test

fix: setup-dev ## format, and mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev ## measure: raw limit, peers and ours in one run, as ratios
	$(BIN)/competency-bank bench
	$(BIN)/python -m tests.benchmarks

scale: setup-dev ## fill banks of 10^4 to 10^7 records and measure how they grow (some minutes, 8 GB)
	$(BIN)/python -m tests.benchmarks.scale_figures

bench-log: setup-dev ## measure the log at ten million entries; takes minutes
	$(BIN)/python -m tests.benchmarks.large_log

kill: setup-dev ## kill jobs at random moments, 400 rounds (ROUNDS= SEED= change it)
	$(BIN)/python -m tests.faults.kill --rounds $(or $(ROUNDS),400) $(if $(SEED),--seed $(SEED))

faults: setup-dev ## let the disk fail at 400 places, and eight writers race
	$(BIN)/python -m tests.faults.disk --faults $(or $(FAULTS),400)
	$(BIN)/python -m tests.faults.races

stateful: setup-dev ## 1,000 random histories of 50 steps against the model, on each backend
	STATEFUL_RUNS=$(or $(RUNS),1000) STATEFUL_STEPS=$(or $(STEPS),50) $(BIN)/python -m pytest tests/trips/test_stateful.py tests/trips/test_stateful_on_postgresql.py -n 2 --dist loadfile

audit: setup ## re-derive everything from entry 0
	$(BIN)/competency-bank audit

vectors: setup-dev ## write the test vectors again; fails if an existing one would change
	$(BIN)/python -m tests.vectors.generate
	git diff --exit-code -- tests/vectors

migration: setup ## write a new migration (M=name)
	$(BIN)/python -m competency_bank.storage.migrations.new "$(M)"

lock: ## write both lock files again, without any registry address (needs uv)
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group build --group dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock

clean: ## remove the environment and caches (never a bank)
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
