# The doors for engineers: `make demo`, `make test`, `make bench`, `make check`.
# A fresh clone needs Python 3.11 or later, git and make; everything else is installed into .venv, once, from the lock.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY     := $(BIN)/python
READY  := $(VENV)/.ready
TESTS  ?= -n auto

.DEFAULT_GOAL := help
.PHONY: help demo test bench check clauses lock clean

help:
	@echo 'make demo   make an office in a new folder (or DEMO=folder), run sample forms through it, show the result'
	@echo 'make test   run the tests (TESTS="-k words" for some of them)'
	@echo 'make bench  measure, side by side, and write .bench/results.json'
	@echo 'make check  lint, types, imports, dependencies'
	@echo 'make clauses  write the table of the clauses of the plan (docs/) anew'
	@echo 'make lock   write the lock files anew from pyproject.toml (LOCK=--upgrade for newer versions)'
	@echo 'make clean  remove .venv and what the tools left behind'

# The stamp is newer than what it was made from: the second run installs nothing.
$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'paperwork needs Python 3.11 or later, and "$(PYTHON)" is not that: make $(MAKECMDGOALS) PYTHON=/path/to/python' >&2; \
	  exit 1; }
	@echo 'Setting up $(VENV) from requirements-dev.lock (once) …'
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(PY) -c 'import pathlib; pathlib.Path("$(READY)").touch()'

demo: $(READY)
	@set -e; \
	office="$${DEMO:-$$($(PY) -c 'import tempfile; print(tempfile.mkdtemp(prefix="paperwork-demo-"))')/office}"; \
	$(BIN)/paperwork demo "$$office"; \
	echo "The office stands in $$office"

test: $(READY)
	@$(PY) -m pytest $(TESTS)

bench: $(READY)
	@$(PY) benchmarks/run.py

# All four are asked, so that one run shows everything that is wrong.
check: $(READY)
	@status=0; \
	for tool in 'ruff check --quiet' 'mypy --no-error-summary' 'lint-imports --no-logo' 'deptry --no-ansi src'; do \
	  if found="$$($(BIN)/$$tool 2>&1)"; then echo "ok      $$tool"; \
	  else printf 'failed  %s\n%s\n' "$$tool" "$$found"; status=1; fi; \
	done; exit $$status

clauses: $(READY)
	@$(PY) -m tools.clauses

lock: $(READY)
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	@for out in '-o requirements.lock' '--group dev -c requirements.lock -o requirements-dev.lock'; do \
	  $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --custom-compile-command 'make lock' $(LOCK) pyproject.toml $$out || exit 1; \
	done

clean:
	rm -rf $(VENV) .bench .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
