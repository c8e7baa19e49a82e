# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a configuration file under an edit, judged by parsers that the product lacks.

pyjson5 for JSON with comments, ruamel.yaml for YAML 1.2, lxml (libxml2) for XML.
"""

from __future__ import annotations

import difflib
import re
import typing as t
import warnings
from collections import Counter
from pathlib import Path

import pyjson5
from lxml import etree
from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from support.run import mail_settings, mail_settings_info

Options = t.Mapping[str, t.Any]
#: A place in a document, and what stands there; a document is the bag of them.
Bag = Counter[tuple[str, str]]
#: Refusals that say nothing about the file.
EXPECTED = ("file_refused", "invalid_option", "preflight")
OURS = re.compile(
    r"(?i)^(abp\.(net\.mail|mailing)\.|email\.smtp\.|alerts\.email\.enabled"
    r"|(tls_version|from_email|host|port|username|password)$)"
)
ATTRIBUTES = {"from", "host", "port", "userName", "password", "enableSsl"}
ATTRIBUTES |= {"defaultCredentials", "clientDomain"}


class Unreadable(Exception):
    """The independent parser does not take this text."""


class Verdict(t.NamedTuple):
    """What happened: ``edited``, ``quiet``, ``refused``, ``disproven`` or ``alarm``; and why.

    A disproven edit is one that the product itself found wrong before it was written.
    """

    word: str
    text: str


def judged(path: Path, kind: str, file: Options, settings: Options) -> Verdict:
    """Read, check, run and run again on the file at ``path``; compare what two parsers see."""
    before = path.read_bytes()
    options: dict[str, t.Any] = {"config_file": {"path": str(path), **file}, **settings}
    options |= {"allow_password_reuse": True, "implicit_tls": "allow", "password_record": ""}
    info = mail_settings_info(config_file=options["config_file"]).result
    foreseen = mail_settings(True, **options).result
    if path.read_bytes() != before:
        return Verdict("alarm", "check mode touched the file")
    done = mail_settings(**options).result
    said = str(done.get("msg", ""))
    if done != foreseen:
        return Verdict("alarm", f"check mode said {foreseen.get('msg')!r}, the run {said!r}")
    for result in (info, done):
        if result.get("failed") and result["error"] not in EXPECTED:
            return Verdict("alarm", f"{result['error']}: {result['msg']}")
    after = path.read_bytes()
    if done.get("failed"):
        word = "disproven" if "by hand" in said else "refused"
        return Verdict(word, said) if after == before else Verdict("alarm", "refused, touched")
    if not done["changed"]:
        return Verdict("quiet", "") if after == before else Verdict("alarm", "unchanged, touched")
    again = mail_settings(**options).result
    if again.get("failed") or again["changed"]:
        return Verdict("alarm", f"the second run: {again.get('msg') or again['updated']}")
    # Some settings follow from others.
    fault = _fault(kind, before, after, {**done["diff"]["after"], **settings})
    return Verdict("alarm", fault) if fault else Verdict("edited", "")


def _fault(kind: str, before: bytes, after: bytes, changes: Options) -> str:
    """What is wrong with an edited file; nothing when all is well."""
    try:
        old = bag(kind, before)
    except Unreadable:
        return ""
    try:
        new = bag(kind, after)
    except Unreadable as exc:
        return f"another parser no longer reads it: {exc}"
    differing = [place for place, _value in (old - new) + (new - old)]
    around = {place.rpartition("/")[0] for place in differing}
    # What was empty is filled, and what held nothing else is empty.
    strange = [place for place in differing if not _is_ours(place) and place not in around]
    if strange:
        return f"more than asked for differs: {strange[:3]}"
    wanted = {_as_text(value) for value in changes.values()}
    found = {value for place, value in new - old if not place.endswith("/@key")}
    if kind != "json" and not found <= wanted | {"", "TLSv1_2"}:
        return f"other values than wanted: {sorted(found - wanted)[:3]}"
    # What is taken out may be laid out over any number of lines.
    return "" if "state" in changes else _line_fault(before, after, len(changes))


def _line_fault(before: bytes, after: bytes, changes: int) -> str:
    """More lines than changes account for: one each, and two around an object that was empty."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    gone = [line for line in lines if line.startswith("-")]
    return f"{len(gone)} lines went for {changes} changes" if len(gone) > changes + 2 else ""


def bag(kind: str, content: bytes) -> Bag:
    """Everything that the independent parser sees in a file."""
    return Counter({"json": _of_json, "yaml": _of_yaml, "xml": _of_xml}[kind](content))


def _of_json(content: bytes) -> t.Iterator[tuple[str, str]]:
    try:
        top = pyjson5.decode(_text(content) if content.strip() else "{}")
    except (pyjson5.Json5Exception, UnicodeDecodeError) as exc:
        raise Unreadable(type(exc).__name__) from exc
    waiting: list[tuple[str, t.Any]] = [("", top)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, dict):
            waiting += [(f"{place}/{name}", inner) for name, inner in node.items()]
        elif isinstance(node, list):
            waiting += [(f"{place}/{number}", inner) for number, inner in enumerate(node)]
        if not isinstance(node, (dict, list)) or not (node or _is_ours(place)):
            yield place, _as_text(node)


def _of_yaml(content: bytes) -> t.Iterator[tuple[str, str]]:
    warnings.simplefilter("ignore", ReusedAnchorWarning)
    reader = YAML(typ="safe", pure=True)
    try:
        top = reader.compose(_text(content))
    except (YAMLError, ValueError, RecursionError, AttributeError) as exc:
        raise Unreadable(type(exc).__name__) from exc
    waiting: list[tuple[str, t.Any, tuple[int, ...]]] = [("", top, ())]
    while waiting:
        place, node, above = waiting.pop()
        if id(node) in above or len(above) > 40:
            continue
        inside = (*above, id(node))
        if isinstance(node, MappingNode):
            waiting += [(f"{place}/{key.value}", value, inside) for key, value in node.value]
        elif isinstance(node, SequenceNode):
            waiting += [(f"{place}/{n}", item, inside) for n, item in enumerate(node.value)]
        elif isinstance(node, ScalarNode):
            yield place, "" if str(node.tag).endswith(":null") else str(node.value)


def _of_xml(content: bytes) -> t.Iterator[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        top = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise Unreadable(type(exc).__name__) from exc
    for node in top.iter():
        place = "/".join(str(above.tag) for above in node.iterancestors())
        if isinstance(node.tag, str):
            key = node.get("key")
            where = f"{place}/{node.tag}" if key is None else f"{place}/{node.tag}/{key}"
            yield from ((f"{where}/@{name}", value) for name, value in node.attrib.items())
        elif node.text is not None:
            yield f"{place}/comment", node.text
        for text in (node.text if isinstance(node.tag, str) else None, node.tail):
            if text and text.strip():
                yield f"{place}/text", text.strip()


def _is_ours(place: str) -> bool:
    parts = place.split("/")
    if parts[-1].startswith("@"):
        is_mail = parts[-2] in ("smtp", "network") and parts[-1][1:] in ATTRIBUTES
        return is_mail or (len(parts) > 1 and bool(OURS.match(parts[-2])))
    return bool(OURS.match(parts[-1])) or parts[-1] == "smtp_configuration"


def _text(content: bytes) -> str:
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        if content.startswith(mark):
            return content[len(mark) :].decode(codec)
    return content.decode("utf-16-be" if content.startswith(b"\xfe\xff") else "utf-8")


def _as_text(value: t.Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
