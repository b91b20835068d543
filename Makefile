# Two doors: `make demo` serves what Frankpledge does on this machine; `make test` proves it.
# A person, a hook and CI use the same ones.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := $(shell command -v uv || echo .tools/bin/uv)
READY := .venv/.ready

ASSETS := node_modules/.built

.PHONY: demo tour test setup assets lint format fast bench help

help:
	@echo "make demo    set up, serve the whole demonstration at 127.0.0.1:8000 (PORT=8001 make demo for another)"
	@echo "make test    set up, check the house rules, run every test"
	@echo "make lint    style, templates and import laws only"
	@echo "make fast    the tests that take no browser and under five seconds each"
	@echo "make assets  compile the styles and scripts of the web pages"
	@echo "make format  put the code in its usual shape"
	@echo "make tour    photograph the demonstration for the README and docs/tour.md (needs Chromium)"
	@echo "make bench   time the analysis and the report on this machine"

PORT ?= 8000

demo: setup
	@.venv/bin/frankpledge demo --port $(PORT)

tour: setup
	@sh bin/system-packages browser
	.venv/bin/python bin/make-tour

test: setup lint
	@sh bin/system-packages browser
	.venv/bin/pytest -n auto --dist loadgroup

setup: $(READY) $(ASSETS)
	@sh bin/system-packages report

$(READY): pyproject.toml uv.lock
	@sh bin/python-is-right "$(PYTHON)"
	@test -x "$(UV)" || command -v "$(UV)" >/dev/null || { "$(PYTHON)" -m venv .tools && .tools/bin/pip install --quiet uv; }
	$(UV) sync --frozen --quiet --python "$(PYTHON)"
	@touch $(READY)

assets: $(ASSETS)

$(ASSETS): package.json package-lock.json bin/build-assets $(shell find src/frankpledge/web/site/assets -type f)
	sh bin/build-assets
	@touch $(ASSETS)

lint: setup
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports
	.venv/bin/djlint src/frankpledge/reporting/templates --extension=html.j2 --profile=jinja --lint --quiet
	.venv/bin/djlint src/frankpledge/web --profile=django --ignore=D018,H015,H030 --lint --quiet

format: setup
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

fast: setup
	.venv/bin/pytest -n auto -m "not browser and not slow and not shared"

bench: setup
	.venv/bin/python benchmarks/limits.py
	.venv/bin/python benchmarks/analysis.py
	.venv/bin/python benchmarks/report.py
	@command -v wrk >/dev/null && test -n "$$FRANKPLEDGE_TEST_POSTGRES" && .venv/bin/python benchmarks/web.py || echo "For the pages: install wrk and set FRANKPLEDGE_TEST_POSTGRES"
