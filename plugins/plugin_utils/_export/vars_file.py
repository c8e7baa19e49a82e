# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of variables: values as data, references as templates, and remarks as comments.

Pure.
"""

from __future__ import annotations

import re
import typing as t

import yaml

MARK = "# Made by rpaops.orchestrator.export"
#: What makes an editor know the variables of the role.
EDITOR = (
    "# yaml-language-server: $schema=https://raw.githubusercontent.com/rpaops/orchestrator/main/"
    "docs/schema/mail.schema.json"
)
#: What Ansible would evaluate in a text from a server.
TEMPLATE = re.compile(r"\{\{|\{%|\{#")
MANY = 10**6


class Reference(str):
    """A text that is meant to be a template."""

    __slots__ = ()


def vars_file(about: str, values: t.Mapping[str, t.Any], comments: t.Sequence[str] = ()) -> str:
    """The text of a file of variables; every line of ``comments`` stands as a comment."""
    told = (f"# {_line(text)}" for text in comments)
    lines = ["---", EDITOR, f"{MARK}: {_line(about)}", *told]
    lines += [_entry(name, value) for name, value in values.items()]
    return "\n".join(lines) + "\n"


def scalar(value: t.Any) -> str:
    """A value as one line of YAML."""
    return _dumped(value).strip()


def _entry(name: str, value: t.Any) -> str:
    if isinstance(value, dict):
        inner = "\n".join(f"  {_entry(key, item)}" for key, item in value.items())
        return f"{name}:\n{inner}" if value else f"{name}: {{}}"
    return f"{name}: {scalar(value)}"


def _dumped(value: t.Any) -> str:
    if isinstance(value, Reference):
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    style = "'" if isinstance(value, str) and TEMPLATE.search(value) else None
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=MANY)
    text = text.removesuffix("...\n")
    # A server's text is data, also where it looks like a template.
    return f"!unsafe {text}" if style else text


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
