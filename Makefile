# make test: everything is set up, then formatting, types, content and tests are checked.
# make demo: the practice room in a browser. make chat: a conversation in the terminal. make run: the bot, with BOT_TOKEN set.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: setup test check demo chat run lock clean
setup: $(VENV)/.ready

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@echo "Setting up $(VENV) with the pinned dependencies (about a minute the first time) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

test: setup
	@echo "Formatting and style ..." && $(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@echo "Types ..." && $(BIN)/mypy --no-error-summary
	@echo "Content ..." && $(BIN)/neuvoja check
	@echo "Tests ..." && $(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: setup
	@$(BIN)/neuvoja check

demo: setup
	@$(BIN)/neuvoja demo $(ARGS)

chat: setup
	@$(BIN)/neuvoja chat $(ARGS)

run: setup
	@$(BIN)/neuvoja run

# Needs uv on the machine; hashes only, no addresses.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --quiet pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) var dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
