# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Change one word of a request after the other, and see whether a test notices.

    python -m measure.mutate [--only PART-OF-A-PATH]

A mutant is a copy of the collection in which one word that goes over the wire (a path, a verb, a
member, a header, a query option, a scope, a key) is another. The tests named below run over it; a
mutant that they do not notice is printed, and is a hole. Words of sentences are left alone.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import typing as t
from pathlib import Path

from support.places import ROOT

UTILITIES = "plugins/module_utils"
#: Where requests are built, and what goes into them.
BUILDERS = (
    "_server/access.py",
    "_server/host_sign_in.py",
    "_server/client.py",
    "_server/pages.py",
    "_server/session.py",
    "_server/sign_in.py",
    "_targets/identity.py",
    "_targets/open.py",
    "_targets/orchestrator.py",
    "_targets/people.py",
    "_targets/routing.py",
    "_targets/wire_keys.py",
    "_tenants/listing.py",
)
TESTS = (
    "tests/contract/test_everything.py",
    "tests/contract/test_every_version.py",
    "tests/unit/plugins/module_utils/_server",
    "tests/unit/plugins/module_utils/_targets",
    "tests/unit/plugins/inventory",
    "tests/unit/plugins/modules/test_who_gets_mail.py",
)
#: One place per era is enough to meet every word.
CHOSEN = (
    "every_request or not (2018 or 2019 or v13 or v15 or v16 or v18 or v20) "
    "or 2018.1-standalone-tenant"
)
VERBS = {"GET": "POST", "POST": "PUT", "PUT": "POST", "DELETE": "POST"}
#: What goes over the wire is a word, a path, a scope, a key or a media type.
ON_THE_WIRE = re.compile(r"[$@/]?[A-Za-z][\w./{}@$()'+-]*")
#: Calls whose texts are for people, or for Python.
FOR_PEOPLE = {"Failure", "Ambiguous", "Busy", "invalid", "getattr", "encode", "decode", "bad_list"}
FOR_PEOPLE |= {"startswith", "TypeVar", "cast", "split", "partition", "get", "join", "unexpected"}


class Mutant(t.NamedTuple):
    """A word at a place, and what stands there instead."""

    path: str
    line: int
    column: int
    word: str
    instead: str


def mutants(path: str) -> t.Iterator[Mutant]:
    """All mutants of one file, in its order."""
    tree = ast.parse((ROOT / UTILITIES / path).read_text(encoding="utf-8"))
    left_alone = {id(child) for node in _for_people(tree) for child in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        word = node.value
        if id(node) not in left_alone and ON_THE_WIRE.fullmatch(word) and len(word) > 2:
            instead = VERBS.get(word, word + "x")
            yield Mutant(path, node.lineno, node.col_offset, word, instead)


def _for_people(tree: ast.AST) -> t.Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in FOR_PEOPLE:
                yield node
        elif isinstance(node, (ast.Compare, ast.Subscript, ast.JoinedStr)):
            # Asked of answers and options; a name that changes here alone sends nothing else.
            yield node
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        elif isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
            yield node.annotation


def caught(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests notice ``mutant`` in ``copy``, which is as before afterwards."""
    file = copy / UTILITIES / mutant.path
    before = file.read_text(encoding="utf-8")
    lines = before.splitlines(keepends=True)
    # Columns of the parser count bytes.
    line = lines[mutant.line - 1].encode()
    head, tail = line[: mutant.column], line[mutant.column :]
    changed = tail.replace(mutant.word.encode(), mutant.instead.encode(), 1)
    lines[mutant.line - 1] = (head + changed).decode()
    file.write_text("".join(lines), encoding="utf-8")
    try:
        return not _passes(copy)
    finally:
        file.write_text(before, encoding="utf-8")


def _passes(copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", CHOSEN]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return not subprocess.run(
        [*command, *TESTS], cwd=copy, env=environment, capture_output=True, check=False
    ).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m measure.mutate", description=__doc__)
    parser.add_argument("--only", default="", help="part of the path of the files to change")
    only = parser.parse_args().only
    found = [mutant for path in BUILDERS if only in path for mutant in mutants(path)]
    missed: list[Mutant] = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "collection"
        ignored = shutil.ignore_patterns(".git", ".venv*", "build", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, copy, symlinks=True, ignore=ignored)
        if not _passes(copy):
            print("the tests fail without any change; nothing can be said", file=sys.stderr)
            return 2
        for number, mutant in enumerate(found, 1):
            noticed = caught(mutant, copy)
            missed += [] if noticed else [mutant]
            place = f"{mutant.path}:{mutant.line}: {mutant.word} -> {mutant.instead}"
            print(f"{number}/{len(found)} {'caught' if noticed else 'MISSED'} {place}", flush=True)
    print(f"{len(found)} mutants, {len(found) - len(missed)} caught, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
