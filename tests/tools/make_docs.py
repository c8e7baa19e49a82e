# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the parts of the documentation that are made from data: providers, diagnoses, their score.

``python tests/tools/make_docs.py`` writes them; a test says when they are not current.
"""

from __future__ import annotations

import sys
import typing as t
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.page import fill, table
from support.places import COLLECTIONS, PAGES

if t.TYPE_CHECKING:
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import (
        diagnosis_row,
        provider,
    )

PREFIX = "ansible_collections.rpaops.orchestrator"
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
    """Return all presets: a table to compare, then what is known of each."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
        BY_ID,
    )

    rows = list(BY_ID.values())
    compared = table([_PROVIDER_COLUMNS, *map(_provider_row, rows)])
    return "\n".join([f"{compared}\n", *map(_provider_section, rows)])


def scores() -> str:
    """Return how good the diagnoses of the corpus are."""
    import corpus
    from corpus import scores as counted

    return table(counted.table({name: corpus.cases(name) for name in corpus.FILES}))


def diagnoses() -> str:
    """Return all diagnoses, in the order in which they are tried."""
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge import (
        diagnosis_table,
    )

    return "\n".join(map(_diagnosis_entry, diagnosis_table.ROWS))


_PROVIDER_COLUMNS = ["Preset", "Host and port", "Encryption", "User name", "Password"]


def _provider_row(row: provider.Provider) -> list[str]:
    host = row.host or row.host_template.replace("{region}", "<preset_region>") or "``smtp_host``"
    user = f"the word ``{row.username_literal}``" if row.username_literal else ""
    return [
        f":ref:`{row.id} <{PREFIX}.docsite.providers.{row.id}>`",
        f"{host}:{row.port}",
        row.tls.upper() if row.tls == "starttls" else row.tls,
        user or USERNAMES[row.username],
        row.password_kind,
    ]


def _provider_section(row: provider.Provider) -> str:
    title = f"{row.name} (``{row.id}``)"
    facts = [] if row.usable else ["Cannot be used: see the caveats."]
    facts += ["From an Orchestrator: only one that can start TLS with the connection."] * (
        row.usable and row.implicit_only
    )
    facts += [f"Host: {row.host_note}."] if row.host_note else []
    facts += [f"Also known by: {', '.join(row.other_hosts)}."] if row.other_hosts else []
    facts += [f"User name: {row.username_note}."] if row.username_note else []
    other = MISMATCHES[row.from_on_mismatch]
    facts.append(f"From address: {FROM_RULES[row.from_rule]}; another one is {other}.")
    others = [f"{other.port} ({other.tls})" for other in row.other_ports]
    facts += [f"Other ports: {', '.join(others)}."] if others else []
    facts += [f"Before you start: {'; '.join(row.prerequisites)}."] if row.prerequisites else []
    counted = row.limits._asdict() if row.limits else {}
    limits = [f"{key.replace('_', ' ')}: {value}" for key, value in counted.items() if value]
    facts += [f"Limits: {'; '.join(limits)}."] if limits else []
    facts += [_caveat(caveat) for caveat in row.caveats]
    sources = [source.url for source in row.sources if source.url]
    second_hand = "" if row.evidence == "vendor" else " (not read on the provider's own pages)"
    facts.append(f"Look again by {row.review_by}. Sources{second_hand}: {', '.join(sources)}")
    lines = "".join(f"* {fact}\n" for fact in facts)
    underline = "-" * len(title)
    return f".. _{PREFIX}.docsite.providers.{row.id}:\n\n{title}\n{underline}\n\n{lines}"


def _caveat(caveat: provider.Caveat) -> str:
    dates = {"since": caveat.since, "until": caveat.until}
    dated = [f"{word} {date}" for word, date in dates.items() if date]
    return f"**{', '.join(dated)}**: {caveat.text}" if dated else caveat.text


#: What the placeholders of a row stand for on the page, where nobody has tried anything yet.
WORDS = {
    "machine": "the machine that sent",
    "trust": "have it trusted there (ca_path, or the trust store of the Orchestrator host)",
    "server": "the mail server",
    "user": "the account",
}


def _diagnosis_entry(row: diagnosis_row.Row) -> str:
    stages = list(dict.fromkeys(stage for sign in row.signs for stage in sign.stage))
    places = [f"stage {', '.join(stages)}"] if stages and all(s.stage for s in row.signs) else []
    places += [f"provider {', '.join(row.provider)}"] if row.provider else []
    advice = f"{row.cause} {row.fix}".format_map(WORDS)
    samples = [f"``{sign.sample}``" for sign in row.signs]
    lines = [f"{advice[0].upper()}{advice[1:]}", "", f"For example: {'; '.join(samples)}"]
    shown = "\n".join(f"  {line}".rstrip() for line in lines)
    where = f"; {'; '.join(places)}" if places else ""
    return f"``{row.id}`` ({row.kind}, retry {row.retry}{where})\n{shown}\n"


#: A page, the marked part of it, and what to put there.
PARTS = (
    (PAGES / "providers.rst", "providers", providers),
    (PAGES / "diagnosis.rst", "diagnoses", diagnoses),
    (PAGES / "diagnosis.rst", "scores", scores),
)


def main() -> None:
    sys.path.insert(0, str(COLLECTIONS))
    for page, name, make in PARTS:
        fill(page, name, make())
        print(f"wrote the part {name} of {page.name}")


if __name__ == "__main__":
    main()
