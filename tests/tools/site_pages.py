# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What generated pages of the site say otherwise than they were generated.

Pure.
"""

from __future__ import annotations

import re
import typing as t

#: The lists of pages on the front page, in their order there.
LISTS = ("Guides", "Reference", "Role Index", "Plugin Index", "Changelog")
FROM_GALAXY = "collection install rpaops.orchestrator"
FROM_GIT = "collection install git+https://github.com/rpaops/orchestrator.git"
ENTRY = re.compile(r"\n(?=\.\. _\S+__entrypoint-\w+:\n)")
VARIABLES = re.compile(
    r"(?<=\nParameters\n\^{10}\n).*?(?=\n\.\. (?:Attributes|Notes|Seealso)\n)", re.DOTALL
)
AS_MAIN = "\nThe variables are those of the entry point :literal:`main`, above.\n"


def front(index: str, ours: str) -> str:
    """The front page: ``ours``, with the lists of pages that stand in the generated ``index``."""
    head, *parts = re.split(r"\n(?=(?:\.\. _\S+:\n\n)?[^\n]+\n-{4,}\n)", index)
    lists = {part.partition("\n----")[0].rpartition("\n")[2]: part for part in parts}
    if missing := [title for title in LISTS if title not in lists]:
        raise ValueError(f"the generated front page has no {', '.join(missing)}")
    (label,) = re.findall(r"^\.\. _plugins_in_\S+:$", head, re.MULTILINE)
    return "\n".join([label, "", ours, *(lists[title] for title in LISTS)])


def role(page: str) -> str:
    """A role: ``main`` first, and no list of variables a second time."""
    body, mark, tail = page.partition("\n.. Extra links\n")
    head, *entries = ENTRY.split(body)
    entries.sort(key=lambda entry: _name(entry) != "main")
    main, *others = entries
    return "\n".join([head, main, *(_short(one, _variables(main)) for one in others)]) + mark + tail


def _short(entry: str, shared: str) -> str:
    """Without variables that are those of ``main``; what is said of them points there."""
    if _variables(entry) != shared:
        return entry
    short = VARIABLES.sub(lambda _found: AS_MAIN, entry, count=1)
    return short.replace(f"#role:{_name(entry)}:", "#role:main:")


def _variables(entry: str) -> str:
    """The variables of an entry point, as they would be those of ``main``."""
    found = VARIABLES.search(entry)
    text = found[0] if found else ""
    return re.sub(rf"(?<=[-:(])(?:{_name(entry)})(?=__|--|:|/|\))", "main", text)


def _name(entry: str) -> str:
    return t.cast("re.Match[str]", re.match(r"\.\. _\S+__entrypoint-(\w+):", entry))[1]


def install(page: str) -> str:
    """As long as it is in no registry, it is installed from where it is."""
    return re.sub(rf"{FROM_GALAXY}(?![\w.])", FROM_GIT, page)
