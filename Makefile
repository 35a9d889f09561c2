# Minutebook: `make help` lists what there is.

PYTHON  ?= $(shell command -v python3.11 || command -v python3)
VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install --quiet --disable-pip-version-check
FOLDER  ?= corpus
DB      ?= data/minutebook.duckdb
WORKERS ?=
GOLD    ?= corpus/gold
SQL     ?= SELECT council, held_on, text FROM decisions ORDER BY held_on DESC LIMIT 10
MINUTES ?=
MEGABYTES ?=
export SQL

.PHONY: help venv ingest query evaluate serve weekly coverage schema test lint types check bench accuracy train lock audit clean
.DEFAULT_GOAL := help

help:
	@echo 'make ingest  [FOLDER=~/papers] [DB=file] [WORKERS=n]   read a folder of papers into a database'
	@echo 'make query   SQL="SELECT ..." [DB=file]                 ask it'
	@echo 'make evaluate [GOLD=folder] [DB=file]                  hold it against annotated papers'
	@echo 'make serve                                             search and read in the browser'
	@echo 'make weekly  [MINUTES=n] [MEGABYTES=n]                  scrape, ingest, publish, say what is new (docs/unattended)'
	@echo 'make coverage                                          what councils announced, and what of it is here'
	@echo 'make schema                                            the tables and columns'
	@echo 'make check                                             tests, lint, types: all that a change must pass'
	@echo 'make bench   [FOLDER=folder]                            speed and memory, beside pdfium and pdfplumber'
	@echo 'make accuracy                                          how right the records are, as evaluation/accuracy.md'
	@echo 'make lock                                              pin what is installed anew, by hash, from pyproject.toml'
	@echo 'make audit                                             ask whether anything pinned has known weaknesses'
	@echo 'make train                                             fit what confidence means anew, from the corpus; minutes'

# The program alone, for who uses it; what developers need besides, for who changes it.
# What is installed is what the locks name, byte for byte (`make lock` makes them anew from pyproject.toml).
$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

venv: $(VENV)/.installed-dev

ingest: $(VENV)/.installed
	$(BIN)/minutebook ingest $(FOLDER) --db $(DB) $(if $(WORKERS),--workers $(WORKERS))

query: $(VENV)/.installed
	@$(BIN)/minutebook query "$$SQL" --db $(DB)

evaluate: $(VENV)/.installed
	@$(BIN)/minutebook evaluate $(GOLD) --db $(DB)

serve: $(VENV)/.installed
	@$(BIN)/minutebook serve --db $(DB)

# Who you are, for those whose sites are asked: MINUTEBOOK_CONTACT in the environment.
weekly: $(VENV)/.installed
	@$(BIN)/minutebook weekly --db $(DB) --log $(dir $(DB))weekly.jsonl $(if $(MINUTES),--max-minutes $(MINUTES)) \
		$(if $(MEGABYTES),--max-megabytes $(MEGABYTES))

coverage: $(VENV)/.installed
	@$(BIN)/minutebook coverage --db $(DB)

schema: $(VENV)/.installed
	@$(BIN)/minutebook schema

test: venv
	$(BIN)/python -m pytest

lint: venv
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: venv
	$(BIN)/mypy

check: lint types test

bench: venv
	$(BIN)/python -m evaluation.bench $(if $(filter file,$(origin FOLDER)),,$(FOLDER))

accuracy: venv
	$(BIN)/python -m evaluation.accuracy

train: venv
	$(BIN)/python -m evaluation.training

# Markers make one lock fit every Python and system; the build's own needs are locked with the rest.
LOCK := uv pip compile pyproject.toml .ci/build-requires.txt --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet

lock: $(VENV)/.installed
	$(PIP) uv
	$(BIN)/$(LOCK) --all-extras --output-file requirements-dev.lock
	$(BIN)/$(LOCK) --constraints requirements-dev.lock --output-file requirements.lock

audit: venv
	@$(BIN)/python .ci/audit.py requirements.lock

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
