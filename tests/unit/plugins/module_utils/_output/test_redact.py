# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The redactor: nothing of a secret survives it, and little else is lost."""

from __future__ import annotations

import base64
import html
import json
import time
import urllib.parse

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.redact import (
    MASK,
    Redactor,
    clean,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.secret_forms import forms
from hypothesis import given, settings
from hypothesis import strategies as st

PLAIN = st.text("aZ09._~-", min_size=8, max_size=40)
SECRETS = st.text(min_size=8, max_size=40) | PLAIN
#: Written out here once more, so that a form forgotten in the product is noticed.
ENCODERS = {
    "raw": str,
    "json": json.dumps,
    "json in json": lambda s: json.dumps(json.dumps(s)),
    "unicode json": lambda s: json.dumps(s, ensure_ascii=False),
    "url": lambda s: urllib.parse.quote(s, safe=""),
    "form": lambda s: urllib.parse.urlencode({"p": s}),
    "xml": html.escape,
    "repr": repr,
    "repr of bytes": lambda s: repr(s.encode()),
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64, 1 byte before": lambda s: base64.b64encode(b"u" + s.encode()).decode(),
    "base64, 2 bytes before": lambda s: base64.b64encode(b"us" + s.encode() + b"!").decode(),
    "urlsafe base64": lambda s: base64.urlsafe_b64encode(s.encode()).decode(),
    "UTF-16 base64": lambda s: base64.b64encode(s.encode("utf-16-le")).decode(),
    "hexadecimal": lambda s: s.encode().hex(),
    "every character for XML": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "every character for XML, hexadecimal": lambda s: "".join(f"&#x{ord(c):x};" for c in s),
    "every octet for URLs": lambda s: "".join(f"%{octet:02X}" for octet in s.encode()),
    "every octet for URLs, small": lambda s: "".join(f"%{octet:02x}" for octet in s.encode()),
}


def windows(text, size=8):
    return {text[i : i + size] for i in range(len(text) - size + 1)}


@given(secret=SECRETS, before=st.text(max_size=60), after=st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_window_of_a_secret_survives(secret, before, after):
    """For any secret and any text around it, no 8 characters of it are left."""
    left = Redactor([secret]).text(before + secret + after)
    assert not windows(secret) & windows(left)


@given(secret=SECRETS, data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_window_of_a_piece_of_a_secret_survives(secret, data):
    """However a server cuts the secret it echoes, no 8 characters of it are left."""
    start = data.draw(st.integers(0, len(secret) - 8))
    end = data.draw(st.integers(start + 8, len(secret)))
    left = Redactor([secret]).text(f"refused: {secret[start:end]}...")
    assert not windows(secret) & windows(left)


@given(secret=SECRETS, other=SECRETS, name=st.sampled_from(sorted(ENCODERS)))
@settings(max_examples=500, deadline=None)
def test_no_window_of_an_encoded_secret_survives(secret, other, name):
    """The same holds for every form, next to another secret."""
    encoded = ENCODERS[name](secret)
    left = Redactor([secret, other]).text(f"[{encoded}]{other}")
    for form in (*forms(secret), *forms(other)):
        assert not windows(form) & windows(left)


@given(secret=PLAIN)
def test_what_nothing_escapes_is_still_looked_for_one_character_at_a_time(secret):
    """Where every usual way of escaping leaves a secret as it is, the other forms are known."""
    usual = ("json", "unicode json", "url", "xml", "repr")
    assert {ENCODERS[name](secret).strip("\"'") for name in usual} == {secret}
    others = {encode(secret) for name, encode in ENCODERS.items() if name.startswith("every")}
    assert others < {*forms(secret)}


@given(secret=SECRETS, user=st.text(min_size=1, max_size=20))
@settings(max_examples=200, deadline=None)
def test_sign_in_tokens_do_not_survive(secret, user):
    """What AUTH PLAIN and HTTP Basic send is gone as a whole when the user is known."""
    redactor = Redactor()
    redactor.add(secret, user)
    for joined in (f"\0{user}\0{secret}", f"{user}:{secret}"):
        token = base64.b64encode(joined.encode()).decode()
        assert not windows(token) & windows(redactor.text(f"AUTH PLAIN {token}"))


@given(secret=st.text(min_size=4, max_size=7), text=st.text(max_size=40))
def test_short_secret_does_not_survive_whole(secret, text):
    """A secret of 4 to 7 characters is replaced where it occurs."""
    if secret not in MASK:
        assert secret not in Redactor([secret]).text(text + secret + text)


@given(secret=st.text(min_size=1, max_size=3), text=st.text(max_size=40))
def test_very_short_secret_drops_the_text(secret, text):
    """A secret of 1 to 3 characters leaves nothing of a text it occurs in."""
    assert Redactor([secret]).text(text + secret + text) == MASK


def test_text_without_a_secret_stays():
    """Ordinary text is returned as it is."""
    text = "smtp.example.com: 535 5.7.8 Username and password not accepted"
    assert Redactor(["hunter2hunter2", "abc12"]).text(text) == text


def test_data_is_redacted_at_any_depth_in_keys_and_values():
    """Keys, values, lists, tuples, bytes and exceptions are all looked at."""
    secret = "hunter2hunter2"
    data = {secret: [(f"a {secret}", {"x": secret.encode()})], "e": ValueError(secret), "n": 587}
    assert Redactor([secret]).data(data) == {
        MASK: [[f"a {MASK}", {"x": MASK}]],
        "e": MASK,
        "n": 587,
    }


def test_number_that_is_a_secret_is_masked():
    """A password of digits is one as a number too."""
    assert Redactor(["1234567890"]).data([1234567890, 587, True, None]) == [MASK, 587, True, None]


def test_own_words_survive_as_whole_texts():
    """A password that is a result key breaks no result, and is still removed from sentences."""
    redactor = Redactor(["changed", "a"], vocabulary={"changed"})
    assert redactor.data({"changed": "it changed"}) == {"changed": MASK}


def test_secret_learned_at_run_time_is_known_from_then_on():
    """A bearer token is added when it arrives."""
    redactor = Redactor()
    before = redactor.text("Bearer eyJhbGciOi.payload")
    redactor.add("eyJhbGciOi.payload")
    assert (before, redactor.text(before)) == ("Bearer eyJhbGciOi.payload", f"Bearer {MASK}")


def test_child_knows_the_secrets_of_its_parent():
    """One tenant's redactor removes the shared secrets too; the parent does not learn its own."""
    parent = Redactor(["shared-secret"])
    child = Redactor(["tenant-secret"], parent=parent)
    assert child.text("shared-secret tenant-secret") == f"{MASK} {MASK}"
    assert parent.text("tenant-secret") == "tenant-secret"


def test_secret_that_appears_when_another_goes_is_removed():
    """A secret wrapped around another one does not come together by its removal."""
    outer, inner = "abcdef***ghijkl", "inner-secret-x"
    left = Redactor([outer, inner]).text(f"abcdef{inner}ghijkl")
    assert not windows(outer) & windows(left)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("one\r\ntwo\tthree", "one two three"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07end", "red end"),
        ("\x9b1mbold", "bold"),
        ("abc\u202edef\u200b\u2066\ufeff", "abcdef"),
        ("nul\0bell\x07del\x7f", "nulbelldel"),
        ("\u2028line", "line"),
        ("Größe 5 ✓", "Größe 5 ✓"),
    ],
)
def test_outside_text_becomes_one_harmless_line(given_text, shown):
    """No control, direction or invisible character gets through, nor a second line."""
    assert clean(given_text) == shown


def test_outside_text_is_capped():
    """A long text ends in an ellipsis, at 300 characters unless told otherwise."""
    assert (len(clean("x" * 5000)), clean("x" * 5000)[-1]) == (300, "…")
    assert clean("abcdef", limit=4) == "abc…"


@given(text=st.text(max_size=400))
def test_cleaned_text_is_printable_and_stays_as_it_is(text):
    """What was cleaned is printable, short, and does not change when cleaned again."""
    line = clean(text)
    assert line.isprintable() or all(c.isprintable() or c.isspace() for c in line)
    assert len(line) <= 300
    assert clean(line) == line


def test_a_secret_beyond_the_usual_characters_is_found_where_it_is():
    """Characters that take two units are neither split nor missed, and the rest stays."""
    secret = "😀p4ss😀w0rd🦊"
    left = Redactor([secret]).text(f"🦊 before {secret} after 🦊")

    assert left == f"🦊 before {MASK} after 🦊"
    left.encode("utf-8")


def test_megabytes_of_pieces_of_a_secret_are_redacted():
    """A text made to look like the secret everywhere costs a look at every place, and no more."""
    secret = "correct-horse-battery"
    pieces = "".join(secret[i : i + 7] + "#" for i in range(14)) * 5_000
    redactor = Redactor([secret])

    assert redactor.text(pieces) == pieces
    assert redactor.text(pieces + secret) == pieces + MASK


@pytest.mark.parametrize("piece", ["\x1b]", "\x9d", "\x1b[", "\0", "  "])
def test_megabytes_of_terminal_codes_are_one_short_line(piece):
    """Sequences that never end are not searched for their end again and again."""
    assert len(clean(piece * 1_000_000)) <= 300


def test_ten_thousand_results_are_redacted_in_a_breath():
    """The results of 10,000 tenants take well below a second per secret, also with a long token."""
    redactor = Redactor(["hunter2hunter2", base64.b64encode(bytes(range(256)) * 3).decode()])
    one = {"changed": False, "plan": "0f" * 32, "settings": {"smtp_host": "smtp.gmail.com"}}
    results = [{**one, "name": f"tenant{number}"} for number in range(10_000)]
    begun = time.process_time()
    assert redactor.data(results) == results
    assert time.process_time() - begun < 5
