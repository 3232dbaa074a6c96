# Two commands matter: `make up` (a working site on this machine) and `make test` (all that must pass).
# Everything lives in this folder: .venv, node_modules, workspace. `make clean` removes what was made.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
COUNCILS ?= 12
SEED ?= 1
WORKSPACE ?= demo
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help up test cover lint prove bench docs styles axe lock clean browser venv venv-dev

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s'|'

# --- environments: stamped by the lock files' contents, so a second run costs nothing ---

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "whatworks needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: on Debian or Ubuntu run 'apt install python3-venv'."; exit 1; }

$(VENV)/.base: requirements/base.txt requirements/node.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing locked dependencies (a minute or two the first time) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements/base.txt
	@command -v npm >/dev/null 2>&1 || $(BIN)/pip install --quiet --require-hashes -r requirements/node.txt
	@WHATWORKS_SKIP_STYLES=1 $(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what tests and checks need ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

venv: $(VENV)/.base
venv-dev: $(VENV)/.dev

styles: $(VENV)/.base  ## compile the style sheets
	@$(BIN)/python tools/build_styles.py

axe: $(VENV)/.base
	@$(BIN)/python tools/build_styles.py --dev

# --- the two commands ---

up: styles  ## a workspace of synthetic councils, and the site that shows it
	@$(BIN)/whatworks up --councils $(COUNCILS) --seed $(SEED) --port $(PORT) --workspace $(WORKSPACE)

# Tests start many processes. Each would compile all that it imports anew where the caller's environment keeps
# Python from writing compiled modules down, so they are kept in the venv, away from the sources.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/$(VENV)/compiled $(BIN)/pytest
# Files are given out in the order of tests/conftest.py, which puts those of many short tests last: no worker is
# left with a long file at the end.
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: $(VENV)/.dev axe browser lint  ## everything that must pass
	@$(PYTEST) $(SPREAD) $(ARGS)

cover: $(VENV)/.dev axe browser  ## the tests, and which lines they never reach (slower)
	@$(PYTEST) $(SPREAD) --cov --cov-report=term:skip-covered $(ARGS)

browser: $(VENV)/.dev
	@$(BIN)/python tools/ensure_browser.py

lint: $(VENV)/.dev  ## ruff, mypy, the floors of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

prove: $(VENV)/.dev axe browser  ## long proofs: fuzzing, both engines, repeated kills
	@$(BIN)/pip install --quiet --require-hashes -r requirements/spark.txt
	@WHATWORKS_PROVE=1 WHATWORKS_HYPOTHESIS=prove $(PYTEST) -m "prove or not prove" $(ARGS)

bench: $(VENV)/.dev  ## timings and memory, as CPU seconds
	@for question in bench/[a-z]*.py; do echo; echo "== $$question"; $(BIN)/python $$question || exit 1; done

docs: $(VENV)/.dev  ## pages generated from the definitions and their examples
	@$(BIN)/python tools/build_docs.py docs/generated

lock: $(VENV)/.dev  ## solve the dependencies anew and write their hashes
	@$(BIN)/python tools/lock.py

clean:  ## remove what was made here (the workspace stays)
	rm -rf $(VENV) node_modules build dist docs/generated src/whatworks/service/static/built
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
