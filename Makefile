# Youshi: the commands a person needs. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test check bench format lock docs clean setup setup-dev

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: setup ## Set everything up and serve the demo village on http://127.0.0.1:8080
	@$(BIN)/youshi serve --demo

test: setup-dev ## Set everything up and run every test (ARGS="-k word" to choose)
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: setup-dev ## Format, lint, types, import contracts, rule files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/youshi rules check

bench: setup-dev ## Measure speed side by side with a bare server (ARGS="server" to choose)
	@$(BIN)/python -m bench $(ARGS)

format: setup-dev ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

docs: setup-dev ## Write the generated pages again (docs/settings.md, docs/commands.md)
	@$(BIN)/python -m scripts.generated_docs

lock: setup-dev ## Pin the dependencies again after editing requirements/*.in
	@$(PIP) install pip-tools
	@cd requirements && for kind in run dev; do \
	  ../$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host \
	    --no-emit-find-links --no-header --no-annotate --allow-unsafe -o $$kind.lock run.in $$([ $$kind = dev ] && echo dev.in); done

clean: ## Remove the virtual environment and caches (never var/: that is the village's memory)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info

# A stamp holds the checksum of what was installed, so that a second set-up costs nothing.
setup:
	@scripts/setup run
setup-dev:
	@scripts/setup dev
