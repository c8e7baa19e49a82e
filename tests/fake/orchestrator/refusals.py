# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of refusals, as data: what real servers were seen to say, and what is made up.

Where the words are not known they say what is wrong as an administrator would want to read it; no
client can rely on them. Names in braces are filled in.
"""

from __future__ import annotations

import typing as t

RECORDED = "recorded: UiPathOrch, TestData/ErrorMessageExtraction.tsv, 2026"
FORM_RECORDED = f"the form is {RECORDED}; the words for this case are made up"
DOCUMENTED = "documented: standard of OAuth 2.0, RFC 6749, section 5.2"
LISTED = "listed by the vendor's page of response codes; the numbers are documented, the words near"
MADE_UP = "made up"


class Text(t.NamedTuple):
    """Words, and where they are from."""

    words: str
    source: str


TEXTS: dict[str, Text] = {
    # who asks, and whether it may
    "unauthenticated": Text("You are not authenticated!", f"near to {RECORDED}"),
    "unauthorized": Text("You are not authorized!", RECORDED),
    "not_allowed": Text("You are not allowed to perform this operation.", RECORDED),
    "no_tenant": Text("There is no tenant {tenant}.", MADE_UP),
    "tenant_closed": Text("No access to tenant {tenant}.", MADE_UP),
    "tenant_missing": Text("The request names no tenant.", MADE_UP),
    "scope": Text(
        "Scope(s) '{had}' is(are) invalid. Expect to have '{one}' or '{other}'. ", RECORDED
    ),
    "foreign_token": Text(
        "OAuth authorization failed. 'IdentityServerApi' scope not found.", RECORDED
    ),
    "not_administrator": Text(
        "The caller is neither host nor organization administrator.", FORM_RECORDED
    ),
    "host_closed": Text("The host partition is closed to this caller.", FORM_RECORDED),
    "partition_closed": Text("The caller does not belong to this partition.", FORM_RECORDED),
    "partition_invalid": Text("InvalidPartition", "seen: UiPathOrch, OrchAPISession.cs, 2026"),
    # signing in
    "bad_login": Text("Invalid username/email or password", LISTED),
    "antiforgery": Text("Antiforgery failed.", MADE_UP),
    "invalid_client": Text("The client id or secret is wrong.", DOCUMENTED),
    "invalid_scope": Text("Not granted: {scopes}", DOCUMENTED),
    "unsupported_grant_type": Text("Only client_credentials is supported.", DOCUMENTED),
    # what was sent
    "invalid": Text("Your request is not valid!", "documented: AjaxResponse of the framework"),
    "not_json": Text("Not JSON.", MADE_UP),
    "not_bound": Text("{what} must not be null", RECORDED),
    "missing": Text("The {name} field is required.", "the words of ASP.NET model validation"),
    "no_list": Text("{name} must be a list.", MADE_UP),
    "not_text": Text("A setting needs a Name and a textual Value.", MADE_UP),
    "not_a_guid": Text("The value '{value}' is not valid.", "the words of ASP.NET model binding"),
    "not_a_number": Text("The value '{value}' is not valid.", "the words of ASP.NET model binding"),
    "not_converted": Text(
        "Error converting value {value} to type '{type}'. Path '{name}'.", FORM_RECORDED
    ),
    "no_property": Text(
        "Could not find a property named '{name}' on type 'UiPath.Server.Web.Models.UserDto'.",
        "made up, after those of OData for .NET",
    ),
    "bad_filter": Text("Invalid OData query options: $filter", LISTED),
    # what it is about
    "no_setting": Text("The setting {key} does not exist.", FORM_RECORDED),
    "no_row": Text("Tenant {key} does not exist.", FORM_RECORDED),
    "unsupported": Text("The setting {key} is not supported.", MADE_UP),
    "other_key": Text("The body does not name {key}.", MADE_UP),
    "read_only": Text("The setting {key} cannot be changed.", MADE_UP),
    "placeholder": Text("The password is a placeholder.", MADE_UP),
    "together": Text("Must be updated together with: {missing}", MADE_UP),
    "bad_port": Text("The value of {key} is not a valid port number.", MADE_UP),
    "bad_boolean": Text("The value of {key} is not a valid boolean.", MADE_UP),
    "empty_host": Text("The value of {key} is empty.", MADE_UP),
    "mail_failed": Text("The SMTP settings are not valid.", MADE_UP),
}


def say(refusal: str, /, **facts: object) -> str:
    """The words of a refusal with its facts filled in."""
    return TEXTS[refusal].words.format(**facts)
