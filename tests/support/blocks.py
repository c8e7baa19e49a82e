# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The blocks of the documentation: what a reader copies out of it."""

from __future__ import annotations

import ast
import re
import shlex
import textwrap
import typing as t
from dataclasses import dataclass
from pathlib import Path

import yaml
from support.places import PAGES, ROOT

#: What a block is called in Markdown and reStructuredText, and what it is.
LANGUAGES: t.Mapping[str, str] = {
    "yaml": "yaml",
    "console": "console",
    "sh": "console",
    "shell": "console",
    "bash": "console",
    "python": "python",
    "json": "json",
}
#: Samples of what is printed, and drawings; nobody copies them.
SHOWN = frozenset({"text", "none"})
_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DIRECTIVE = re.compile(
    r"^(?P<in> *)\.\. code-block::[ ]*(?P<language>\S*)\n(?P<text>(?:(?P=in)[ ]+.*\n|[ ]*\n)+)",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"\A(?: *:[a-z-]+:.*\n)+")
_CAPTION = re.compile(r"^ *:caption: *(\S+)$", re.MULTILINE)
_FILE = re.compile(r"\A# ([\w./-]+\.yml)\b")


@dataclass(frozen=True)
class Block:
    """A block: the document and the line where it is, its language, and what a reader copies.

    ``file`` is the name that the page gives it, by a caption or a first comment; else empty.
    """

    document: str
    line: int
    language: str
    text: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"

    @property
    def content(self) -> t.Any:
        """The YAML as plain values; ``!unsafe`` and ``!vault`` are texts."""
        return yaml.load(self.text, _Loader)

    @property
    def commands(self) -> list[list[str]]:
        """The words of each command of a console block, without its output and its comments."""
        lines = self.text.replace("\\\n", " ").splitlines()
        if any(line.startswith("$ ") for line in lines):
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        return [words for line in lines if (words := shlex.split(line, comments=True))]


class _Loader(yaml.SafeLoader):
    """Knows the tags of Ansible."""


def _text(_loader: yaml.SafeLoader, node: yaml.Node) -> t.Any:
    return node.value


for _tag in ("!unsafe", "!vault"):
    _Loader.add_constructor(_tag, _text)


def documents() -> list[Path]:
    """README, README of the role, all pages of the site, and all plugins that are documented."""
    plugins = (ROOT / "plugins" / kind for kind in ("modules", "inventory", "lookup"))
    sources = [path for folder in plugins for path in sorted(folder.glob("*.py"))]
    return [
        ROOT / "README.md",
        ROOT / "roles/mail/README.md",
        *sorted(PAGES.glob("*.rst")),
        *sources,
    ]


def blocks() -> list[Block]:
    """Every block of every document; one in a language that is not known is a ``ValueError``."""
    return [block for path in documents() for block in of(path)]


def of(path: Path) -> list[Block]:
    """Return the blocks of one document, in their order."""
    text = path.read_text(encoding="utf-8")
    found = _READERS[path.suffix](text)
    made = (_block(path, number, language, words) for number, language, words in found)
    return [block for block in made if block.language not in SHOWN]


def _block(path: Path, line: int, language: str, text: str) -> Block:
    document = path.relative_to(ROOT).as_posix()
    if language not in LANGUAGES and language not in SHOWN:
        raise ValueError(f"{document}:{line}: nobody reads blocks in {language!r}")
    options = _OPTIONS.match(text)
    caption = _CAPTION.search(options[0]) if options else None
    plain = textwrap.dedent(text[options.end() :] if options else text).strip("\n") + "\n"
    named = caption or _FILE.match(plain)
    return Block(
        document, line, LANGUAGES.get(language, language), plain, named[1] if named else ""
    )


_Found = t.Iterator[tuple[int, str, str]]


def _markdown(text: str) -> _Found:
    for match in _FENCE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] or "none", match[2]


def _restructured(text: str) -> _Found:
    for match in _DIRECTIVE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield line, match["language"] or "none", match["text"]


def _examples(text: str) -> _Found:
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            (target,) = node.targets
            if isinstance(target, ast.Name) and target.id == "EXAMPLES":
                yield node.lineno, "yaml", str(node.value.value)


_READERS: t.Mapping[str, t.Callable[[str], _Found]] = {
    ".md": _markdown,
    ".rst": _restructured,
    ".py": _examples,
}
