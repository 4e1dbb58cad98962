# Each target does all its own set-up; a machine needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8090

.PHONY: demo story run test check format bench year crashes soak fuzz lock clean

demo: $(VENV)/.run  ## the bot in a local Telegram: opens nothing outside this machine
	$(BIN)/python -m bot demo --port $(PORT)

story: $(VENV)/.run  ## the demonstration told in the terminal
	$(BIN)/python -m bot demo --story

run: $(VENV)/.run  ## the real bot; settings come from the environment or .env
	$(BIN)/python -m bot run

# Neighbours stay with one process, which has made what they share by then; whoever has done his part takes from the others.
# The bytecode is kept, whatever the environment says: the bots that the tests start would each compile the program.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.dev  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks

year: $(VENV)/.dev  ## a school year of 300 schools, checked message by message, and again with kills
	$(BIN)/python -m tests.year --kills 40

crashes: $(VENV)/.dev  ## a broadcast to 10,000 and 10,000 taps, killed a hundred times each, counted at the sandbox
	$(BIN)/python -m tests.crashes

soak: $(VENV)/.dev  ## half an hour at full rate with taps, imports and exports at once
	$(BIN)/python -m tests.soak

fuzz: $(VENV)/.dev  ## ten thousand damaged files against the readers of documents
	$(BIN)/python -m tests.fuzzing

# The locks name no registry: pip takes them from wherever this machine is set up to look.
lock: $(VENV)/.python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vestovoy needs Python 3.11 or newer; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run
