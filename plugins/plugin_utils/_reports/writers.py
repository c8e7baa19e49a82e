# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats of a report: their names, the ends of their files, and who writes them."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .as_html import as_html
from .as_json import as_json
from .as_junit import as_junit
from .as_markdown import as_markdown
from .as_prometheus import as_prometheus
from .as_sarif import as_sarif
from .model import Report


@dataclass(frozen=True)
class Writer:
    """``write`` makes the text of a format; its file is the name of the report and ``ending``."""

    ending: str
    write: t.Callable[[Report], str]


WRITERS: t.Mapping[str, Writer] = {
    "json": Writer(".json", as_json),
    "markdown": Writer(".md", as_markdown),
    "junit": Writer(".junit.xml", as_junit),
    "sarif": Writer(".sarif", as_sarif),
    "html": Writer(".html", as_html),
    "prometheus": Writer(".prom", as_prometheus),
}


def documents(report: Report, name: str, formats: t.Iterable[str]) -> dict[str, str]:
    """The texts of a report by the names of their files."""
    return {name + WRITERS[form].ending: WRITERS[form].write(report) for form in formats}
