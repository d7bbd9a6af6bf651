# Everything a developer or an operator types; the environment is made on the way.
PY := .venv/bin/python
OUT ?= demo-out

.DEFAULT_GOAL := help
.PHONY: demo test lint types contract unit bench format help lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

.venv/ready: requirements.lock pyproject.toml .ci/environment
	@sh .ci/environment

demo: .venv/ready ## start the demo portal, inspect it, write the report and say where it is
	@$(PY) -m console.cli demo --out $(OUT)

test: .venv/ready ## lint, types, import contract and all tests (installs PostgreSQL and Chromium where it may)
	@sh .ci/packages
	@$(MAKE) --no-print-directory --jobs=2 lint contract types unit

lint: .venv/ready ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: .venv/ready ## mypy, strict
	$(PY) -m mypy

contract: .venv/ready ## who may import whom
	.venv/bin/lint-imports

# What starts processes and servers mostly waits: four runs beside each other use two cores best.
# They are cut so that they end at about the same time.
WALKS := tests/bench tests/crawler tests/demo tests/render tests/variants
TROUBLES := tests/console/test_troubles.py
HOUSE := tests/end_to_end tests/learned $(TROUBLES)
APART := tests/console tests/end_to_end tests/learned $(WALKS)

unit: .venv/ready ## the tests alone: the command's, the house's, the crawler's and all others at once
	@$(PY) -m pytest $(WALKS) & walks=$$!; \
	$(PY) -m pytest $(HOUSE) & house=$$!; \
	$(PY) -m pytest tests $(APART:%=--ignore=%) & others=$$!; \
	$(PY) -m pytest tests/console --ignore=$(TROUBLES); commands=$$?; \
	wait $$walks || commands=1; wait $$house || commands=1; wait $$others || commands=1; \
	exit $$commands

bench: .venv/ready ## measure speed and accuracy, write docs/benchmarks.md (TEXT=folder: the text rules, too)
	$(PY) -m bench $(if $(TEXT),--text $(TEXT))

format: .venv/ready ## put the code in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: .venv/ready ## renew requirements.lock from pyproject.toml
	$(PY) -m pip install --quiet uv
	.venv/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
	  --quiet --no-header --no-annotate --output-file requirements.lock

clean: ## remove the environment and what the demo wrote
	rm -rf .venv .venv-boot .bench-tools demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis
