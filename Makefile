# Everything a person does here, by name. `make` alone lists it.
#
# The first command makes a virtual environment in .venv; after that none needs the network.
# Without make: see "Without make" in README.md.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
.DELETE_ON_ERROR:

# The Python that makes .venv: the first of these that is new enough. To name one yourself:
# make site PYTHON=/path/to/python3.12
PYTHON ?=
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
OLDEST := 3.11

VENV := .venv
RUN := $(VENV)/bin/python

# More for pytest and the preview: make test ARGS="-k safety", make serve ARGS="--port 9000"
ARGS ?=
# Processes for the tests. 0 runs them in one.
WORKERS ?= 2

PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
export PIP_USER := 0

# ---------------------------------------------------------------- for everyone

.PHONY: help
help: ## List these commands
	@echo "Stem-cell Evidence"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
	    printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: site
site: ready-to-build ## Build the site into site/
	@$(RUN) build.py build

.PHONY: report
report: ready-to-report ## Build the site with its topics as PDF and Word files (needs Pango: docs/editing.md)
	@$(RUN) build.py report

.PHONY: serve
serve: ready-to-build ## Show the site on this computer, and every change as soon as it is saved
	@$(RUN) build.py serve $(ARGS)

.PHONY: gallery
gallery: ready-to-test ## Build a site with every kind of figure and page into gallery/
	@$(RUN) -m tests.gallery

.PHONY: test
test: ready-to-test ## Run the tests
	@$(RUN) -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

.PHONY: check
check: format lint types sources test ## All that continuous integration runs: style, types, sources, tests

# ---------------------------------------------------------------- parts of `make check`

.PHONY: format
format: ready-to-test
	@$(RUN) -m ruff format --check .

.PHONY: lint
lint: ready-to-test
	@$(RUN) -m ruff check .

.PHONY: types
types: ready-to-test
	@$(RUN) -m mypy

.PHONY: sources
sources: ready-to-test
	@$(RUN) build.py check

# ---------------------------------------------------------------- for developers

.PHONY: tidy
tidy: ready-to-test ## Mend what the style check can mend by itself
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

.PHONY: docs
docs: ready-to-build ## Write docs/rules.md, docs/keys.md, docs/words.md, docs/schemas/ and the recipes for hosts again
	@$(RUN) build.py rules
	@$(RUN) build.py schemas
	@$(RUN) build.py hosting

.PHONY: components
components: ready-to-build ## Write the list of components, components.cdx.json, again from the pins
	@$(RUN) -m tools.components

.PHONY: weaknesses
weaknesses: ready-to-build ## Ask whether a component has a known weakness (needs the network)
	@$(RUN) -m tools.weaknesses

.PHONY: audit
audit: ready-to-test ## Audit the finished site in one table: hosts, links, weights, HTML, axe, Lighthouse
	@$(RUN) build.py build
	@$(RUN) -m tools.audit $(ARGS)

.PHONY: validate
validate: ready-to-build ## Check every page with the Nu HTML validator (needs Java and npm)
	@$(RUN) build.py build
	@tests/validate_html site

.PHONY: bench
bench: ready-to-test ## Measure builds of small and large sites
	@$(RUN) -m benchmarks

.PHONY: lock
lock: locker ## Write the requirements with all versions and hashes again from the .in files
	@$(LOCK) $(UPGRADE) requirements.in --output-file requirements.txt
	@$(LOCK) $(UPGRADE) requirements-report.in --constraint requirements.txt --output-file requirements-report.txt
	@$(LOCK) $(UPGRADE) requirements-test.in --constraint requirements-report.txt --output-file requirements-test.txt

.PHONY: upgrade
upgrade: ## The same, with the newest versions that the .in files allow
	@$(MAKE) lock UPGRADE=--upgrade

.PHONY: clean
clean: ## Remove what was built and cached; keep the virtual environment
	@rm -rf site gallery .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## The same, and the virtual environment too
	@rm -rf $(VENV) $(VENV)-lock

# ---------------------------------------------------------------- the virtual environment

# Beside what was installed lies a copy of the requirements it was installed from: nothing is done
# while the two are the same. What the tests need includes what the site needs.
.PHONY: ready-to-build
ready-to-build: environment
	@cmp -s requirements.txt $(VENV)/site.txt || { \
	    echo "Installing what the site needs ..."; \
	    $(PIP) -r requirements.txt && cp requirements.txt $(VENV)/site.txt; }

.PHONY: ready-to-report
ready-to-report: environment
	@cmp -s requirements-report.txt $(VENV)/report.txt || { \
	    echo "Installing what the site, PDF and Word files need ..."; \
	    $(PIP) -r requirements-report.txt && cp requirements.txt $(VENV)/site.txt && \
	    cp requirements-report.txt $(VENV)/report.txt; }

.PHONY: ready-to-test
ready-to-test: environment
	@cmp -s requirements-test.txt $(VENV)/tests.txt || { \
	    echo "Installing what the site and its tests need ..."; \
	    $(PIP) -r requirements-test.txt && cp requirements.txt $(VENV)/site.txt && \
	    cp requirements-report.txt $(VENV)/report.txt && cp requirements-test.txt $(VENV)/tests.txt; }

# Also mends an environment that was left half made, or whose Python was removed or replaced.
WHOLE := import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)
NEW_ENOUGH := import sys; sys.exit(sys.version_info < tuple(map(int, "$(OLDEST)".split("."))))
ABLE := import ensurepip, venv
NAMES = $(or $(PYTHON),$(CANDIDATES))

.PHONY: environment
environment:
	@$(RUN) -c '$(WHOLE)' 2>/dev/null && exit; \
	for name in $(NAMES); do \
	    "$$name" -c '$(NEW_ENOUGH)' 2>/dev/null || continue; \
	    python=$$name; \
	    "$$name" -c '$(ABLE)' 2>/dev/null && break; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "Python $(OLDEST) or newer is needed, and none of these is: $(NAMES)." >&2; \
	    echo "Install one (https://www.python.org/downloads/), or name one: make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	if ! "$$python" -c '$(ABLE)' 2>/dev/null; then \
	    echo "'$$python' cannot make virtual environments: its modules venv and ensurepip are missing." >&2; \
	    echo "On Debian and Ubuntu: apt install python3-venv" >&2; \
	    exit 1; \
	fi; \
	trap 'rm -rf $(VENV); exit 1' INT TERM; \
	"$$python" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

LOCK := $(VENV)-lock/bin/python -m uv pip compile --quiet --universal --python-version $(OLDEST) \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: locker
locker: environment
	@test -d $(VENV)-lock || $(RUN) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
