# make site: build the website from nothing. make test: run everything this machine can run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test check docs screenshots clean

site: $(VENV)/.installed
	$(BIN)/python build.py
	@echo "The site is in output/: open output/index.html in a browser."

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

check: $(VENV)/.installed
	$(BIN)/ledger check --strict

docs: $(VENV)/.installed
	$(BIN)/python -m ledger.editing.tables
	$(BIN)/ledger schema --write ledger/skeleton/dot-vscode/schemas
	$(BIN)/python benchmarks/calibrate.py

screenshots: $(VENV)/.installed-test
	$(BIN)/python docs/screenshots.py

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) dist output/* .pytest_cache .mypy_cache .ruff_cache .hypothesis
