# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy that the environment names, with user and password.

Pure: the environment is an argument.

Which variables count, and which hosts they leave out, is decided as everywhere in Python: small
letters before capitals, ``all_proxy`` where nothing else is named, ``no_proxy`` for exceptions.
"""

from __future__ import annotations

import base64
import typing as t
from dataclasses import dataclass, field
from urllib.parse import unquote

from .._errors import invalid
from .._output.redact import clean
from .._phrase import joined, say
from .web_address import Origin, unusable

Environment = t.Mapping[str, str]
ENDING = "_proxy"


@dataclass(frozen=True)
class Proxy:
    """A proxy, the variable that names it, and what it is told about who asks."""

    origin: Origin
    variable: str
    authorization: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"Proxy-Authorization": self.authorization} if self.authorization else {}


def proxy_for(origin: Origin, environment: Environment) -> Proxy | None:
    """The proxy on the way to ``origin``; raises ``Failure`` for a variable that names none."""
    variable = _variable("https" if origin.tls else "http", environment)
    if variable is None or _is_left_out(origin, environment):
        return None
    address = environment[variable]
    scheme, _gap, rest = address.rpartition("://")
    if scheme.lower() not in ("", "http"):
        scheme = clean(scheme, 20)
        reason = say("a proxy that is spoken to in {scheme} is not supported", scheme=scheme)
        raise _bad(variable, reason)
    login, _at, place = rest.rpartition("@")
    wrong = unusable(f"http://{place}")
    if wrong:
        raise _bad(variable, wrong)
    return Proxy(Origin.of(f"http://{place}"), variable, _basic(login))


def proxy_secrets(environment: Environment) -> list[str]:
    """What is secret in the addresses of proxies: the passwords, as written and as sent."""
    found: list[str] = []
    for name, address in environment.items():
        if name.lower().endswith(ENDING):
            login = address.rpartition("://")[2].rpartition("@")[0]
            password = login.partition(":")[2]
            found += [password, unquote(password), _basic(login).partition(" ")[2]]
    return [secret for secret in found if secret]


def _variable(scheme: str, environment: Environment) -> str | None:
    for wanted in (scheme, "all"):
        name = wanted + ENDING
        # A small one that is empty says that there is no proxy, whatever the capitals say.
        for variable in (name, name.upper()):
            if variable in environment:
                if environment[variable]:
                    return variable
                break
    return None


def _is_left_out(origin: Origin, environment: Environment) -> bool:
    # Slow to import, and only needed where somebody named a proxy.
    from urllib import request

    named = environment.get("no_proxy", environment.get("NO_PROXY", ""))
    # Its namesake without _environment asks the system on macOS, and takes no proxies there.
    bypass = request.proxy_bypass_environment  # type: ignore[attr-defined] # typeshed forgot it
    return bool(bypass(f"{origin.host}:{origin.port}", {"no": named}))


def _basic(login: str) -> str:
    """The header of RFC 7617 for ``user:password`` as an address writes it."""
    user, _colon, password = login.partition(":")
    if not login:
        return ""
    pair = f"{unquote(user)}:{unquote(password)}".encode("utf-8", "replace")
    return "Basic " + base64.b64encode(pair).decode("ascii")


def _bad(variable: str, reason: str) -> Exception:
    fix = say("Name a proxy as http://proxy.example.com:3128, or set server.use_proxy: false")
    return invalid(f"environment variable {variable}", joined([reason, fix], ". "), "options")
