# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Our own words stay, facts are redacted: in phrases, in failures, in phrases within both."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure, invalid
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.redact import Redactor
from ansible_collections.rpaops.orchestrator.plugins.module_utils._phrase import (
    Cleared,
    Phrase,
    apart,
    did_you_mean,
    joined,
    say,
)
from hypothesis import given
from hypothesis import strategies as st
from support.places import ROOT

FILES = sorted(path for path in (ROOT / "plugins").rglob("*.py"))
#: Who redacts for somebody else, and says so; or clears a name of a variable that is no secret.
CLEARING = {"_phrase.py", "_tenants/task.py", "_probe/work.py", "_role/given.py"}
#: Whose templates are a table of ours.
TABLES = {"_phrase.py", "_errors.py", "_knowledge/diagnosis.py"}


def calls(path: Path, name: str) -> list[ast.Call]:
    """Every call of a function by its bare name."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = (n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name))
    return [node for node in named if node.func.id == name]  # type: ignore[attr-defined]


def test_a_phrase_reads_like_a_text():
    """Whoever knows nothing of phrases sees the sentence."""
    assert say("{host!r} has {count:d} mails", host="a b", count=3) == "'a b' has 3 mails"


def test_facts_are_redacted_and_words_are_not():
    """Also when the secret is a word of the sentence."""
    redactor = Redactor(["secret"])
    text = say("the secret of {who} is no {what}", who="a secret", what="secret")

    assert redactor.data(text) == "the secret of a *** is no secret"


def test_a_phrase_within_a_failure_keeps_its_words():
    """The reason, an exception as a reason, and several of them."""
    redactor = Redactor(["server"])
    why = say("no server at {url}", url="http://server")
    inner = invalid("server.url", why)
    outer = Failure("preflight", findings=joined([inner.phrase, say("a server is needed")]))

    told = outer.phrase.told(redactor.text)

    assert told == "server.url: no server at http://***. a server is needed."


def test_a_text_of_anybody_is_redacted_as_a_whole():
    """What was put together elsewhere has no words of ours."""
    redactor = Redactor(["server"])

    assert redactor.data(say("{text}", text="no " + say("server"))) == "no ***"


def test_a_cleared_text_is_not_looked_at_again():
    """It was redacted by somebody who knew more."""
    assert Redactor(["secret"]).data({"msg": Cleared("the secret is ***")}) == {
        "msg": "the secret is ***"
    }


@pytest.mark.parametrize("kind", [Cleared, say])
def test_what_leaves_is_a_plain_text(kind):
    """Ansible knows no types of ours."""
    (told,) = Redactor().data([kind("text")])

    assert told == "text"
    assert not isinstance(told, (Cleared, Phrase))


@pytest.mark.parametrize("sentence", [say("smtp_port: {p} is odd", p=0), "smtp_port: 0 is odd"])
def test_a_sentence_comes_apart(sentence):
    """What it is about, and the rest; of a phrase the rest is one as well."""
    subject, rest = apart(sentence)

    assert (subject, rest) == ("smtp_port", "0 is odd")
    assert isinstance(rest, Phrase) == isinstance(sentence, Phrase)


@given(text=st.text(min_size=600, max_size=5000))
def test_a_long_fact_does_not_drown_the_sentence(text):
    """Its end is kept, which may be a quotation mark; a secret is taken out before it is cut."""
    assert len(say("{fact!r} is long", fact=text)) < 600
    assert str(say("{fact!r} is", fact=text)).endswith(repr(text)[-1] + " is")
    assert "secret" not in say("{fact}", fact="secret" + text).told(Redactor(["secret"]).text)


def test_a_long_name_is_nobodys():
    """Only its beginning is compared, however long it is."""
    assert did_you_mean("smtp_port" * 100_000, ["smtp_port"]) == ""


def test_braces_of_a_fact_mean_nothing():
    """A fact is never a template."""
    assert say("{a} {b}", a="{b}", b="{0.__class__}") == "{b} {0.__class__}"


def test_the_sentence_owns_the_full_stop():
    """A reason that brings its own does not end in two."""
    assert str(invalid("a", say("it is late."))) == "a: it is late."
    assert str(invalid("a", "it is late. ")) == "a: it is late."


@given(parts=st.lists(st.text(max_size=20), max_size=5), secret=st.text(min_size=8, max_size=12))
def test_no_fact_keeps_a_secret(parts, secret):
    """However phrases are put together."""
    told = joined([say("[{part}]", part=part + secret) for part in parts]).told(
        Redactor([secret]).text
    )

    assert secret not in told


def is_constant(value, known):
    """Whether an expression can be nothing but constants, and names of such."""
    if isinstance(value, ast.BinOp):
        return is_constant(value.left, known) and is_constant(value.right, known)
    if isinstance(value, ast.IfExp):
        return is_constant(value.body, known) and is_constant(value.orelse, known)
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in known)


def constants(path):
    """The names that a file binds to constants only, wherever it binds them."""
    bound: dict[str, list[ast.expr]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                bound.setdefault(ast.unparse(target), []).append(node.value)
    return {name for name, values in bound.items() if all(is_constant(v, ()) for v in values)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_template_of_a_phrase_is_a_constant(path):
    """A text from elsewhere can never pass for words of ours."""
    templates = [call.args[0] for call in calls(path, "say")]
    templates += [between for call in calls(path, "joined") for between in call.args[1:]]
    known = constants(path)

    assert [ast.unparse(one) for one in templates if not is_constant(one, known)] == []


#: What is handed a reason, and the place of it among the arguments.
TAKES_A_REASON = {"invalid": 1, "MailError": 0, "Unusable": 0, "Decision": 2, "left_alone": 0}


def is_sentence(value):
    """Whether an expression is words of ours that were not said as a phrase."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    texts = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return bool(re.search("[a-z]+ ", "".join(texts)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_reason_of_ours_is_a_phrase(path):
    """Else a password that is one of its words would take that word away."""
    given = [
        call.args[at]
        for name, at in TAKES_A_REASON.items()
        for call in calls(path, name)
        if len(call.args) > at
    ]
    given += [
        keyword.value
        for call in calls(path, "Failure")
        for keyword in call.keywords
        if keyword.arg in ("reason", "said")
    ]
    known = constants(path)

    assert [
        ast.unparse(one)
        for one in given
        if is_sentence(one) or (isinstance(one, ast.Name) and one.id in known)
    ] == []


@pytest.mark.parametrize("name", ["Cleared", "Phrase"])
def test_few_files_clear_a_text(name):
    """Each of them redacts it first, or it is a table of ours."""
    known = CLEARING if name == "Cleared" else TABLES
    found = {
        "/".join(path.relative_to(ROOT / "plugins").parts[1:])
        for path in FILES
        if calls(path, name)
    }

    assert found <= known


def test_a_phrase_of_phrases_is_one():
    """What is joined can be told as well."""
    assert isinstance(joined([say("a"), say("b")]), Phrase)


def test_a_phrase_leaves_the_process_as_plain_text():
    """Ansible hands results from process to process; one that nobody told is only a text there."""
    phrase = say("{host} is not a host name", host="a b")

    there = pickle.loads(pickle.dumps({"msg": phrase}))["msg"]

    assert (type(there), there) == (str, "a b is not a host name")
