# make and Python 3.11 or newer are all that a newcomer needs; everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help install set-up demo test test-browser test-long check check-api check-ocds check-clients serve bench lock chromium npx

NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
PIP = .venv/bin/pip --disable-pip-version-check --quiet
PYTEST = .venv/bin/pytest
UV_VERSION = 0.13.9
COMPILE = .venv/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
SPECTRAL_VERSION = 6.16.3

# What .venv was made from, or "unfinished": an interrupted installation is begun anew.
STAMP = .venv/made-from
MADE_FROM = $(CURDIR) $(shell cat requirements/dev.txt pyproject.toml | cksum)
# The generators of clients have an environment of their own; make install knows nothing of it.
CLIENTS = .venv/clients
CLIENTS_MADE_FROM = $(CURDIR) $(shell cksum < requirements/clients.txt)

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

install: ## set up .venv with the pinned requirements (at once where that is done)
	@[ "$$(cat $(STAMP) 2>/dev/null)" = '$(MADE_FROM)' ] && .venv/bin/python -c '' 2>/dev/null || \
		$(MAKE) --no-print-directory set-up

set-up:
	@[ -n '$(PYTHON)' ] || { echo 'Python 3.11 or newer is missing.' >&2; exit 1; }
	@echo 'Installing the pinned requirements into .venv: a minute or two.'
	@# A .venv that was copied, left unfinished or has lost its Python cannot be mended.
	@[ "$$(cat $(STAMP) 2>/dev/null)" != unfinished ] && \
		.venv/bin/pip --version 2>/dev/null | grep -qF '$(CURDIR)/.venv/' || \
		$(PYTHON) -m venv --clear .venv
	@echo unfinished > $(STAMP)
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@echo '$(MADE_FROM)' > $(STAMP)

demo: install ## run the example over HTTP, from contract to fulfilment
	@.venv/bin/handslag demo

test: install ## run every test but the browser's, on SQLite and on PostgreSQL
	$(PYTEST) -m 'not browser' --numprocesses 3 --dist worksteal

test-browser: install chromium ## run the docs page in a real headless browser
	$(PYTEST) -m browser

test-long: install ## try many times as much of what tests make up: sequences, inputs, calls
	HANDSLAG_TIMES=20 $(PYTEST) -m sampled --hypothesis-seed=2018 --numprocesses 2 --dist worksteal

check: install ## look at format, lint, types and import directions
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

check-api: install npx ## lint the OpenAPI document, and print it with every Python that is found
	@mkdir -p .venv/api
	.venv/bin/handslag openapi > .venv/api/openapi.json
	npx --yes @stoplight/spectral-cli@$(SPECTRAL_VERSION) lint .venv/api/openapi.json \
		--ruleset .spectral.yaml --fail-severity warn
	.venv/bin/python -m scripts.check_interpreters .venv/interpreters

check-ocds: install ## hold exported contracts against OCDS's schema, where that lies beside the checkout
	.venv/bin/python -m scripts.check_ocds ../shared/reference/ocds

check-clients: install npx ## generate clients in Python and TypeScript, and let each play the example
	@[ "$$(cat $(CLIENTS)/made-from 2>/dev/null)" = '$(CLIENTS_MADE_FROM)' ] || { \
		.venv/bin/python -m venv --clear $(CLIENTS) && \
		$(CLIENTS)/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/clients.txt && \
		echo '$(CLIENTS_MADE_FROM)' > $(CLIENTS)/made-from; }
	.venv/bin/python -m scripts.clients.check $(CLIENTS)

serve: install ## start the service on port 8000
	@.venv/bin/handslag serve

bench: install ## measure everything, into bench.json and the handbook's page of the engine
	@.venv/bin/handslag bench --json bench.json
	@.venv/bin/python -m app.bench.page bench.json docs

lock: install ## pin the newest versions that fit pyproject.toml, with their hashes
	$(PIP) install uv==$(UV_VERSION)
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra scale --output-file requirements/scale.txt
	$(COMPILE) pyproject.toml --extra scale --extra dev --output-file requirements/dev.txt
	$(COMPILE) --group build --output-file requirements/build.txt
	$(COMPILE) --group clients --output-file requirements/clients.txt

chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		apt-get update -q && apt-get install -qy --no-install-recommends chromium; } || { \
		echo 'chromium is missing: install it, for example by apt-get install chromium.' >&2; exit 1; }

npx:
	@command -v npx >/dev/null || { echo 'npx is missing: it comes with Node.js 18 or newer.' >&2; exit 1; }
