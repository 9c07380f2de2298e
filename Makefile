# Firstcall. `make run` sets everything up and opens the demo; `make` alone lists what else there is.
# Needs Python 3.11 or later with venv. Nothing is installed outside .venv. PYTHON=/path/to/python chooses another one.
.POSIX:
.PHONY: help setup run test live kills mornings simulate lint bench screenshots clean requirements

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet
PACKAGES = attendance bot messaging storage mis office service training
PYTHON =
WORKERS = 2
#: Suites that start the service as a process, and a browser; they mostly wait.
LIVE = tests/serving tests/browser
TESTS = $(filter-out $(LIVE),$(patsubst %/,%,$(sort $(wildcard tests/*/))))
KILLS = 50
PORT = 8000
DAYS = 10000
FROM = 1

help:
	@echo "make run    set up and open the demo school in a browser at http://127.0.0.1:8000/ (PORT=8001 for another)"
	@echo "make setup  make .venv with the pinned dependencies and the firstcall command"
	@echo "make test   run the tests (TESTS=tests/mis runs a part)"
	@echo "make live   start the service as a process, kill it, and walk every page in Chromium"
	@echo "make kills  kill the service fifty times under load (KILLS=10, SEED=… for others)"
	@echo "make mornings  each demo morning in the browser, worked off by mouse and by keyboard"
	@echo "make simulate  10,000 simulated school days on all cores (DAYS=500 FROM=1234 for others)"
	@echo "make lint   check style, types and which room may import which"
	@echo "make bench  measure; results to keep go to benchmarks/RESULTS.md"
	@echo "make screenshots  pictures of every page in docs/pictures/ (needs Debian's chromium)"
	@echo "make clean  remove .venv and caches; never .env or a database"
	@echo "make requirements  compile requirements*.txt again from requirements*.in"

setup: $(VENV)/.ready

run: setup
	$(BIN)/firstcall demo --port $(PORT)

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

live: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 3 --dist worksteal $(LIVE)

kills: $(VENV)/.ready-dev
	KILLS=$(KILLS) $(BIN)/python -m pytest -n 0 -s tests/serving/test_killed_at_any_moment.py

mornings: $(VENV)/.ready-dev
	EVERY_WAY=1 $(BIN)/python -m pytest -n $(WORKERS) tests/browser/test_every_morning.py

simulate: $(VENV)/.ready-dev
	$(BIN)/python tests/simulation/simulate.py --days $(DAYS) --from $(FROM)

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

screenshots: $(VENV)/.ready-dev
	$(BIN)/python -m tests.browser.pictures docs/pictures

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find $(PACKAGES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Written without any index's address, and with the hashes of every published file, so they install anywhere.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
requirements: $(VENV)/.ready-dev
	$(COMPILE) $(UPGRADE) -o requirements.txt requirements.in
	$(COMPILE) $(UPGRADE) -o requirements-dev.txt requirements-dev.in

# The first Python that is new enough and has venv; on Debian venv is a package of its own.
$(VENV)/.made:
	@found=; bare=; \
	for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
	  bare=$${bare:-$$python}; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	  echo "$$bare has no venv module. On Debian or Ubuntu: apt-get install python3-venv, then make again." >&2; exit 1; \
	elif [ -z "$$found" ]; then \
	  echo "Firstcall needs Python 3.11 or later. On Debian 12 or later: apt-get install python3 python3-venv, then make again." >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$found"; rm -rf $(VENV); \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.ready: $(VENV)/.made requirements.txt pyproject.toml
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(PIP) --require-hashes --requirement requirements-dev.txt
	@touch $@
