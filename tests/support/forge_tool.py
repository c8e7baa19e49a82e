# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tools of the forges, as far as the pipelines of the starting repository call them.

Run as ``forge_tool.py gh|glab|az FOLDER ARGUMENTS...``: a pull request's comments are in the
``comments.json`` of the folder, each by its number, and what a job keeps in its ``artifact``.  An
expression that picks from an answer is evaluated by the library that the real tool has it from, or
by one for the same language.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import typing as t
from pathlib import Path

REVISION = "0123456789abcdef0123456789abcdef01234567"
Comments = dict[str, str]


def main(tool: str, folder: Path, arguments: list[str]) -> str:
    """Do what was asked, and return what is printed then."""
    asked = _parser().parse_intermixed_args(arguments)
    if asked.words[:2] == ["run", "download"]:
        assert asked.name == f"mail-plan-{REVISION}"
        shutil.copytree(folder / "artifact", asked.dir)
        return ""
    kept = folder / "comments.json"
    comments: Comments = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    printed = TOOLS[tool](asked, comments)
    kept.write_text(json.dumps(comments), encoding="utf-8")
    return printed


def _gh(asked: argparse.Namespace, comments: Comments) -> str:
    import jq

    if asked.words == ["api", f"repos/acme/mail/commits/{REVISION}/pulls"]:
        answer: t.Any = [{"number": 7, "head": {"sha": REVISION}}]
    else:
        _by_path(asked, comments, "repos/acme/mail/issues/7", "repos/acme/mail/issues")
        answer = [{"id": int(n), "user": {"id": 9}, "body": text} for n, text in comments.items()]
    return "\n".join(map(str, jq.compile(asked.jq).input_value(answer).all())) if asked.jq else ""


def _glab(asked: argparse.Namespace, comments: Comments) -> str:
    request = "projects/12/merge_requests/7"
    _by_path(asked, comments, request, request, noun="notes")
    notes = [
        {"id": int(number), "type": None, "body": text, "author": {"id": 9}}
        for number, text in comments.items()
    ]
    compact = json.dumps(notes, separators=(",", ":"))
    return compact.replace("<", "\\u003c").replace(">", "\\u003e")


def _by_path(
    asked: argparse.Namespace, comments: Comments, lists: str, holds: str, noun: str = "comments"
) -> None:
    """GitHub and GitLab: comments are listed and added at one address, each has one of its own."""
    _verb, path = asked.words
    if asked.method == "GET":
        assert path.partition("?")[0] == f"{lists}/{noun}"
        return
    (mark, file) = asked.field.split("@")
    assert mark == "body="
    number = path.removeprefix(f"{holds}/{noun}/")
    if asked.method == "POST":
        assert path == f"{lists}/{noun}"
        number = _next(comments)
    comments[number] = Path(file).read_text(encoding="utf-8")


def _az(asked: argparse.Namespace, comments: Comments) -> str:
    import jmespath

    assert (asked.words, asked.area) == (["devops", "invoke"], "git")
    route = dict(pair.split("=") for pair in asked.route_parameters)
    where = {"project": "the-project", "repositoryId": "the-repository", "pullRequestId": "7"}
    assert route.items() >= where.items()
    if asked.http_method == "GET":
        assert asked.resource == "pullRequestThreads"
        threads: list[dict[str, t.Any]] = [{"id": 1, "comments": [{"id": 1, "isDeleted": True}]}]
        threads += [
            {"id": int(number), "comments": [{"id": 5, "content": text}, {"id": 6}]}
            for number, text in comments.items()
        ]
        rows = jmespath.search(asked.query, {"count": len(threads), "value": threads})
        return "\n".join("\t".join(map(str, row)) for row in rows)
    body = json.loads(Path(asked.in_file).read_text(encoding="utf-8"))
    if asked.http_method == "POST":
        assert (asked.resource, body["status"]) == ("pullRequestThreads", "closed")
        comments[_next(comments)] = body["comments"][0]["content"]
    else:
        assert (asked.resource, route["commentId"]) == ("pullRequestThreadComments", "5")
        comments[route["threadId"]] = body["content"]
    return ""


def _next(comments: Comments) -> str:
    return str(max(map(int, comments), default=40) + 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--http-method", default="GET")
    parser.add_argument("--route-parameters", nargs="*")
    for flag in ("--paginate", "--silent"):
        parser.add_argument(flag, action="store_true")
    for option in ("jq", "query", "field", "in-file", "name", "dir", "area", "resource"):
        parser.add_argument(f"--{option}")
    for option in ("organization", "api-version", "output"):
        parser.add_argument(f"--{option}")
    return parser


TOOLS: dict[str, t.Callable[[argparse.Namespace, Comments], str]] = {
    "gh": _gh,
    "glab": _glab,
    "az": _az,
}

if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
