# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to prove by a message that the settings work, and what a proof adds to a result.

Pure.

What is stored is what counts: the server is asked to test that, where it can.  One that cannot is
given the declared settings, or the message is sent from here.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ...module_utils._argspec import presets
from ...module_utils._errors import Failure
from ...module_utils._phrase import say
from ...module_utils._settings import MAIL
from .given import Declared
from .variables import TEST

Result = dict[str, t.Any]
Options = t.Mapping[str, t.Any]
#: The error of a server whose verify call cannot test what is stored.
UNTESTABLE = "stored_untestable"
HELD = "The settings are {held}"
STORED = frozenset((*MAIL, *presets()))


@dataclass(frozen=True)
class Way:
    """One way to test: options as they were judged, and as they were given.

    The next way is tried on the error ``next_on``.  ``look`` are options with which to look at the
    certificate from here afterwards.
    """

    options: Options
    given: Options
    next_on: str = ""
    look: Options | None = None


def ways(said: Declared, *, nightly: bool) -> list[Way]:
    """The ways to test, the best first; a ``nightly`` proof finds its way by itself."""
    chosen = said.given.get("mail_test_via")
    if chosen != "server" and not (nightly and chosen is None and said.settings["server"]):
        return [Way(said.test, said.arguments(TEST))]
    options = {**said.test, "via": "server", "server": said.settings["server"]}
    given = {**said.arguments(TEST), "via": "server", "server": said.given["mail_server"]}
    look = _look(said) if nightly else None
    stored = Way(_without(options), _without(given), UNTESTABLE, look)
    if not (said.test["smtp_host"] or said.test["preset"]):
        return [stored]
    if chosen == "server":
        return [stored, Way(options, given, look=look)]
    return [stored, Way(said.test, said.arguments(TEST))]


def _without(options: Options) -> Result:
    """Options without any that says what to test, so that it is what is stored."""
    return {name: None if name in STORED else value for name, value in options.items()}


def _look(said: Declared) -> Options | None:
    """Options that go as far as the certificate of the declared mail server, without a login."""
    if not (said.test["smtp_host"] or said.test["preset"]) or said.test["enable_ssl"] is False:
        return None
    return {**said.test, "via": "smtp", "server": None, "stop_after": "tls", "seen": None}


def seen(found: Result, looked: Result) -> Result:
    """A proof with the certificate that was looked at, or a warning that it cannot be seen."""
    if not looked.get("failed"):
        return {**found, "tls": looked.get("tls")}
    said = f"The certificate of the mail server cannot be seen from here: {looked['msg']}"
    return {**found, "warnings": [*found.get("warnings", ()), said]}


def together(found: Result, proof: Result, *, fails: bool) -> Result:
    """The result of both: the settings', with the test in it; one that failed ``fails`` it."""
    warnings = [*found.get("warnings", ()), *proof.get("warnings", ())]
    both = {**found, "test": proof, "warnings": warnings or None}
    if fails and proof.get("failed"):
        held = "written" if found["changed"] else "as declared"
        failure = Failure("test_failed", what=say(HELD, held=held), reason=proof["msg"])
        both.update({key: proof.get(key) for key in ("failed", "error", "stage", "diagnosis")})
        both["msg"] = str(failure)
    return both
