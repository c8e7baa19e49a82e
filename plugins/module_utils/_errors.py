# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, in words: one exception, one table of sentences.

Every failure has a stable id (the ``error`` key of a result) and one sentence that names the option
or the address and the fix.  Lower layers raise ``Failure``; ``_output.report`` alone turns it into
a result.
"""

from __future__ import annotations

import typing as t

from ._phrase import Phrase

TEXTS: t.Mapping[str, str] = {
    # ---- what the user wrote -----------------------------------------------------------------
    "invalid_option": "{option}: {reason}.",
    "preflight": "{findings}.",
    # ---- the variables of the role, and what a run is given -----------------------------------
    "variables": "{findings}.",
    "variable_unusable": "{option}: {reason}. It is declared, so it cannot be passed over: "
    "define what it refers to, or leave {option} out.",
    "variable_refused": "{reason}.",
    "no_target": "Nothing says where the mail settings are kept: set {options}, or name the "
    "inventory in which it stands (-i).",
    "misspelt": "{variable} is not a variable of the role mail; did you mean {right}? If it is one "
    "of your own, name it in mail_other_variables.",
    "no_hosts": "Nothing in the inventory matches {pattern}, so nothing was done. Check "
    "mail_hosts, --limit and the inventory ({sources}).",
    "plan_file": "mail_plan_file: {path} cannot be used: {reason}. Give the mail-plan.json that "
    "the playbook plan wrote.",
    "plan_missing": "mail_plan_file: {path} has no plan for {host}: {reason}. Nothing is written "
    "on any host; plan again, or leave this one out with --limit.",
    "plan_moved": "mail_plan_file: what was planned for {host} in {path} is no longer what would "
    "be done ({options} would change; planned {expected}, found {found}). The settings or the "
    "declaration changed since. Nothing is written on any host; look at the diff and plan again.",
    "plan_unchecked": "mail_plan_file: whether it still fits was not looked at on all hosts first. "
    "Give it to the playbook apply as an extra variable (-e), or run the entry point check of the "
    "role on all hosts in an earlier play.",
    "test_failed": "{what}. The test message failed: {reason}.",
    # ---- reaching the server -----------------------------------------------------------------
    "unreachable": "Cannot reach {target}: {reason}. Check server.url, DNS, firewall and proxy.",
    "tls_failed": "TLS to {target} failed: {reason}. {advice}.",
    "deadline": "{target} did not finish within server.timeout ({seconds:g} s){why}.",
    "redirected": "{target} redirects to {where} ({location}). {advice}.",
    "not_json": "{target} answered {what} instead of JSON (HTTP {code}). {advice}.",
    "bad_answer": "{target} gave an answer that cannot be read: {reason}.",
    "address_absent": "{method} {target} answered HTTP {code}: {reason}. {advice}.",
    "unexpected_status": "{method} {target} answered HTTP {code}: {reason}.",
    # ---- signing in --------------------------------------------------------------------------
    "sign_in_refused": "{target} refused the sign-in of {who}: {reason}. Check {options}.",
    "sign_in_missing": "No way to sign in{why}: give server.username and server.password, "
    "server.client_id and server.client_secret, or server.access_token; or all that one of these "
    "ways needs in the environment, such as ORCHESTRATOR_USERNAME and ORCHESTRATOR_PASSWORD.",
    "authenticate_absent": "{target} has no sign-in with user and password (HTTP {code}). "
    "{advice}. {fix}.",
    "client_absent": "{target} has no sign-in for applications (HTTP {code}). {advice}. {fix}.",
    "organization_missing": "server.organization_id is missing: the settings of an organization "
    "are asked for by its identifier, and the token of {who} names none. Give the organization's "
    "GUID, or manage the host with server.level: host.",
    "host_closed": "{who} may not manage the host on {target} (HTTP 403): {reason}. Host settings "
    "need a host administrator (server.username and server.password); an application belongs to an "
    "organization and manages that with server.level: organization.",
    "forbidden": "{who} may not do this on {target} (HTTP 403): {reason}. It needs {permission}.",
    "users_closed": "{who} may not read the users on {target} ({reason}), which takes "
    "{permission}.",
    "token_expired": "{target} refuses the sign-in of {who} (HTTP 401), also after signing in "
    "again: {reason}. Where that speaks of a permission, {who} needs it.",
    # ---- the settings ------------------------------------------------------------------------
    "wrong_level": "server.level: {level} cannot hold {options}: {where}. "
    "Use server.level: {right}.",
    "timeout_unknown": "smtp_timeout is unknown to {target} (API version {version}); it came with "
    "2023.10 (API version 17) and is kept by the Identity API. Leave it out, or insist with "
    "server.api: identity.",
    "written_partly": "{done}, but {rest} not: {reason}.",
    "belong_together": "{target} stores {group} together, and {missing} is neither declared nor "
    "stored there yet. Declare it as well.",
    "write_refused": "{target} refused the settings (HTTP {code}): {reason}.",
    "not_stored": "{target} accepted the write, but reading back shows other values for {options}. "
    "What holds now: {found}.",
    "ambiguous_write": "Whether {target} holds what was written is not clear ({reason}). {found}.",
    "changed_meanwhile": "Somebody else changed {options} on {target} while the settings were "
    "being proven; nothing was written. Look at what holds now, and run again.",
    "plan_changed": "expect_plan does not match: expected {expected}, found {found}. The settings "
    "or the declaration changed since the plan was made; look at the diff and plan again.",
    "password_reuse": "{options} would change while a stored or inherited password stays (or may "
    "be there without being shown), which hands it to a new place. {advice}, or set "
    "allow_password_reuse: true.",
    "reset_unsupported": "{target} cannot remove own values of {options} ({why}). Declare the "
    "wanted values with state: present instead.",
    "tenants_failed": "{tally}. {first}.",
    "export_incomplete": "Nothing of {hosts} is in the export, as it could not be read; see what "
    "was said of it. {done}.",
    # ---- a configuration file -----------------------------------------------------------------
    "file_refused": "config_file.path{place}: {reason}. The file is left alone.",
    "file_changed": "{path} was changed by somebody else in the meantime; nothing was written. "
    "Run again.",
    "file_unconfirmed": "{path} holds the new text, but the disk did not confirm it ({reason}): a "
    "power cut may bring the old text back. Check the disk, then the file.",
    # ---- the server's own verify call --------------------------------------------------------
    "verify_unsupported": "{target} ({version}) has no verify call (it came with 2019.10). Leave "
    "verify_recipient out, or use mail_test with via: smtp.",
    "stored_untestable": "{target} ({version}) cannot test the settings that it has stored: its "
    "verify call wants all of them, with the password. Give smtp_host and the other settings, or a "
    "preset, to have these tested; or use mail_test with via: smtp.",
    "verify_failed": "The Orchestrator could not send a test message to {recipient} through "
    "{tried}: {reason}. {advice}. Nothing was written.",
    # ---- a test mail -------------------------------------------------------------------------
    "mail_failed": "Tried {tried}. It stopped at {where}: {said}. {advice}.",
    "mail_not_seen": "The mail server accepted the message, but it was not seen: {said}. {advice}.",
    # ---- a probe -----------------------------------------------------------------------------
    "probe_not_restored": "The probe could not put back {options}: {reason}. {path} holds what was "
    "there before; put it back by hand.",
    "probe_interrupted": "The probe was ended by {what}, and put back what it had changed.",
    # ---- anything else -----------------------------------------------------------------------
    "internal": "Internal error ({kind}), please report it: {detail}.",
}


class Failure(Exception):
    """An expected way to fail.

    ``error`` is a key of ``TEXTS``; ``facts`` fill its sentence, which is the ``phrase``.  Facts
    from outside (server, SMTP peer) must have passed ``_output.redact.clean``; one that is made of
    words of ours around such a text is a ``Phrase``.  ``result`` carries further keys for the
    result of a failed run, such as what holds after an ambiguous write.
    """

    def __init__(
        self,
        error: str,
        *,
        stage: str | None = None,
        status: int | None = None,
        diagnosis: t.Mapping[str, str] | None = None,
        result: t.Mapping[str, t.Any] | None = None,
        **facts: t.Any,
    ) -> None:
        self.phrase = Phrase(TEXTS[error], facts, is_whole=True)
        super().__init__(str(self.phrase))
        self.error = error
        self.stage = stage
        self.status = status
        self.diagnosis = diagnosis
        self.result = dict(result or {})


def invalid(option: str, reason: str, stage: str | None = None) -> Failure:
    """An option whose value cannot be used; ``reason`` says why, and what to do."""
    return Failure("invalid_option", option=option, reason=reason, stage=stage)


class Refused(Failure):
    """A clear refusal of a request that would have written: nothing was stored."""


class Fleeting(Failure):
    """A write that holds now but may be lost again: a failure even when it can be read back."""


class Ambiguous(Failure):
    """A request without a clear answer: it may have taken effect or not."""


class Busy(Ambiguous):
    """A write that a busy server put off, after the wait it asked for; it took no effect."""
