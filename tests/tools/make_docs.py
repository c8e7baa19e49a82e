# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the documentation pages that are made from data: providers and diagnoses.

``python tests/tools/make_docs.py`` writes them; a test says when they are not current.
"""

from __future__ import annotations

import sys
import typing as t
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "docsite" / "rst"
PREFIX = "ansible_collections.rpaops.orchestrator"
HEAD = """..
  Copyright (c) 2026 the rpaops.orchestrator authors
  GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
  SPDX-License-Identifier: GPL-3.0-or-later
  Made by tests/tools/make_docs.py from plugins/module_utils/{source}; edit that file instead.

.. _{prefix}.docsite.{name}:

"""
PROVIDERS_INTRO = """Mail providers
==============

With ``preset``, a declaration names its mail provider instead of repeating what it prescribes.
A preset fills in host, port and encryption, switches default credentials off
and keeps the domain empty.
What you write yourself always wins.

.. code-block:: yaml

  preset: gmail
  smtp_username: robots@gmail.com
  smtp_password: "{{ vault_gmail_app_password }}"
  default_from_display_name: Robots

A caveat with a date is shown as a warning from 90 days before that date until a year after it.
A row whose review date has passed warns as well.

A provider that is not here is a dictionary of your own with the same keys:

.. code-block:: yaml

  preset: custom
  custom_preset:
    name: Our relay
    host: mail.example.com
    port: 2525
    preset_from_rule: equals_username
    caveats:
      - text: Moves to another address.
        since: 2027-03-01

"""
DIAGNOSIS_INTRO = """What a mail failure means
=========================

When a test message fails, the result holds ``diagnosis``: what is wrong, what to do,
and whether trying again makes sense.
The rows below are tried in order.
The first that fits the stage, the reply and the provider wins.
A reply that fits none is reported as ``unknown``, with the words of the server.
The same table explains why an Orchestrator's own test failed
(``verify_recipient``, ``via: server``).

``retry`` is ``fix`` (correct the cause first), ``later``, or ``never``,
because another try could send the message twice.

"""
USERNAMES = {
    "email": "the full address",
    "token": "a token",
    "credential": "handed out",
    None: "none",
}
FROM_RULES = {
    "equals_username": "the user name",
    "owned_address": "the user name or an alias of it",
    "verified_sender": "a verified sender",
    "verified_domain": "an address of a verified domain",
    "any": "any address",
}
MISMATCHES = {
    "reject": "refused",
    "rewrite": "replaced without a word",
    "undeliverable": "accepted and dropped later",
}


def providers() -> str:
    """The page of all presets: a table to compare, then what is known of each."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
        BY_ID,
    )

    rows = list(BY_ID.values())
    parts = [HEAD.format(source="_knowledge/provider_table.py", prefix=PREFIX, name="providers")]
    parts += [PROVIDERS_INTRO, _table([_PROVIDER_COLUMNS, *map(_provider_row, rows)])]
    return "".join([*parts, *map(_provider_section, rows)]).rstrip() + "\n"


def diagnoses() -> str:
    """The page of all diagnoses, in the order in which they are tried."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import (
        diagnosis_table,
    )

    head = HEAD.format(source="_knowledge/diagnosis_table.py", prefix=PREFIX, name="diagnosis")
    parts = [head, DIAGNOSIS_INTRO, *map(_diagnosis_entry, diagnosis_table.ROWS)]
    return "".join(parts).rstrip() + "\n"


_PROVIDER_COLUMNS = ["Preset", "Host and port", "Encryption", "User name", "Password"]


def _provider_row(row: t.Any) -> list[str]:
    host = row.host or row.host_template.replace("{region}", "<preset_region>") or "``smtp_host``"
    user = f"the word ``{row.username_literal}``" if row.username_literal else ""
    return [
        f":ref:`{row.id} <{PREFIX}.docsite.providers.{row.id}>`",
        f"{host}:{row.port}",
        row.tls.upper() if row.tls == "starttls" else row.tls,
        user or USERNAMES[row.username],
        row.password_kind,
    ]


def _provider_section(row: t.Any) -> str:
    title = f"{row.name} (``{row.id}``)"
    facts = [] if row.usable else ["Cannot be used: see the caveats."]
    facts += [f"Host: {row.host_note}."] if row.host_note else []
    facts += [f"User name: {row.username_note}."] if row.username_note else []
    other = MISMATCHES[row.from_on_mismatch]
    facts.append(f"From address: {FROM_RULES[row.from_rule]}; another one is {other}.")
    others = [f"{other['port']} ({other['tls']})" for other in row.other_ports]
    facts += [f"Other ports: {', '.join(others)}."] if others else []
    facts += [f"Before you start: {'; '.join(row.prerequisites)}."] if row.prerequisites else []
    limits = [f"{key.replace('_', ' ')}: {value}" for key, value in (row.limits or {}).items()]
    facts += [f"Limits: {'; '.join(limits)}."] if limits else []
    facts += [_caveat(caveat) for caveat in row.caveats]
    sources = [source["url"] for source in row.sources if "url" in source]
    facts.append(f"Look again by {row.review_by}. Sources: {', '.join(sources)}")
    lines = "".join(f"* {fact}\n" for fact in facts)
    underline = "-" * len(title)
    return f"\n.. _{PREFIX}.docsite.providers.{row.id}:\n\n{title}\n{underline}\n\n{lines}"


def _caveat(caveat: t.Mapping[str, str]) -> str:
    dated = [f"{word} {caveat[word]}" for word in ("since", "until") if word in caveat]
    return f"**{', '.join(dated)}**: {caveat['text']}" if dated else caveat["text"]


def _diagnosis_entry(row: t.Mapping[str, t.Any]) -> str:
    places = [f"stage {', '.join(row['stage'])}"] if "stage" in row else []
    places += [f"provider {', '.join(row['provider'])}"] if "provider" in row else []
    lines = [f"{row['cause']} {row['fix']}", "", f"For example: ``{row['sample']}``"]
    shown = "\n".join(f"  {line}".rstrip() for line in lines)
    where = f"; {'; '.join(places)}" if places else ""
    return f"``{row['id']}`` ({row['class']}, retry {row['retry']}{where})\n{shown}\n\n"


def _table(rows: t.Sequence[t.Sequence[str]]) -> str:
    lines = [".. list-table::", "  :header-rows: 1", ""]
    for row in rows:
        lines += [f"  {'* -' if not number else '  -'} {cell}" for number, cell in enumerate(row)]
    return "\n".join(lines) + "\n"


WRITERS = {"providers.rst": providers, "diagnosis.rst": diagnoses}


def main() -> None:
    sys.path.insert(0, str(ROOT / "collections"))
    for name, write in WRITERS.items():
        (PAGES / name).write_text(write(), encoding="utf-8")
        print(f"wrote docs/docsite/rst/{name}")


if __name__ == "__main__":
    main()
