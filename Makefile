# make site: build the website from nothing. make test: test the program with all this machine has.

PYTHON ?= python3
VENV := .venv
OLDEST := .venv-oldest
BIN := $(VENV)/bin
INSTALL := -m pip install --quiet
LOCKED := $(INSTALL) --require-hashes --requirement
THIS := $(INSTALL) --no-deps --no-build-isolation --editable .
# A worker more than a small machine has processors: some tests wait for a browser, another process or a change.
PYTEST := pytest -n 3 --dist loadfile --no-loadscope-reorder
# Where tests write: in memory, where enough of it is given out as a disk on which programs may run.
ROOM := $(shell findmnt -bnro AVAIL,OPTIONS -T /dev/shm 2>/dev/null | grep -v noexec | awk '$$1 > 2000000000 {print "yes"}')
IN_MEMORY := $(if $(ROOM),TMPDIR=/dev/shm)
# Tests start the program hundreds of times: what Python compiled of it is kept, whatever the surroundings say.
export PYTHONDONTWRITEBYTECODE :=
CHOSEN := not content and not outside
# What `-m` of pytest chooses: make test CHOSEN="not content and not slow"; with CHOSEN= it takes all.
UV := uv==0.13.9
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --group build

.PHONY: site install test outside content nightly every-page test-oldest check docs lock goldens screenshots clean

site: $(VENV)/.installed
	$(BIN)/python build.py
	@echo "The site is in output/: open output/index.html in a browser."

# The program alone: `.venv/bin/ledger`.
install: $(VENV)/.installed
	@echo "Installed: $(BIN)/ledger"

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(IN_MEMORY) $(BIN)/$(PYTEST) $(if $(CHOSEN),-m "$(CHOSEN)")

# What others bring: a new ledger in an environment of its own, with packages from the index; a cluster of Dask; afdocs.
outside: $(VENV)/.installed-test
	$(IN_MEMORY) $(BIN)/pytest -m outside

# What is promised of the records in content/, apart from the program.
content: $(VENV)/.installed-test
	$(BIN)/ledger check --strict
	$(IN_MEMORY) $(BIN)/$(PYTEST) -m content

# The tests with random examples, with many more of them than `make test` tries, and every page of content/.
nightly: $(VENV)/.installed-test
	HYPOTHESIS_PROFILE=nightly $(IN_MEMORY) $(BIN)/$(PYTEST) -m "hypothesis or nightly" --timeout 3600

# Every page of content/ in a browser and under the HTML checker; `make content` takes one of every sort.
every-page: $(VENV)/.installed-test
	HYPOTHESIS_PROFILE=nightly $(IN_MEMORY) $(BIN)/$(PYTEST) -m nightly

# The tests with the oldest versions of everything that pyproject.toml allows.
test-oldest: $(OLDEST)/.installed
	$(IN_MEMORY) $(OLDEST)/bin/$(PYTEST) -m "not content"

check: $(VENV)/.installed
	$(BIN)/ledger check --strict

docs: $(VENV)/.installed
	$(BIN)/python docs/tables.py
	$(BIN)/python -m ledger.exports.schema_files
	$(BIN)/ledger schema --write ledger/skeleton/dot-vscode/schemas

# What is installed to work on the program, pinned by version and hash: anew, with what is newest today.
lock: $(VENV)/.installed
	$(BIN)/python $(INSTALL) $(UV)
	$(COMPILE) --group lint --extra test --output-file requirements/test.txt
	$(COMPILE) --constraint requirements/test.txt --output-file requirements/site.txt
	$(COMPILE) --extra test --resolution lowest-direct --output-file requirements/oldest.txt

# What some tests compare output with, anew; read the difference.
goldens: $(VENV)/.installed-test
	LEDGER_UPDATE_GOLDEN=1 $(BIN)/pytest tests/test_sites.py tests/test_errors.py
	git diff --stat -- tests

screenshots: $(VENV)/.installed-test
	$(BIN)/python docs/screenshots.py

$(VENV)/.installed: pyproject.toml requirements/site.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(LOCKED) requirements/site.txt
	$(BIN)/python $(THIS)
	touch $@

$(VENV)/.installed-test: pyproject.toml requirements/test.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(LOCKED) requirements/test.txt
	$(BIN)/python $(THIS)
	touch $@ $(VENV)/.installed

$(OLDEST)/.installed: pyproject.toml requirements/oldest.txt
	test -x $(OLDEST)/bin/python || $(PYTHON) -m venv $(OLDEST)
	$(OLDEST)/bin/python $(LOCKED) requirements/oldest.txt
	$(OLDEST)/bin/python $(THIS)
	touch $@

clean:
	rm -rf $(VENV) $(OLDEST) dist output/* .pytest_cache .mypy_cache .ruff_cache .hypothesis
