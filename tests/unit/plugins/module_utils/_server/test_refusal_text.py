# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server said, in every shape it says it."""

from __future__ import annotations

import json

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server import refusal_text
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.answer import Answer

SHAPES = {
    "business error": {"message": "No.", "errorCode": 1000, "traceId": "00-1"},
    "ABP": {"success": False, "error": {"code": 0, "message": "No."}, "__abp": True},
    "Identity authorisation": {"errorMessage": "No."},
    "Identity general": {"StatusCode": 400, "Message": "No."},
    "problem details": {"title": "One or more errors.", "errors": {"port": ["No."]}},
    "Identity result": {"succeeded": False, "errors": [{"code": "x", "description": "No."}]},
    "wrapped result": {"result": {"errors": [{"code": "x", "description": "No."}]}},
    "title only": {"title": "No."},
}


def answer(body, status=400):
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("GET", "https://orchestrator.example.com", status, {}, text)


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_the_message_is_found_in_every_shape(body):
    """The words of the server, not its envelope."""
    assert refusal_text.reason(answer(body)) == "No."


def test_validation_errors_are_all_told():
    """Message, details and each field."""
    error = {"message": "Invalid.", "details": "Two.", "validationErrors": [{"message": "Port."}]}

    assert refusal_text.reason(answer({"error": error})) == "Invalid. Two. Port."


def test_an_oauth_refusal_keeps_its_word_and_its_description():
    """The word is what people search for."""
    said = {"error": "invalid_scope", "error_description": "Not granted."}

    assert refusal_text.reason(answer(said)) == "invalid_scope Not granted."
    assert refusal_text.oauth_error(answer(said)) == "invalid_scope"


@pytest.mark.parametrize("body", [b"", b"<html><h1>Bad Gateway</h1></html>", b"{", [], {}])
def test_without_words_the_status_speaks(body):
    """Pages of gateways and empty bodies say nothing useful."""
    assert refusal_text.reason(answer(body, 502)) == "Bad Gateway"


def test_a_status_that_nobody_knows_has_no_reason():
    """No exception for 599."""
    assert refusal_text.reason(answer(b"", 599)) == "no reason given"


def test_a_long_answer_is_one_short_line():
    """Text from outside is data."""
    said = refusal_text.reason(answer({"message": "a\r\nb\x1b[31m" + "x" * 5000}))

    assert len(said) <= 300
    assert said.isprintable()
