# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mutants: each is the collection with one other word on the wire.

A word is a path, a verb, a member, a header, a query option, a scope, a key, or a piece of one that
is put together.  Words of sentences are left alone, and so are those that are only asked of answers
and options, and the names of our own options: with another one nothing else is sent.
"""

from __future__ import annotations

import ast
import re
import typing as t

from support.places import ROOT

PLUGINS = "plugins"
#: Where requests are built, and what goes into them.
BUILDERS = (
    "module_utils/_server/access.py",
    "module_utils/_server/address.py",
    "module_utils/_server/client.py",
    "module_utils/_server/connection.py",
    "module_utils/_server/host_sign_in.py",
    "module_utils/_server/pages.py",
    "module_utils/_server/proxy.py",
    "module_utils/_server/session.py",
    "module_utils/_server/sign_in.py",
    "module_utils/_targets/identity.py",
    "module_utils/_targets/open.py",
    "module_utils/_targets/orchestrator.py",
    "module_utils/_targets/people.py",
    "module_utils/_targets/routing.py",
    "module_utils/_targets/wire_keys.py",
    "module_utils/_tenants/listing.py",
    "plugin_utils/_probe/organization.py",
    "plugin_utils/_probe/tenant.py",
)
VERBS = {"GET": "POST", "POST": "PUT", "PUT": "POST", "DELETE": "POST"}
#: What goes over the wire is a word, a path, a scope, a key or a media type.
ON_THE_WIRE = re.compile(r"[$@/.]?[A-Za-z][\w./{}@$()'+-]+(?: | eq \w+)?")
#: What stands between the braces of a text, such as ``Bearer`` before a token.
PIECE = re.compile(r"[/?=;&.]|[/?]?[\w./-]*[A-Za-z][\w./-]* ?")
#: Settings by the names of our options; what they are called on the wire stands beside.
OURS = re.compile(r"(?:smtp|default_from|enable|use_default)_\w+")
#: Calls whose texts are for people, or for Python.
FOR_PEOPLE = {"Failure", "Ambiguous", "Busy", "Refused", "invalid", "say", "unusable", "_bad"}
FOR_PEOPLE |= {"bad_list", "unexpected", "_forbidden", "forbidden", "host_closed", "where_to_look"}
FOR_PEOPLE |= {"_closed", "_write_refused", "absent", "_wrong_level", "get", "on_server"}
FOR_PEOPLE |= {"getattr", "encode", "decode", "startswith", "TypeVar", "cast", "split", "partition"}
FOR_PEOPLE |= {"rpartition", "join", "field", "compile", "float"}


class Mutant(t.NamedTuple):
    """A word at a place, and what stands there instead; ``column`` counts bytes."""

    path: str
    line: int
    column: int
    word: str
    instead: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.word!r} -> {self.instead!r}"

    @property
    def key(self) -> str:
        """What it is called in the file of verdicts, wherever in its file the line is."""
        return f"{self.path} {self.code} {self.column} {self.word}"

    @property
    def named(self) -> tuple[str, str, str]:
        """What it is called where it is said to be equivalent."""
        return self.path, self.code, self.word

    def applied(self, text: str) -> str:
        """The file with the other word in it."""
        lines = text.splitlines(keepends=True)
        line = lines[self.line - 1].encode()
        head, tail = line[: self.column], line[self.column :]
        changed = tail.replace(self.word.encode(), self.instead.encode(), 1)
        lines[self.line - 1] = (head + changed).decode()
        return "".join(lines)


def mutants(path: str) -> t.Iterator[Mutant]:
    """All mutants of one file, in its order."""
    text = (ROOT / PLUGINS / path).read_text(encoding="utf-8")
    tree, lines = ast.parse(text), [line.strip() for line in text.splitlines()]
    alone = {id(child) for node in _left_alone(tree) for child in ast.walk(node)}
    pieces = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    found = [
        Mutant(
            path,
            node.lineno,
            node.col_offset,
            node.value,
            _instead(node.value),
            lines[node.lineno - 1],
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
        if not OURS.fullmatch(node.value)
        and (PIECE if id(node) in pieces else ON_THE_WIRE).fullmatch(node.value)
    ]
    return iter(sorted(found))


def _instead(word: str) -> str:
    if word in VERBS:
        return VERBS[word]
    # Where a piece ends in a blank or a slash, the word before it is another.
    kept = word.rstrip(" /")
    return kept + "x" + word[len(kept) :]


def _left_alone(tree: ast.AST) -> t.Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in FOR_PEOPLE:
            yield from (*node.args, *node.keywords)
        elif isinstance(node, ast.Compare):
            yield node
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Store):
            yield node.slice
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        elif isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
            yield node.annotation


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))
