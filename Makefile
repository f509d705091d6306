# Everything works from a fresh clone: each target makes the environment that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test lint bench bench-clean clean

run: $(VENV)/installed
	$(BIN)/footnote

test: $(VENV)/installed-dev
	tests/chromium.sh
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.embed
	$(BIN)/python -m benchmarks.clean

bench-clean: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
