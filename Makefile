# Fixpoint: two commands do everything, `make run` and `make test`; the others are for developers.

PYTHON ?= python3
PSA_PORT ?= 8000
DEMO ?= 1
export PSA_PORT DEMO

RUN := .venv/bin/python
WORKERS ?= auto
TESTS ?=
SIZES ?= 2000 20000
TICKETS ?= 100000
PDFS ?= 1000
SEED ?= $(shell $(PYTHON) -c "import random; print(random.randrange(1_000_000))")
ROUNDS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test torture check bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install everything into this folder, start nothing
	@$(PYTHON) scripts/setup.py

run: setup ## run the app with the demonstration firm (DEMO=0: an empty firm; PSA_PORT=8000)
	@exec $(RUN) -m psa.embedded.run

test: ## run all tests (TESTS="billing -k proration" for some)
	@$(PYTHON) scripts/setup.py --tests
	@$(RUN) scripts/browser.py
	@$(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

torture: ## kill, race and rob whole billing runs (SEED=, ROUNDS=, TESTS="tests/torture -k queue")
	@$(PYTHON) scripts/setup.py --tests
	@PSA_TORTURE=whole PSA_TORTURE_SEED="$(SEED)" PSA_TORTURE_ROUNDS="$(ROUNDS)" \
		$(RUN) -m pytest $(or $(TESTS),tests/torture)

check: ## run every check of the code that is not a test
	@$(PYTHON) scripts/setup.py --tests
	@$(RUN) scripts/check.py

bench: ## measure, and write docs/performance.md (SIZES="2000 20000 100000" TICKETS=1000000 PDFS=10000 for all)
	@$(PYTHON) scripts/setup.py --tests
	@$(RUN) manage.py bench --clients $(SIZES) --tickets $(TICKETS) --pdfs $(PDFS)

lock: ## write the locked lists of packages anew (scripts/lock.sh --upgrade for newer ones)
	@scripts/lock.sh

clean: ## remove what set-up and tests made; data in var/ stays
	rm -rf .venv node_modules static/vendor test-results .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
