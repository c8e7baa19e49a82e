# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between versions of ansible-core; the only file that asks."""

from __future__ import annotations

import importlib
import os
import typing as t


def _registrar() -> t.Callable[[str], t.Any] | None:
    try:
        from ansible.module_utils import secrets
    except ImportError:
        return None
    return t.cast("t.Callable[[str], t.Any]", secrets.register_secret)


# Looked up once, before Ansible forks for each host: a failing import takes milliseconds.
_REGISTER = _registrar()


def register_secret(value: str) -> None:
    """Have Ansible mask ``value`` wherever it shows text (ansible-core 2.22 and later)."""
    # A task with async writes what is registered to its job file in clear; the redactor covers it.
    if _REGISTER is not None and "ANSIBLE_ASYNC_DIR" not in os.environ:
        _REGISTER(value)


def is_template(text: str) -> bool:
    """Whether the controller would take ``text`` for a template, if it looks like one."""
    # Only the controller calls this, and only there can ``ansible.template`` be imported.
    is_trusted = getattr(
        importlib.import_module("ansible.template"), "is_trusted_as_template", None
    )
    if is_trusted is None:  # before ansible-core 2.19 everything but what was marked
        return not hasattr(text, "__UNSAFE__")
    return bool(is_trusted(text))


def declared_at(value: t.Any) -> tuple[str, int | None] | None:
    """The file and line that Ansible remembers of ``value``; None where it remembers none."""
    position = getattr(value, "ansible_pos", None)  # up to ansible-core 2.18
    if position is not None:
        return str(position[0]), position[1]
    try:
        tags = importlib.import_module("ansible._internal._datatag._tags")
    except ImportError:
        return None
    origin = tags.Origin.get_tag(value)
    path = getattr(origin, "path", None)
    return (str(path), origin.line_num) if path else None
