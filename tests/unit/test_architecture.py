# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of the code that CONTRIBUTING.md promises: who imports whom, and how long it gets."""

from __future__ import annotations

import ast
import graphlib
import typing as t
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"
UTILITIES = PLUGINS / "module_utils"

FUNCTION_LINES = 30
FILE_LINES = 250

# From the top down. A file imports from its own row, without circles, and from the rows below.
# A name stands for its companions too: "_smtp" for _smtp_login.py, "_formats" for the package.
LAYERS = (
    ("modules", "action", "inventory"),
    (
        "_in_process",
        "_module",
        "_run",
        "_context",
        "_bulk",
        "_account",
        "_pace",
        "_mail",
        "_tenants",
        "_wish",
        "_target",
    ),
    ("_apply", "_change", "_inherit"),
    ("_password", "_preflight", "_masks"),
    ("_backends", "_backend", "_wire_keys", "_routing"),
    ("_formats", "_text_file"),
    ("_signin", "_session", "_address", "_server_text"),
    ("_http", "_patience", "_smtp", "_mailbox", "_connection", "_message"),
    ("_deadline",),
    ("_provider", "_providers", "_custom_preset", "_diagnosis"),
    ("_settings", "_argspec"),
    ("_redact", "_secret_forms", "_errors", "_compat"),
)
RANK = {name: rank for rank, row in enumerate(LAYERS) for name in row}

# The doors to the network, and what only they may open.
DOORS = {"_connection", "_deadline", "_http", "_mailbox", "_smtp"}
NETWORK = {"ansible.module_utils.urls", "http.client", "imaplib", "smtplib", "socket", "ssl"}

FILES = sorted(
    path
    for folder in ("modules", "action", "inventory", "module_utils")
    for path in (PLUGINS / folder).rglob("*.py")
)
every_file = pytest.mark.parametrize(
    "path", FILES, ids=[str(path.relative_to(PLUGINS)) for path in FILES]
)


def row_name(name: str) -> str | None:
    """Return the name in LAYERS that a file or package name falls under."""
    words = name.split("_")
    stems = ("_".join(words[:count]) for count in range(len(words), 0, -1))
    return next((stem for stem in stems if stem in RANK), None)


def layer(path: Path) -> str | None:
    """Return the name in LAYERS that a file falls under."""
    parts = path.relative_to(PLUGINS).with_suffix("").parts
    return row_name(parts[1] if parts[0] == "module_utils" else parts[0])


def executed(node: ast.AST) -> t.Iterator[ast.AST]:
    """Yield the nodes of a tree; what stands under TYPE_CHECKING is never imported."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield child
            yield from executed(child)


def imported(path: Path) -> t.Iterator[str]:
    """Yield the absolute names of everything that a file imports, at whatever depth."""
    package = path.relative_to(ROOT).parent.parts
    for node in executed(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def utilities(path: Path) -> set[Path]:
    """Return the files of module_utils that a file imports."""
    tails = (name.partition("plugins.module_utils.")[2].split(".") for name in imported(path))
    return {
        file for tail in tails if (file := UTILITIES.joinpath(*tail).with_suffix(".py")).exists()
    }


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


@every_file
def test_a_file_has_a_place_in_the_list_of_layers(path: Path) -> None:
    """A new file says where it stands before anything can depend on it."""
    assert layer(path), f"give {path.name} a row in LAYERS of {__file__}"


@every_file
def test_imports_only_point_down(path: Path) -> None:
    """No file knows anything about the rows above it."""
    upward = {file.name for file in utilities(path) if RANK[layer(file)] < RANK[layer(path)]}

    assert not upward


def test_imports_never_run_in_a_circle() -> None:
    """Every file can be understood, and tested, after the files that it imports."""
    graph = {path: utilities(path) for path in FILES}

    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(FILES)


@every_file
def test_only_the_doors_touch_the_network(path: Path) -> None:
    """Whoever wants to know what leaves this machine has these few files to read."""
    touched = NETWORK.intersection(imported(path))

    assert not touched or layer(path) in DOORS


@every_file
def test_only_one_file_reports_to_ansible(path: Path) -> None:
    """Lower layers raise and can be called by anyone; ending the process is left to _module.py."""
    nodes = ast.walk(ast.parse(path.read_text()))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}

    assert not attributes & {"exit_json", "fail_json"} or path.name == "_module.py"


@every_file
def test_a_function_fits_on_a_screen(path: Path) -> None:
    """No function has more than 30 lines of code."""
    long = {f.name: code_lines(path, f) for f in functions(path)}

    assert not {name: count for name, count in long.items() if count > FUNCTION_LINES}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(UTILITIES.rglob("*.py")) if not path.stem.endswith("_table")],
    ids=lambda path: path.name,
)
def test_a_utility_can_be_read_in_one_sitting(path: Path) -> None:
    """No file of module_utils has more than 250 lines, tables of data aside."""
    assert len(path.read_text().splitlines()) <= FILE_LINES
