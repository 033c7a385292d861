# One word runs everything. Needs Python 3.11 or newer and make, nothing else.
#
#   make app      the app on http://localhost:8501 (PORT=... for another)
#   make test     everything that must hold: lint, types, every test, a real Chromium included
#   make check    lint, types and the fast tests, for while you work
#   make faults   what takes minutes: several machines' worth of processes, some of them killed
#   make bench    side-by-side timings
#   make bench-load  a room full of people on the real server, then what breaks (MINUTES=10 for how long, TIMES=20 for how often)
#   make format   puts the code in shape
#
# Tools start as `python -m`: the scripts that pip writes do not survive a moved folder.

PYTHON ?= python3
PORT ?= 8501
MINUTES ?= 10
TIMES ?= 20

VENV := .venv/bin/python
PIP := $(VENV) -m pip install -qq --no-input --disable-pip-version-check

.SILENT:
.PHONY: app test check faults bench bench-load format lint javascript chromium postgresql

app: .venv/app.installed
	exec $(VENV) -m streamlit run app.py --server.port $(PORT)

# Two at a time where nobody looks at the clock; browsers one after the other, with the machine to themselves.
test: lint javascript chromium postgresql
	$(VENV) -m pytest -n 2 --dist loadfile -m "not browser and not long"
	$(VENV) -m pytest -m browser

check: lint
	$(VENV) -m pytest -n 2 --dist loadfile -m "not slow and not browser and not long"

faults: chromium postgresql
	$(VENV) -m pytest -m long

bench: .venv/dev.installed
	$(VENV) -m benchmarks

bench-load: chromium
	$(VENV) -m benchmarks.room_load --minutes $(MINUTES)
	$(VENV) -m tests.faults.faults --times $(TIMES)

format: .venv/dev.installed
	$(VENV) -m ruff check -q --fix .
	$(VENV) -m ruff format -q .

lint: .venv/dev.installed
	$(VENV) -m ruff check -q .
	$(VENV) -m ruff format -q --check . || { echo "Run: make format"; exit 1; }
	$(VENV) -m mypy --no-error-summary

# The browser components are plain modules, so that Node's own runner can test them without a package.
# Older Nodes have no runner; a machine without Node still tests them through the pages, in Chromium.
javascript:
	files=$$(find tests -name '*.test.mjs'); \
	if [ -z "$$files" ]; then exit 0; fi; \
	if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then \
		echo "JavaScript tests skipped: they need Node 20 or newer."; exit 0; fi; \
	out=$$(node --test $$files 2>&1) || { echo "$$out"; exit 1; }

# Debian's package brings the libraries it needs, which Playwright's download alone does not.
chromium: .venv/dev.installed
	for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v $$name >/dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests."; \
		out=$$(export DEBIAN_FRONTEND=noninteractive; \
			apt-get update -qq 2>&1 && apt-get install -qq -y --no-install-recommends chromium 2>&1) && exit 0; \
		echo "$$out"; fi; \
	$(VENV) -m playwright install chromium

# Where it cannot be had, the tests that need it are skipped.
postgresql:
	if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing PostgreSQL for the tests of shared databases."; \
		out=$$(export DEBIAN_FRONTEND=noninteractive; \
			apt-get update -qq 2>&1 && apt-get install -qq -y --no-install-recommends postgresql 2>&1) && exit 0; \
		echo "$$out"; fi; \
	echo "PostgreSQL is not here: the tests that need it are skipped."

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed. Found: $$($(PYTHON) --version 2>&1 | head -n 1)"; \
		echo "Install it, or name the one to take: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# The stamps are newer than the lists they were installed from; a changed list is installed again.
.venv/app.installed: requirements.txt | .venv/bin/python
	echo "Installing requirements.txt into .venv; the first time takes a few minutes."
	$(PIP) -r requirements.txt
	touch $@

.venv/dev.installed: requirements-dev.txt .venv/app.installed
	echo "Installing requirements-dev.txt into .venv."
	$(PIP) -r requirements-dev.txt
	touch $@
