# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# `make demo` and `make test` are all a newcomer needs; both set up .venv by themselves.

SHELL := bash
VENV := .venv
BIN := $(VENV)/bin
COLLECTIONS := $(CURDIR)/collections
export ANSIBLE_COLLECTIONS_PATH := $(COLLECTIONS)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help demo test lint sanity matrix docs bench e2e leaks build clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.test: requirements.txt requirements-test.txt tests/tools/make_venv.sh
	tests/tools/make_venv.sh $(VENV) requirements-test.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.test
	tests/tools/make_venv.sh $(VENV) requirements-dev.txt
	@touch $@

demo: $(VENV)/.test ## Declare, prove, apply and test mail against the built-in fakes
	ansible-playbook rpaops.orchestrator.demo

test: $(VENV)/.test ## Run all tests that need no privileges
	python -m pytest -n 2
