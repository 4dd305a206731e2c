# make run      sets up what is missing and runs TataKerja on http://127.0.0.1:8000 (PORT=9000 make run: elsewhere)
# make test     sets up what is missing and runs every test
# make nightly  the same, with random tests many times as deep
# make check    the fast part: style, types, floors, unit tests
# make docs     writes the pages that are made from the program
# make bench    measures the engine on a durable PostgreSQL, in five minutes; bench-full at full scale
# make texts    collects new and changed texts into the catalogue, to be translated there

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard engine/translations/*/LC_MESSAGES/messages.po))
# What takes longest begins first, so that no core waits for another at the end.
RINGS := $(wildcard $(addprefix tests/,e2e integration api processes conformance architecture unit))
FRONTEND := $(shell find webui/frontend webui/templates -type f) $(wildcard webui/*.py webui/*/*.py engine/forms/*.py)

# Offices often stand behind a proxy with a certificate of its own: what this machine trusts, the installers trust.
MACHINE_CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
export UV_SYSTEM_CERTS ?= 1
ifneq ($(MACHINE_CERTIFICATES),)
export PIP_CERT ?= $(MACHINE_CERTIFICATES)
export NODE_EXTRA_CA_CERTS ?= $(MACHINE_CERTIFICATES)
endif

.PHONY: help setup run test nightly check lint bench bench-full services migration docs texts lock clean

help:
	@sed -n '1,7s/^# //p' Makefile

setup: .venv/ready webui/static/dist/manifest.json $(CATALOGUES)

run: setup
	@exec $(BIN)/tatakerja serve --port $(PORT)

test: setup services lint
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(RINGS)

nightly: setup services
	TATAKERJA_TESTS=nightly $(BIN)/pytest --timeout 3600 -n auto --dist loadfile --no-loadscope-reorder $(RINGS)

check: .venv/ready $(CATALOGUES) lint
	$(BIN)/pytest tests/unit tests/conformance

lint:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup services
	@$(BIN)/python -m tests.bench

bench-full: setup services
	@$(BIN)/python -m tests.bench --full

services:
	@tests/support/install.sh redis-server:redis-server postgres:postgresql chromium:chromium openssl:openssl

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'TataKerja needs Python 3.11 or newer.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tests/support/install.sh ensurepip:python3-venv
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements-build.txt requirements-dev.txt requirements.in pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-build.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --config-setting editable_mode=compat --editable .
	@touch $@

node_modules/ready: package.json package-lock.json .npmrc
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo 'TataKerja needs Node 20 or newer.'; exit 1; }
	npm ci --no-fund --no-audit --loglevel=error
	@touch $@

webui/static/dist/manifest.json: node_modules/ready $(FRONTEND)
	node webui/frontend/build.mjs

%.mo: %.po .venv/ready
	$(BIN)/pybabel -q compile -i $< -o $@

# make migration what="Cases have a priority"
migration: setup
	$(BIN)/python -m tests.support.new_migration "$(what)"

docs: .venv/ready
	$(BIN)/python -m tests.conformance.pages

# brings the catalogue of texts up to date with the program
texts: .venv/ready
	@mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output --omit-header --width=120 -o build/messages.pot .
	$(BIN)/pybabel -q update -i build/messages.pot -d engine/translations --no-fuzzy-matching --ignore-obsolete \
	  --ignore-pot-creation-date --width=120

lock: setup
	for name in requirements requirements-dev requirements-build; do \
	  $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    --no-annotate --no-header $$name.in -o $$name.txt; \
	done
	npm install --package-lock-only --no-fund --no-audit
	node -e 'const fs = require("fs"), file = "package-lock.json", lock = JSON.parse(fs.readFileSync(file)); for (const entry of Object.values(lock.packages)) delete entry.funding; fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n")'

clean:
	rm -rf .venv node_modules build webui/static/dist *.egg-info .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)
