# Two commands do all the set-up: `make run` shows the studio, `make test` proves that everything holds.
# Only relative paths stand here, so the checkout may have any name, spaces included.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/installed

.DEFAULT_GOAL := help
.PHONY: help run test lint bench faults backup restore

help:
	@echo "make run                 the site with a demo studio on http://localhost:8000 (PORT=8001, DEMO=0)"
	@echo "make test                everything that must hold on every change (ARGS=\"-k words\" for some of the tests)"
	@echo "make lint                style and types of mistakes only, in seconds"
	@echo "make bench               measure, and write docs/benchmarks.md"
	@echo "make faults              the long races and faults"
	@echo "make backup              the database into var/backups"
	@echo "make restore FILE=...    the database from such a file"

run: $(STAMP)
	@exec $(PY) -m spa.start run

test: $(STAMP)
	@exec $(PY) -m spa.start test $(ARGS)

lint: $(STAMP)
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

bench: $(STAMP)
	@exec $(PY) -m spa.start bench $(ARGS)

faults: $(STAMP)
	@exec $(PY) -m spa.start faults $(ARGS)

backup: $(STAMP)
	@exec $(PY) -m spa.backup backup

restore: $(STAMP)
	@FILE="$(FILE)" exec $(PY) -m spa.backup restore

# Installs only when a requirements file has changed since the last time, and starts over when the last time was cut off.
$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed: name one with make run PYTHON=python3.12"; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing what the project needs into $(VENV) (only when it has changed) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $(STAMP)
