# Two commands for a bare machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := data/demo
UI     := data/dagster
FAULTS ?= 50

.PHONY: demo test extras lint format ui lock reliability bench-check clean help

help:            ## this list
	@grep -E '^[a-z-]+: .*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dramatis needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV) from requirements.lock (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)   ## run the pipeline on samples/landing
	@$(BIN)/dramatis run samples/landing --home $(DEMO)

reliability: $(READY) ## kill, starve and double runs, FAULTS (50) times and more (ten minutes)
	@DRAMATIS_FAULTS=$(FAULTS) $(BIN)/python -m pytest -q -s $(addprefix tests/reliability/test_,killed.py disk_full.py at_once.py)

test: $(READY)   ## run all tests
	@$(BIN)/python -m pytest -q

# Not locked: they are for those who ask for them. PyICU is compiled where no wheel fits (Debian: libicu-dev, g++).
extras: $(READY) ## install the optional extras and run their tests
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[ftm,ray]'
	@$(BIN)/python -m pytest -q tests/sql/test_ftm.py tests/pipeline/test_ray_engine.py

lint: $(READY)   ## ruff, mypy, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar sql

format: $(READY) ## let ruff lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

ui: $(READY)     ## open Dagster on the same definitions
	@mkdir -p $(UI) && cp dagster.yaml $(UI)/dagster.yaml
	@DAGSTER_HOME=$(CURDIR)/$(UI) $(BIN)/dagster dev -w workspace.yaml

bench-check: $(READY) ## the fast sanity checks of benchmarks/
	@$(BIN)/python -m benchmarks.check

# Hashes only, no index address: needs `uv` on the PATH.
lock:            ## resolve pyproject.toml into requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-strip-extras --extra ui --extra dev pyproject.toml -o requirements.lock

clean:           ## remove what runs have written
	rm -rf data build
