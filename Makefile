# make run    set up everything and serve http://127.0.0.1:8000/
# make test   set up everything and run the whole suite
# make help   the other commands
.DEFAULT_GOAL := help
PYTHON_BIN := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false

.PHONY: help setup encoders run test unit stories rasa-test mutations nlu-evaluation check lint knowledge evaluate benchmark load fuzz audit lock clean

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:  ## The environment in .venv and the trained model
	@./scripts/setup.sh

encoders: setup  ## Tune the encoders anew on data/nlu, over an hour on two cores, and build with them
	@$(PYTHON_BIN) -m bot tune
	@./scripts/setup.sh

run:  ## Serve the website on http://127.0.0.1:8000/, with the last good model where a new one cannot be trained
	@./scripts/setup.sh || test -f models/SHA256SUMS
	@$(PYTHON_BIN) -m bot serve

test: setup check  ## The whole suite
	@$(PYTHON_BIN) -m pytest
	@$(MAKE) --no-print-directory stories rasa-test
	@$(PYTHON_BIN) -m tests.mutations --quick

unit: ## The tests that need no model, in seconds
	@$(PYTHON_BIN) -m pytest tests/unit

stories: setup  ## The dialogue stories and what they cover, to reports/
	@$(PYTHON_BIN) -m bot test --coverage --junit reports/stories.xml --report reports/stories.json

rasa-test: setup  ## Plain `rasa test` on the stories that it can play, to reports/rasa/
	@rm -rf reports/rasa
	@$(PYTHON_BIN) -m bot.stories.plain reports/rasa/test_stories.yml
	@$(PYTHON_BIN) -m rasa test core --model models/lamplight.tar.gz --stories reports/rasa/test_stories.yml --e2e --out reports/rasa --fail-on-prediction-errors

mutations: setup  ## Break the bot in known ways and see that the stories notice, to reports/
	@$(PYTHON_BIN) -m tests.mutations

nlu-evaluation: setup  ## Cross-validation of the intents and the unseen set, and the page of all reports
	@$(PYTHON_BIN) -m tests.nlu

check: lint knowledge  ## Style, types and knowledge

lint:
	@$(PYTHON_BIN) -m ruff check .
	@$(PYTHON_BIN) -m ruff format --check bot tests
	@$(PYTHON_BIN) -m mypy bot tests

knowledge:
	@$(PYTHON_BIN) -m bot check

evaluate: setup  ## Safety and answers on the messages of tests/evaluation, to reports/
	@$(PYTHON_BIN) -m tests.evaluation

benchmark: setup  ## Speed, memory and the scoreboard, to reports/; FAQ=dir adds public FAQ sets, FULL=1 a million vectors
	@$(PYTHON_BIN) -m tests.benchmarks $(if $(FULL),--full) $(if $(FAQ),--faq "$(FAQ)")

load: setup  ## Load and faults around a real Redis, ten minutes, to reports/ (SOAK=--hour: an hour more)
	@$(PYTHON_BIN) -m tests.benchmarks.load $(SOAK)

TOOLS := .cache/tools/bin
$(TOOLS)/%:
	@test -x $(TOOLS)/python || $(PYTHON_BIN) -m venv .cache/tools
	@$(TOOLS)/python -m pip --quiet install schemathesis==4.32.5 pip-audit==2.10.1

fuzz: setup $(TOOLS)/schemathesis  ## The HTTP API against docs/openapi.yml, five minutes
	@$(PYTHON_BIN) -m tests.security $(abspath $(TOOLS)/schemathesis)

audit: $(TOOLS)/pip-audit  ## The pinned packages against the public advisories; docs/security.md has the known ones
	@$(TOOLS)/pip-audit --requirement requirements.txt --no-deps --disable-pip

lock:  ## Write requirements.txt from requirements.in
	@./scripts/lock.sh

clean:  ## Remove the environment, the model and the reports
	rm -rf .venv .rasa .cache models reports
