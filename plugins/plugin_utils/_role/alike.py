# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the declarations of many hosts can be used; of those that are alike, one is judged.

Most hosts have most variables from a group, so what differs is a name, an address or a password.
Nothing here says why: that is for the task of a host, which judges it alone.
"""

from __future__ import annotations

import keyword
import re
import typing as t

from ansible.template import Templar

from ...module_utils._compat import is_template
from .._in_process import plain
from .given import looked_up
from .hosts import THIS_MACHINE
from .near_misses import PREFIX
from .variables import known, specification
from .work import judged

Variables = t.Mapping[str, t.Any]
Template = t.Callable[[t.Any], t.Any]
UNSETTLED = object()
#: What a text has in it when Ansible would make another one of it.
MARKS = ("{{", "{%", "{#", "#jinja2:")
#: A text that is the value of a variable, and nothing else.
REFERENCE = re.compile(r"\{\{ *([A-Za-z_]\w*) *\}\}")
#: Names that a template takes for something else than a variable.
RESERVED = frozenset(("omit", "self", "true", "false", "none", *keyword.kwlist))
#: A text that no Ansible reads as anything but text when a template comes to it.
NO_LITERAL = re.compile(r"(?!(True|False|None)$)[^\W\d_]([^'\"()\s]| (?! *$))*")
#: No rule looks closer at the name of a tenant than this, so one such name is like any other.
ORDINARY = re.compile(r"\w([\w .-]*\w)?")


class Verdicts:
    """The declarations that can be used, of the hosts that were asked about so far.

    ``warned`` are the hosts of each warning about one of these.
    """

    def __init__(self, loader: t.Any) -> None:
        self._loader = loader
        self._usable: dict[tuple[t.Any, ...], t.Sequence[str]] = {}
        self.warned: dict[str, list[str]] = {}

    def usable(self, variables: Variables, *, here: bool) -> bool:
        """Whether the host with these variables would not be refused.

        ``here`` says whether its target is on this machine.  Raises whatever the judgement raises.
        """
        template = Templar(loader=self._loader, variables=variables).template
        try:
            values = values_of(variables, template)
        except TypeError:
            # No value of JSON before Ansible looked at it; perhaps one after.
            return self._judge(variables, template, here, None)
        kind = _kind(variables, values, here)
        if kind in self._usable:
            self._warn(variables, self._usable[kind])
            return True
        others = {n: v for n, v in variables.items() if n not in specification()}
        return self._judge({**others, **values}, lambda value: value, here, kind)

    def _judge(
        self, given: Variables, template: Template, here: bool, kind: tuple[t.Any, ...] | None
    ) -> bool:
        verdict = judged("validate", given, template, self._loader, here=here)[2]
        if verdict.get("failed"):
            return False
        if kind is not None:
            self._usable[kind] = verdict.get("warnings", ())
        self._warn(given, verdict.get("warnings", ()))
        return True

    def _warn(self, variables: Variables, texts: t.Sequence[str]) -> None:
        for text in texts:
            self.warned.setdefault(text, []).append(str(variables.get("inventory_hostname")))


def values_of(variables: Variables, template: Template) -> dict[str, t.Any]:
    """The variables of the role among ``variables``, with everything in them looked up.

    They are as Ansible would say; it is asked only about what it would change.
    """
    found: dict[str, t.Any] = {}
    for name in sorted(specification().keys() & variables.keys()):
        raw = variables[name]
        if isinstance(raw, t.Mapping):
            found[name] = _members(name, raw, variables, template)
        elif (value := _settled(raw, variables)) is not UNSETTLED:
            found[name] = value
        else:
            found.update(looked_up(name, variables, template))
    return found


def _members(name: str, raw: Variables, variables: Variables, template: Template) -> Variables:
    """What is in the variable ``name``; members that turn out to say ``omit`` are left out."""
    settled = {key: _settled(item, variables) for key, item in raw.items()}
    asked = {key: raw[key] for key, item in settled.items() if item is UNSETTLED}
    if asked:
        given = {"omit": variables.get("omit"), name: asked}
        settled.update(looked_up(name, given, template)[name])
    return {key: item for key, item in settled.items() if item is not UNSETTLED}


def _settled(raw: t.Any, variables: Variables) -> t.Any:
    """The value of a text without a template, or of a reference to one; else ``UNSETTLED``."""
    reference = REFERENCE.fullmatch(raw) if isinstance(raw, str) else None
    if not reference:
        return plain(raw) if _is_plain(raw) else UNSETTLED
    name = reference.group(1)
    text = None if name in RESERVED else variables.get(name)
    text = text if is_template(raw) and isinstance(text, str) and _is_plain(text) else ""
    return plain(text) if NO_LITERAL.fullmatch(text) else UNSETTLED


def _is_plain(raw: t.Any) -> bool:
    """Whether a template of ``raw`` would come to ``raw``; no text of a vault does."""
    if isinstance(raw, str):
        return not any(mark in raw for mark in MARKS)
    if isinstance(raw, t.Mapping):
        return all(_is_plain(item) for item in raw.values())
    if isinstance(raw, (list, tuple)):
        return all(_is_plain(item) for item in raw)
    return raw is None or isinstance(raw, (bool, int, float))


def _kind(variables: Variables, values: Variables, here: bool) -> tuple[t.Any, ...]:
    """What two hosts have in common that are judged alike."""
    server: t.Any = values.get("mail_server")
    tenant = server.get("tenant") if isinstance(server, dict) else None
    if isinstance(tenant, str) and ORDINARY.fullmatch(tenant):
        values = {**values, "mail_server": {**server, "tenant": "ordinary"}}
    others = [n for n in variables if n.startswith(PREFIX) and n not in known()]
    this_machine = variables.get("inventory_hostname") == THIS_MACHINE
    return here, this_machine, repr(values), tuple(sorted(others))
