# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of the code that CONTRIBUTING.md promises: who imports whom, and how long it gets."""

from __future__ import annotations

import ast
import graphlib
import re
import typing as t
from pathlib import Path

import pytest
from support.places import ROOT

PLUGINS = ROOT / "plugins"
UTILITIES = PLUGINS / "module_utils"

UNIT_TESTS_OF_UTILITIES = ROOT / "tests/unit/plugins/module_utils"
UNIT_TESTS = sorted(UNIT_TESTS_OF_UTILITIES.rglob("test_*.py"))

FUNCTION_LINES = 30
FILE_LINES = 250

# From the top down. A file imports from its own folder, without circles, and from the floors
# below; what only annotations name counts as well.
FLOORS = (
    ("modules", "action", "inventory", "lookup"),
    ("plugin_utils",),
    ("_modules",),
    ("_tenants",),
    ("_declaration",),
    ("_reconcile",),
    ("_targets",),
    ("_mail", "_server"),
    ("_knowledge", "_files"),
    ("_output",),
    ("module_utils",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# The doors to the network, and what only they may open.
DOORS = {
    "_deadline.py",
    "_tls.py",
    "_server/connection.py",
    "_server/client.py",
    "_server/heads.py",
    "_server/protocol.py",
    "_mail/mailbox.py",
    "_mail/smtp.py",
    "_mail/stages.py",
}
NETWORK = {"ansible.module_utils.urls", "http.client", "imaplib", "smtplib", "socket", "ssl"}
REPORTER = "_output/module.py"

FILES = sorted(
    path
    for path in PLUGINS.rglob("*.py")
    if path.parent.name not in ("doc_fragments", "__pycache__")
)
every_file = pytest.mark.parametrize(
    "path", FILES, ids=[str(path.relative_to(PLUGINS)) for path in FILES]
)


def room(path: Path) -> str:
    """Return the folder that a file belongs to, as it is called in FLOORS."""
    parts = path.relative_to(PLUGINS).parts
    return parts[1] if parts[0] == "module_utils" and len(parts) > 2 else parts[0]


def place(path: Path) -> str:
    """Return the path of a file below module_utils, or its name elsewhere."""
    inside = path.is_relative_to(UTILITIES)
    return path.relative_to(UTILITIES).as_posix() if inside else path.name


def imported(path: Path) -> t.Iterator[str]:
    """Yield the absolute names of everything that a file imports, at whatever depth."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def needed(path: Path) -> set[Path]:
    """Return the files of this collection that a file imports."""
    tails = (name.removeprefix("plugins.").split(".") for name in imported(path))
    return {file for tail in tails if (file := PLUGINS.joinpath(*tail).with_suffix(".py")) in FILES}


def functions(path: Path) -> t.Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def code_lines(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without docstring, comments and blank lines."""
    first, last = function.lineno, function.end_lineno or function.lineno
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    prose = range(docstring.lineno, (docstring.end_lineno or 0) + 1) if docstring else range(0)
    lines = path.read_text().splitlines()
    texts = [lines[n - 1].strip() for n in range(first, last + 1) if n not in prose]
    return sum(bool(text) and not text.startswith("#") for text in texts)


def drawn() -> set[str]:
    """Return the files below module_utils that the tree of CONTRIBUTING.md names."""
    page = (ROOT / "CONTRIBUTING.md").read_text()
    tree = page.partition("```\nplugins/module_utils/\n")[2].partition("```")[0]
    folder, found = "", set()
    for line in tree.splitlines():
        if not line.startswith(("│", " ")):
            opened = re.match(r"[├└]── (_\w+/)", line)
            folder = opened[1] if opened else ""
        found |= {folder + name for name in re.findall(r"\w+\.py\b", line)}
    return found


@every_file
def test_a_file_imports_from_its_own_folder_and_the_floors_below(path: Path) -> None:
    """No file knows anything about a floor above it, or about another folder of its floor."""
    mine = room(path)
    strange = {
        place(file)
        for file in needed(path)
        if room(file) != mine and FLOOR[room(file)] <= FLOOR[mine]
    }

    assert not strange


def test_imports_never_run_in_a_circle() -> None:
    """Every file can be understood, and tested, after the files that it imports."""
    graph = {path: needed(path) for path in FILES}

    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(FILES)


def test_the_page_draws_the_tree_that_is_there() -> None:
    """Whoever reads CONTRIBUTING.md sees every file of module_utils in its folder, and no other."""
    assert drawn() == {place(path) for path in FILES if path.is_relative_to(UTILITIES)}


@pytest.mark.parametrize("path", UNIT_TESTS, ids=[path.stem for path in UNIT_TESTS])
def test_a_test_of_a_utility_stands_where_the_utility_does(path: Path) -> None:
    """A test file is named after a file in the same folder of module_utils, or begins with it."""
    folder = UTILITIES / path.parent.relative_to(UNIT_TESTS_OF_UTILITIES)
    names = [file.stem.lstrip("_") for file in folder.glob("*.py")]

    assert any(f"{path.stem}_".startswith(f"test_{name}_") for name in names)


def test_every_folder_stands_on_a_floor() -> None:
    """A new folder says where it stands before anything can depend on it."""
    assert {room(path) for path in FILES} == set(FLOOR)


@every_file
def test_only_the_doors_touch_the_network(path: Path) -> None:
    """Whoever wants to know what leaves this machine has these few files to read."""
    touched = NETWORK.intersection(imported(path))

    assert not touched or place(path) in DOORS


@every_file
def test_only_one_file_reports_to_ansible(path: Path) -> None:
    """Lower floors raise and can be called by anyone; ending the process is left to one file."""
    nodes = ast.walk(ast.parse(path.read_text()))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    assert not attributes & {"exit_json", "fail_json"} or place(path) == REPORTER


@every_file
def test_a_function_fits_on_a_screen(path: Path) -> None:
    """No function has more than 30 lines of code."""
    long = {f.name: code_lines(path, f) for f in functions(path)}

    assert not {name: count for name, count in long.items() if count > FUNCTION_LINES}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(UTILITIES.rglob("*.py")) if not path.stem.endswith("_table")],
    ids=place,
)
def test_a_utility_can_be_read_in_one_sitting(path: Path) -> None:
    """No file of module_utils has more than 250 lines, tables of data aside."""
    assert len(path.read_text().splitlines()) <= FILE_LINES
