# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that the Orchestrator API gives page by page (OData).

Where a list ends is the server's to say, so what it says is bounded: a link leads to each page
once, and a list has an end.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure
from .._phrase import say
from .client import Request

if t.TYPE_CHECKING:
    from .answer import Answer
    from .client import Pairs
    from .session import Session

NEXT, COUNT = "@odata.nextLink", "@odata.count"
MOST_PAGES = 1000
LONGEST_LINK = 8192


class Page(t.NamedTuple):
    """The rows of one answer, whatever they are, and where they come from.

    ``total`` is how many rows there are on all pages, where the server says it.
    """

    url: str
    rows: list[t.Any]
    total: int | None = None


def pages(
    session: Session, path: str, query: Pairs, refuse: t.Callable[[Answer], None]
) -> t.Iterator[Page]:
    """The pages of the list at ``path``; ``refuse`` raises for an answer that is a refusal.

    Raises ``Failure`` (``bad_answer``) for what is no list, and for one without an end.
    """
    request = Request("GET", path, query=query)
    followed: set[str] = set()
    while len(followed) < MOST_PAGES:
        answer = session.ask(request)
        refuse(answer)
        said = answer.json()
        rows = said.get("value") if isinstance(said, dict) else None
        if not isinstance(rows, list):
            raise bad_list(answer.url, say("it holds no list"))
        yield Page(answer.url, rows, _number(said.get(COUNT)))
        link = _query_of(said.get(NEXT), answer.url)
        if not link:
            return
        if link in followed:
            raise bad_list(answer.url, say("its link to the next page leads to one that was read"))
        followed.add(link)
        request = Request("GET", f"{path}?{link}")
    raise bad_list(answer.url, say("the list has more than {most} pages", most=MOST_PAGES))


def _number(said: t.Any) -> int | None:
    is_number = isinstance(said, int) and not isinstance(said, bool)
    return int(said) if is_number else None


def bad_list(url: str, reason: str) -> Failure:
    """A list that cannot be read."""
    return Failure("bad_answer", target=url, reason=reason, stage="read")


def _query_of(link: t.Any, url: str) -> str:
    """What a link asks for; its address is ours to choose, whatever it says."""
    query = link.partition("?")[2].partition("#")[0] if isinstance(link, str) else ""
    if len(query) > LONGEST_LINK or not (query.isascii() and query.isprintable()) or " " in query:
        raise bad_list(url, say("its link to the next page is not an address"))
    return query
