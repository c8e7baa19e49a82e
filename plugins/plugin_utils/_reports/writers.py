# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats of a report: their names, the ends of their files, and who writes them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .as_json import as_json
from .as_markdown import as_markdown
from .model import Report


@dataclass(frozen=True)
class Writer:
    """``write`` makes the text of a format; its file is the name of the report and ``ending``."""

    ending: str
    write: t.Callable[[Report], str]


WRITERS: t.Mapping[str, Writer] = {
    "json": Writer(".json", as_json),
    "markdown": Writer(".md", as_markdown),
}


def documents(report: Report, name: str, formats: t.Iterable[str]) -> dict[str, str]:
    """The texts of a report by the names of their files."""
    return {name + WRITERS[form].ending: WRITERS[form].write(report) for form in formats}
