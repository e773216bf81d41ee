# Kyodo: everything a person does with a checkout. `make` alone lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
BUILT := src/kyodo/core/ui/static/built/kyodo.css
CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)

.PHONY: help install run demo test lint bench faults lock messages docs clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# ---- set-up ---------------------------------------------------------------------------------------------------------
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Kyodo needs Python 3.11 or newer, and there is no '$(PYTHON)' here."; \
	  echo "  Debian/Ubuntu: sudo apt install python3 python3-venv    or: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Kyodo needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
	  echo "  Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python can't make virtual environments."; \
	  echo "  Debian/Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.uv: $(BIN)/python requirements/uv.txt
	@echo "Installing (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.txt pyproject.toml
	@$(UV) install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(UV) install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

frontend/node_modules/.installed: $(VENV)/.run frontend/package-lock.json
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(BUILT): frontend/node_modules/.installed frontend/build.mjs $(wildcard frontend/src/*)
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

$(VENV)/.messages: $(VENV)/.run $(CATALOGUES)
	@for po in $(CATALOGUES); do $(BIN)/pybabel --quiet compile -l en -i $$po -o $${po%.po}.mo || exit 1; done
	@touch $@

install: $(VENV)/.run $(BUILT) $(VENV)/.messages ## set up .venv, libraries, front end, translations

# ---- use ------------------------------------------------------------------------------------------------------------
run: install ## start the demonstration region (PORT=8001 for another port)
	@exec $(BIN)/kyodo run --demo --port $(PORT)

demo: install ## make the demonstration region anew
	@$(BIN)/kyodo demo --reset

# ---- proof ----------------------------------------------------------------------------------------------------------
lint: install $(VENV)/.dev ## style, templates, import contracts, types, migrations, translations
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.lint

test: lint ## lint, then the whole suite (SQLite always; PostgreSQL and browser where found)
	@$(BIN)/python -m tests.suite

bench: install $(VENV)/.dev ## measure: engines and web (minutes)
	@$(BIN)/python -m benchmarks

faults: install $(VENV)/.dev ## kill -9 a real server 50 times and more (minutes)
	@KYODO_KILLS=50 $(BIN)/python -m tests.suite faults

# ---- upkeep ---------------------------------------------------------------------------------------------------------
LOCK = $(UV) compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
       --python-version 3.11 --custom-compile-command "make lock"

lock: $(VENV)/.uv ## renew the locks (UPGRADE=--upgrade for newer versions)
	@echo uv | $(LOCK) $(UPGRADE) -o requirements/uv.txt -
	@$(LOCK) $(UPGRADE) --group build -o requirements/run.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --group dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts --loglevel=error

messages: $(VENV)/.dev ## collect new texts for translation
	@$(BIN)/python -m tests.translations --write

docs: install $(VENV)/.dev ## renew the pages that are written from the code
	@$(BIN)/python -m tests.reference --write

clean: ## remove all that was built (never var/, where the data is)
	@rm -rf $(VENV) frontend/node_modules src/kyodo/core/ui/static/built .mypy_cache .ruff_cache .pytest_cache
	@find src -name '*.mo' -delete
