# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# `make demo` and `make test` are all a newcomer needs; both set up .venv by themselves.

SHELL := bash
VENV := .venv
SECONDS ?= 600
ROUNDS ?= 3
COMPARE := .venvs/compare
EXAMPLE := docs/examples/repository
PYTHONS := 3.13 3.12 3.11
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/collections
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help demo test model lint lint-python lint-ansible lint-forges lint-papers sanity matrix coverage docs docs-widths pictures report-picture leaks compare corpus review bench mutate switches e2e build changelog release lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.test: requirements.txt requirements-test.txt requirements.lock
	tests/tools/make_venv.sh $(VENV) "$(PYTHONS)" --constraint=requirements.lock --requirement=requirements-test.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.test
	tests/tools/make_venv.sh $(VENV) "$(PYTHONS)" --constraint=requirements.lock --requirement=requirements-dev.txt
	@touch $@

$(COMPARE)/.complete:
	tests/tools/make_venv.sh $(COMPARE) "$(PYTHONS)" ansible lxml
	@touch $@

demo: $(VENV)/.test ## Declare, prove, apply and test mail against the built-in fakes
	ansible-playbook -i localhost, rpaops.orchestrator.demo

test: $(VENV)/.test ## Run all tests that need no privileges
	python -m pytest -n 2

model: $(VENV)/.test ## Hold ten thousand generated cases against the rules of the contract
	PYTHONPATH=tests python -m model --cases 10000

lint: lint-python lint-ansible lint-forges lint-papers ## Check style, types, pipelines, documentation, changelog and licences

lint-python: $(VENV)/.dev
	ruff check
	ruff format --check
	mypy

lint-ansible: $(VENV)/.dev
	yamllint --strict .
	ansible-lint

# By the schemas that the forges publish. That of Azure has expressions that are none where Unicode is meant, hence Python's.
lint-forges: $(VENV)/.dev
	check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml $(EXAMPLE)/.github/workflows/*.yml
	check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	check-jsonschema --builtin-schema vendor.gitlab-ci $(EXAMPLE)/.gitlab-ci.yml
	check-jsonschema --builtin-schema vendor.azure-pipelines --regex-variant python $(EXAMPLE)/azure-pipelines.yml

lint-papers: $(VENV)/.dev
	antsibull-changelog lint
	antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self .
	reuse lint --lines

sanity: $(VENV)/.dev ## Run ansible-test sanity on the built collection, on this and on the oldest ansible-core
	tests/tools/sanity.sh
	tests/tools/sanity.sh 2.16

matrix: $(VENV)/.test ## Run every check on every supported ansible-core and target Python, and fill in the page (hours)
	python tests/tools/checks.py --docs

coverage: $(VENV)/.test ## Run the tests, measure which lines of plugins/ they run, and fill in the page
	python tests/tools/lines.py

docs: $(VENV)/.dev ## Build the HTML documentation in build/docs, and look at it
	python tests/tools/make_site.py build/docs

docs-widths: $(VENV)/.test ## Look in headless Chromium whether every page of build/docs fits a phone and a desk
	python tests/tools/page_widths.py build/docs/build/html

pictures: $(VENV)/.test ## Draw what the playbooks print, for README and site
	PYTHONPATH=tests:collections python tests/tools/pictures.py docs/docsite/images

report-picture: $(VENV)/.test ## Draw the HTML report in headless Chromium, into build/report
	python tests/tools/report_picture.py build/report

fuzz: $(VENV)/.test ## Feed everything that reads from outside with generated inputs for ten minutes (SECONDS=60 for one)
	tests/tools/fuzz.sh $(SECONDS)

leaks: $(VENV)/.test ## Drive canary secrets through every channel on every ansible-core, and fill in the page
	tests/tools/cores.sh
	PYTHONPATH=tests python -m measure.leaks .venvs/core-* --docs docs/docsite/rst/secrets.rst

corpus: $(VENV)/.test ## Show how good the diagnoses of mail failures are, and each that is missed
	PYTHONPATH=tests:collections python -m corpus

review: $(VENV)/.test ## List the rows of the provider table that are due to be looked at again
	python tests/tools/review.py

compare: $(VENV)/.test $(COMPARE)/.complete ## Ask other tools what is asked of ours, and fill in the pages (Debian, root)
	PYTHONPATH=tests python -m measure.compare $(COMPARE) --docs

bench: $(VENV)/.test ## Measure side by side, and fill in the page (on a quiet machine; ROUNDS=1 for a short run)
	PYTHONPATH=tests python -m measure.benchmarks --full --rounds $(ROUNDS) --docs docs/docsite/rst/benchmarks.rst

mutate: $(VENV)/.test ## Change every word of every request, and write what a test notices into the page on the wire (half an hour)
	PYTHONPATH=tests python -m measure.mutate --docs docs/docsite/rst/wire.rst

switches: $(VENV)/.test ## Declare at every position of every switch of the stand-in, and write how it ends into the page on the wire
	PYTHONPATH=tests python -m measure.switches --docs docs/docsite/rst/wire.rst

e2e: $(VENV)/.test ## Test against Exim, Postfix and Dovecot, clients from npm, other runners of playbooks, and failing disks (Debian packages, npm, Java, root)
	python -m pytest tests/e2e

build: $(VENV)/.dev ## Build the tarball, prove that what it installs works, and let Galaxy's importer check it
	python tests/tools/build.py build
	cd build && python -m galaxy_importer.main *.tar.gz

changelog: $(VENV)/.dev ## Write CHANGELOG.md from the fragments
	python tests/tools/make_changelog.py

release: $(VENV)/.dev ## Release the version of galaxy.yml in this tree, and say what to do next (DATE=2026-12-31 for another day)
	python tests/tools/release.py $(DATE)

lock: ## Take newer versions into requirements.lock (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)" >&2; exit 1; }
	mkdir -p build
	uv pip compile --universal --python-version 3.11 --upgrade --quiet --no-annotate --no-header --no-emit-index-url requirements-dev.txt --output-file build/requirements.lock
	{ head -n 3 requirements.lock; cat build/requirements.lock; } > build/requirements.new && mv build/requirements.new requirements.lock

clean: ## Remove everything the other commands made
	rm -rf .venv .venvs build tests/output .pytest_cache .mypy_cache .ruff_cache .hypothesis .ansible
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
