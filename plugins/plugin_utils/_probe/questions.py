# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody knows of a server, one question each, and what it takes to ask it.

The ids are the switches of the stand-in in ``tests/fake/orchestrator``, so an answer can be put to
it as it is.  The page on the wire has the same ones.

Pure.
"""

from __future__ import annotations

import typing as t

WRITES = "write: true on a throw-away tenant"
ORGANIZATION = "write: true with server.level: organization, on a throw-away organization"
HOST = "a host administrator, with server.level: host"
APPLICATION = "server.client_id and server.client_secret"
USER = "server.username and server.password"
STANDALONE = "a standalone server, with server.tenant"
IDENTITY = "a server from 2021.10 on"
USERS = "a sign-in that may read users"
READS = "a sign-in that may read the settings"
LOCKS = "is never asked: it takes a wrong password, which may lock the user out"


class Question(t.NamedTuple):
    """What is asked, and what has to be given for it; what is never asked says why."""

    text: str
    needs: str = ""
    never: str = ""


QUESTIONS: t.Mapping[str, Question] = {
    # ---- the Orchestrator API: what is read ----------------------------------------------------
    "mask": Question("Which mask stands for a set password", READS),
    "boolean": Question("How truth values are spelled", READS),
    "port": Question("How numbers are spelled", READS),
    "null_for_empty": Question("Whether an empty text comes back as null", READS),
    "scope": Question("Whether a row says which level it is from", READS),
    "key_case": Question("In which letters keys come back", READS),
    "missing_keys": Question("Which mail keys are missing from the list", READS),
    "duplicate_keys": Question("Which mail keys are listed twice", READS),
    "filter": Question("What $filter does on settings", READS),
    "page_size": Question("How many settings a page holds (0: all of them)", READS),
    "api_header": Question("Whether answers name the API version", READS),
    "latency": Question("How many seconds an answer takes", READS),
    # ---- the Orchestrator API: what is written -------------------------------------------------
    "bulk": Question("Whether a bulk write is stored whole", WRITES),
    "bulk_text": Question("Whether texts are stored as they were sent", WRITES),
    "bulk_status": Question("The status of a bulk write", WRITES),
    "read_only": Question("Which mail keys cannot be written", WRITES),
    "keys_together": Question("Whether host, port and user have to come together", WRITES),
    "posted_mask": Question("What a posted mask does", WRITES),
    "bad_value": Question("What happens to a port that is no number", WRITES),
    "unknown_key": Question("What happens to a key that nobody knows", WRITES + ", from API 15 on"),
    "verify_orchestrator": Question("Whether its verify call is there", WRITES),
    "echo_rejected": Question("Whether a refusal repeats what was sent", WRITES),
    "stale_reads": Question("How many reads after a write still show what was there", WRITES),
    # ---- tenants ----------------------------------------------------------------------------
    "tenant_header": Question("Whether the tenant header is percent-decoded", STANDALONE),
    "refused_tenant_header": Question(
        "What the name of a foreign tenant does in the header", f"{USER}, on {STANDALONE}"
    ),
    "unknown_tenant": Question("The status for a tenant that does not exist", STANDALONE),
    "allow_host_to_access_tenant_api": Question(
        "Whether the host reaches a tenant by the header", f"{HOST}, on a standalone server"
    ),
    "application_without_tenant": Question(
        "Which tenant an application means that names none", f"{APPLICATION}, on {STANDALONE}"
    ),
    "tenants_for_applications": Question(
        "Whether an application may list the tenants",
        f"{APPLICATION}, with the scope OR.Administration.Read, on a standalone server",
    ),
    # ---- users ------------------------------------------------------------------------------
    "email_confirmed": Question("Whether users have IsEmailConfirmed", USERS),
    "directory_address": Question(
        "What stands for the address of a user from a directory", f"{USERS}, and such a user"
    ),
    "identity_users": Question("Whether users are listed", f"{USERS}, {IDENTITY}"),
    "identity_page_size": Question(
        "How many users a page holds (0: as many as were asked for)", f"{USERS}, {IDENTITY}"
    ),
    # ---- signing in ----------------------------------------------------------------------------
    "login_path": Question("Where early versions sign in", f"{USER}, on a server before 2019.10"),
    "wrong_login": Question("The status of a wrong password", never=LOCKS),
    "wrong_page_login": Question("What the sign-in page answers to one", never=LOCKS),
    "token_uses": Question("How often a token serves (0: without end)", READS),
    "token_seconds": Question("How many seconds a token lives", READS),
    "prt_id": Question("Whether a token names its organization", f"{IDENTITY}, not as the host"),
    # ---- the Identity server -------------------------------------------------------------------
    "identity_mask": Question("Which mask stands for a set password", ORGANIZATION),
    "identity_together": Question("Which keys have to come together", ORGANIZATION),
    "identity_error": Question("In which form it refuses", ORGANIZATION),
    "identity_unknown_key": Question("What happens to a key that nobody knows", ORGANIZATION),
    "identity_bad_value": Question("What happens to a port that is no number", ORGANIZATION),
    "identity_empty_host": Question("What happens to an empty host", ORGANIZATION),
    "verify_identity": Question("Whether its verify call is there", ORGANIZATION),
    "identity_unauthenticated": Question("What it answers without a token", IDENTITY),
    "identity_host": Question("Whether the host level is served at this address", IDENTITY),
    "identity_host_delete": Question(
        "Whether rows of the host can be deleted",
        never="is never asked: a yes would take the mail of all organizations away",
    ),
    "identity_unknown_partition": Question("What the host sees of a foreign organization", HOST),
    "identity_accepts_orchestrator_token": Question(
        "Whether it takes a token of the Orchestrator", f"{USER}, on {IDENTITY}"
    ),
}
