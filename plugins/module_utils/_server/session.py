# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests in the name of a sign-in, to one of the two APIs of a server."""

from __future__ import annotations

import base64
import json
import re
import time
import typing as t

from .._errors import Failure
from .._phrase import say
from . import refusal_text

if t.TYPE_CHECKING:
    from .answer import Answer
    from .client import Request
    from .sign_in import SignIn
    from .site import Site

#: A token is renewed this much before it ends, or in the last tenth of a short life.
MARGIN_SECONDS = 30.0
#: Visible ASCII, and no more of it than servers take in a header.
_FITS_HEADER = re.compile(r"[!-~]{1,32768}")


class Bearer:
    """The token of a sign-in: fetched when first needed, renewed in time, and once after a 401."""

    def __init__(self, sign_in: SignIn, learn_secret: t.Callable[[str], None]) -> None:
        self._sign_in, self._learn_secret = sign_in, learn_secret
        self._text = ""
        self._ends = float("inf")
        self._renewed = False

    @property
    def who(self) -> str:
        """Who signs in, for messages; put together only where something is said."""
        return self._sign_in.who

    def again(self) -> Bearer:
        """The same for the next tenant, which may be refused once as well."""
        self._renewed = False
        return self

    def token(self) -> str:
        """A token that has not ended yet; raises ``Failure`` when the sign-in is refused."""
        if not self._text or time.monotonic() >= self._ends:
            self._fetch()
        return self._text

    def renew(self, refused_by: Site, answer: Answer) -> bool:
        """A new token after ``answer`` refused this one; false when there is none to be had."""
        if self._renewed or not self._is_refused(answer):
            return False
        self._renewed = True
        try:
            self._fetch(refused_by)
        except Failure as exc:
            # Where there is no other road, the words of the refusal say more than that.
            if answer.status != 401 and exc.error == "authenticate_absent":
                return False
            raise
        return True

    def rejected(self, answer: Answer) -> Failure:
        """The failure for a 401 that stays."""
        if self._sign_in.renewable:
            return Failure(
                "token_expired",
                target=answer.url,
                who=self.who,
                reason=refusal_text.reason(answer),
                status=401,
                stage="sign_in",
            )
        return Failure(
            "sign_in_refused",
            target=answer.url,
            who=self.who,
            reason=refusal_text.reason(answer),
            options="that the token is complete, not expired, made for this server, and of "
            "somebody with the permission",
            status=401,
            stage="sign_in",
        )

    def _is_refused(self, answer: Answer) -> bool:
        if answer.status == 401:
            return self._sign_in.renewable
        return self._sign_in.has_other_road and refusal_text.wants_other_token(answer)

    def _fetch(self, refused_by: Site | None = None) -> None:
        token = self._sign_in.token(refused_by)
        if not _FITS_HEADER.fullmatch(token.text):
            reason = say("its token is not one that can be sent back")
            who = say("The sign-in of {who}", who=self.who)
            raise Failure("bad_answer", target=who, reason=reason, stage="sign_in")
        self._learn_secret(token.text)
        self._text = token.text
        margin = min(MARGIN_SECONDS, token.seconds / 10)
        self._ends = time.monotonic() + token.seconds - margin


class Session:
    """An API in the name of a bearer; a token that ends in the middle is renewed once."""

    def __init__(
        self, site: Site, bearer: Bearer, headers: t.Mapping[str, str] | None = None
    ) -> None:
        self.site, self.bearer = site, bearer
        self._headers = dict(headers or {})

    @property
    def who(self) -> str:
        """Who asks, for messages."""
        return self.bearer.who

    def ask(self, request: Request) -> Answer:
        """As ``Client.ask``, signed in."""
        return self._signed(self.site.ask, request)

    def tell(self, request: Request) -> Answer:
        """As ``Client.tell``, signed in.

        A 401 means that nothing was done, so it is sent again with a new token.
        """
        return self._signed(self.site.tell, request)

    def _signed(self, send: t.Callable[[Request], Answer], request: Request) -> Answer:
        answer = send(self._with_token(request))
        if answer.status in (401, 403) and self.bearer.renew(self.site, answer):
            answer = send(self._with_token(request))
        if answer.status == 401:
            raise self.bearer.rejected(answer)
        return answer

    def _with_token(self, request: Request) -> Request:
        token = {"Authorization": f"Bearer {self.bearer.token()}"}
        return request._replace(headers={**self._headers, **token})


def claims(token: str) -> t.Mapping[str, t.Any]:
    """What a token says of itself (JWT, RFC 7519); nothing for a token of another kind."""
    payload = token.split(".")[1:2]
    try:
        text = base64.urlsafe_b64decode(payload[0] + "=" * (-len(payload[0]) % 4))
        said = json.loads(text)
    except (IndexError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def organization_id(token: str) -> str | None:
    """The organization a token belongs to: its claim ``prt_id``.  A token may hold none."""
    found = claims(token).get("prt_id")
    return found if isinstance(found, str) and found else None
