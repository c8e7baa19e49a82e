# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom mail reaches, for the result of a job of the role.

Pure.

One question per host.  Where a host declares many tenants it is one for each of them, until an
answer is about the organization that all of them share, or there is none.
"""

from __future__ import annotations

import typing as t

from ...module_utils._modules.mail_settings_info import ABOUT_PEOPLE, no_audience
from ...module_utils._phrase import say
from ...module_utils._tenant_entries import with_tenants
from .given import Declared

Result = dict[str, t.Any]
Options = t.Mapping[str, t.Any]
#: Runs ``mail_settings_info`` with options as they were judged, and as they were given.
Ask = t.Callable[[Options, Options], Result]
INFO = "mail_settings_info"
NO_TARGET = no_audience(say("mail_server is not given, so there is nobody to ask."))
OTHERS_UNASKED = "The users of the other tenants were not asked for."


def with_people(found: Result, said: Declared, ask: Ask) -> Result:
    """``found`` with the ``audience`` of its place, or with ``audiences`` by tenant.

    Warnings say what could not be asked, and which recipients nobody has.
    """
    if not (said.settings["server"] or said.settings["config_file"]):
        return _warned(found, [NO_TARGET])
    audiences: dict[str, t.Any] = {}
    warnings: list[str] = []
    tenants = list(_tenants(found, said))
    for tenant, login in tenants or [("", {})]:
        answer = ask(*_options(said, {"tenant": tenant, **login} if tenant else {}))
        warnings += _about_people(answer)
        audience = answer.get("audience")
        if audience is None:
            warnings += [OTHERS_UNASKED] if len(tenants) > len(audiences) + 1 else []
            break
        if not tenant or audience["level"] != "tenant":
            return _warned({**found, "audience": audience}, warnings)
        audiences[tenant] = audience
    return _warned({**found, "audiences": audiences} if audiences else found, warnings)


def _tenants(found: Result, said: Declared) -> t.Iterator[tuple[str, Options]]:
    """The tenants that were compared or declared well, and their own way to sign in."""
    known = with_tenants(said.settings)["tenants"] or ()
    own = {str(entry["name"]).strip().casefold(): entry for entry in known}
    worked = [one["name"] for one in found.get("tenants") or () if not one.get("failed")]
    for name in (*worked, *(found.get("tenants_as_declared") or ())):
        entry = own.get(str(name).strip().casefold(), {})
        login = {key: entry[key] for key in ("username", "password") if entry.get(key)}
        yield str(name), login


def _options(said: Declared, more: Options) -> tuple[Result, Result]:
    """The options of the question, as they were judged and as they were given."""
    asked = {"audience": True, "recipients": said.test["recipients"]}
    judged = {name: said.settings[name] for name in ("server", "config_file")}
    given = {name: said.given.get(f"mail_{name}") for name in judged}
    options = []
    for target in (judged, given):
        server = target["server"]
        options.append({**target, **asked, "server": {**server, **more} if server else None})
    return options[0], {name: value for name, value in options[1].items() if value is not None}


def _about_people(answer: Result) -> list[str]:
    if answer.get("failed"):
        return [no_audience(str(answer.get("msg")))]
    return [said for said in answer.get("warnings") or () if said.startswith(ABOUT_PEOPLE)]


def _warned(found: Result, warnings: t.Iterable[str]) -> Result:
    said = list(dict.fromkeys((*(found.get("warnings") or ()), *warnings)))
    return {**found, "warnings": said} if said else found
