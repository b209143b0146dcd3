# Answerby. `make` alone prints this help; every line of it is a comment beside a target.
# Variables: PORT and DATA for demo, JOBS for test, PYTHON to name an interpreter, ARGS for anything else.

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.answerby-run
DEV := $(VENV)/.answerby-dev
SELF := $(VENV)/.answerby-self
PO := $(wildcard tracker/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
PIP := $(BIN)/python -m pip --disable-pip-version-check
JOBS ?= 2
PORT ?=
DATA ?=
ARGS ?=
UV_COMPILE := pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench lock messages wheel ready chromium clean
.DELETE_ON_ERROR:

help: ## this help
	@echo "Answerby shows who owes the public an answer, since when, and whether what came back was one."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)$$/  make \1 \2/p' Makefile | awk '{ printf "  %s %-8s", $$1, $$2; $$1 = $$2 = ""; print $$0 }'

demo: $(SELF) $(MO) ## set everything up and serve the demo; PORT=8000 and DATA=folder are optional
	$(BIN)/answerby demo $(if $(PORT),--port $(PORT)) $(if $(DATA),--data "$(DATA)") $(ARGS)

test: ready ## set everything up (PostgreSQL and browser too) and run the tests; JOBS=2, ARGS=…
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: $(DEV) ## format, rules and types, as the tests' machine checks them
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict tracker scrapers

format: $(DEV) ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV) $(SELF) ## run the measured comparisons in bench/
	@for file in bench/*.py; do [ -e "$$file" ] || { echo "There is nothing in bench/ yet."; exit 0; }; \
	  echo "== $$file"; $(BIN)/python "$$file" $(ARGS) || exit 1; done

lock: ## resolve the locked versions again (needs uv on the PATH or in the environment)
	@uv=$$(command -v $(BIN)/uv || command -v uv) || { echo "make lock needs uv: pip install uv"; exit 1; }; \
	lock() { "$$uv" $(UV_COMPILE) pyproject.toml -o "$$@" && { echo "# Locked versions with hashes; made by \`make lock\`."; cat "$$1"; } > "$$1.new" && mv "$$1.new" "$$1"; }; \
	lock requirements/dev.lock --extra dev --extra build && \
	lock requirements/run.lock --extra build --constraint requirements/dev.lock --no-annotate

messages: $(DEV) ## collect the words of the interface into the catalogues of every language, to be translated
	mkdir -p build
	$(BIN)/pybabel --quiet extract -F tracker/translations/babel.toml -k NN_:1,2 -k refuse:2 -k Point:2 -k AddressError -k lazy_gettext --no-location --sort-output --no-wrap -o build/messages.pot .
	$(BIN)/pybabel --quiet update -i build/messages.pot -d tracker/translations --no-fuzzy-matching --ignore-obsolete --no-wrap

wheel: $(RUN) ## build the wheel into dist/
	rm -rf build
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove everything that make made, the environment included
	rm -rf $(VENV) build dist ./*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis tracker/_assets $(MO)

ready: $(DEV) $(SELF) $(MO) chromium

# --- the steps behind them; each leaves a stamp, so that a second run is quick and a changed lock installs again ---

# A python3.12 on the PATH may be an empty shim, or lack venv: each candidate is tried, the first that works is used.
$(BIN)/python:
	@for candidate in $(PYTHON) python3.12 python3.11 python3 /usr/local/bin/python3.12 /usr/bin/python3.12 /usr/bin/python3.11; do \
	  "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null </dev/null || continue; \
	  echo "Making $(VENV) with $$candidate ($$("$$candidate" --version))"; \
	  "$$candidate" -m venv $(VENV) && exit 0; rm -rf $(VENV); \
	done; \
	echo "Answerby needs Python 3.11 or 3.12 with venv and pip, and none was found." >&2; \
	echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.12)" >&2; \
	echo "or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
	exit 1

$(RUN): requirements/run.lock | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/run.lock
	@touch $@

$(DEV): requirements/dev.lock | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

# The project itself, editable and without looking for dependencies: the lock has brought them all.
$(SELF): pyproject.toml setup.py | $(if $(filter test ready bench,$(MAKECMDGOALS)),$(DEV),$(RUN))
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po | $(SELF)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

chromium:
	@for name in chromium chromium-browser google-chrome-stable google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  apt-get -qq update </dev/null && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core </dev/null >/dev/null && exit 0; \
	fi; \
	echo "The browser tests need Chromium, and none was found on the PATH." >&2; \
	echo "Install it (Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install chromium) and run make test again." >&2; \
	exit 1
