# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one page of HTML: no script, nothing loaded from elsewhere.

Pure: no I/O, standard library only.

Every text goes through ``_escaped``.  Should one ever not, the page's own policy still lets no
script run and nothing be loaded.
"""

from __future__ import annotations

import html
import typing as t

from .html_style import STYLE
from .model import AS_DECLARED, OUTCOMES, Report, Row, Setting
from .text import value_words, visible
from .verdict import KINDS, Kind, headline, outcome_words
from .words import facts, notes, reason

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(report: Report) -> str:
    """The whole page, with a line end."""
    kind = KINDS[report.kind]
    rows = report.worst_first
    off = report.off
    fine = [row for row in rows if row.outcome == AS_DECLARED]
    told = [row for row in fine if row.settings or notes(row)]
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{_escaped(kind.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n",
            f"<body>\n<main>\n{_header(report, kind)}",
            _section(kind.bad.capitalize(), off, kind),
            _section(f"{kind.good.capitalize()}, with notes", told, kind),
            _list(fine, kind.good) if fine else "",
            "</main>\n</body>\n</html>\n",
        )
    )


def _escaped(text: str) -> str:
    return html.escape(visible(text), quote=True)


def _code(text: str) -> str:
    return f"<code>{_escaped(text)}</code>"


def _header(report: Report, kind: Kind) -> str:
    counts = "".join(
        f'<li class="{outcome.name}">{count} {outcome_words(outcome.name, kind, count)}</li>'
        for outcome in OUTCOMES
        if (count := report.counts[outcome.name])
    )
    about = [_escaped(report.time), f"rpaops.orchestrator {_escaped(report.collection)}"]
    if report.revision:
        about.append(f"revision {_code(report.revision)}")
    return (
        f'<header class="{"failed" if report.failed_on else "passed"}">\n'
        f"<p>{_escaped(kind.title)}</p>\n<h1>{_escaped(headline(report))}</h1>\n"
        f'<ul class="counts">{counts}</ul>\n<p>{", ".join(about)}</p>\n</header>\n'
    )


def _section(title: str, rows: t.Sequence[Row], kind: Kind) -> str:
    if not rows:
        return ""
    articles = "".join(_article(row, kind) for row in rows)
    return f"<section>\n<h2>{title}</h2>\n{articles}</section>\n"


def _article(row: Row, kind: Kind) -> str:
    """All there is to say about one row."""
    tenant = f" / {_code(row.tenant)}" if row.tenant else ""
    known = "".join(f"<dt>{label}</dt><dd>{_code(value)}</dd>" for label, value in facts(row))
    more = f"<details><summary>More</summary><dl>{known}</dl></details>\n" if known else ""
    silent = row.settings or row.outcome == AS_DECLARED
    why = "" if silent else f"<p>{_escaped(reason(row))}</p>\n"
    return (
        f"<article>\n<div><h3>{_code(row.host)}{tenant}</h3>"
        f'<span class="{row.outcome}">{outcome_words(row.outcome, kind)}</span></div>\n'
        f"{why}{_settings(row)}"
        f"{''.join(f'<p>{_escaped(note)}</p>' for note in notes(row))}{more}</article>\n"
    )


def _settings(row: Row) -> str:
    if not row.settings:
        return ""
    head = "".join(f"<th>{name}</th>" for name in ("Setting", "Before", "Declared", "Declared in"))
    lines = "".join(map(_setting, row.settings))
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"


def _setting(setting: Setting) -> str:
    place = "" if setting.place is None else _code(str(setting.place))
    return (
        f'<tr><th scope="row">{_code(setting.option)}</th>'
        f'<td class="before" data-label="before">{_code(value_words(setting.before))}</td>'
        f'<td class="declared" data-label="declared">{_code(value_words(setting.declared))}</td>'
        f"<td>{place}</td></tr>\n"
    )


def _list(rows: t.Sequence[Row], words: str) -> str:
    """The rows that are as declared, folded, a line each."""
    head = "".join(
        f"<th>{name}</th>" for name in ("Host", "Tenant", "Address", "Level", "Server version")
    )
    lines = "".join(
        f'<tr><th scope="row">{_code(row.host)}</th><td>{_escaped(row.tenant)}</td>'
        f"<td>{_escaped(row.address)}</td><td>{_escaped(row.level)}</td>"
        f"<td>{_escaped(row.version)}</td></tr>\n"
        for row in rows
    )
    return (
        f"<section>\n<details><summary>{len(rows)} {words}</summary>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"
        "</details>\n</section>\n"
    )
