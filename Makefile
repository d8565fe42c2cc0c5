.PHONY: help demo test spark-cluster check format types layers docs reference clean
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: ## simulate a shop, check its map, draw posters
	$(PYTHON) dev.py demo

test: ## set up and run the tests
	$(PYTHON) dev.py test

spark-cluster: ## kill a worker of a real cluster of Spark in the middle of a question
	$(PYTHON) dev.py spark-cluster

check: ## everything a change must pass
	.ci/run

format: ## format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: ## check types
	$(BIN)/mypy

layers: ## check that imports go downwards
	$(BIN)/lint-imports

docs: ## build the documentation into docs/_build
	$(PYTHON) dev.py docs

reference: ## write the generated reference pages anew
	$(BIN)/python docs/generate.py

clean: ## remove what can be made again
	rm -rf docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
