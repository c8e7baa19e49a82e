#!/bin/sh
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
# What ansible-vault asks: the password comes from the environment and is never in a file.
printf '%s\n' "${VAULT_PASSWORD:?set VAULT_PASSWORD to the password of the vault}"
