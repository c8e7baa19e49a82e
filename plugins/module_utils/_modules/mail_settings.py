# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``mail_settings`` as a function of its arguments."""

from __future__ import annotations

import os
import typing as t

from .._declaration.wish import password_record, refuse_with_inherited, wish_of
from .._errors import invalid
from .._phrase import say
from .._reconcile.apply import carry_out, result_of
from .._reconcile.password import PasswordPolicy
from .._server.environment import completed
from .._settings import NAMES, wanted
from .._targets.open import open_backend

if t.TYPE_CHECKING:
    from .._output.context import Context
    from .._output.report import Params


def mail_settings(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Declare, prove and apply; the result keys are documented in the module."""
    params = completed(params, os.environ, context.learn)
    if _means_many(params):
        # Imported late, here and below: most tasks declare the settings of one tenant.
        from .._tenants.task import many

        return many(params, check_mode, context)
    if params["state"] == "inherited":
        return inherited(params, check_mode, context)
    wish = wish_of(params, context, password_record(params, context))
    backend = open_backend(params, context.learn, wish.names, changing=not check_mode)
    try:
        return carry_out(backend, wish, check_mode, context)
    finally:
        backend.close()


def _means_many(params: Params) -> bool:
    return params["tenants"] is not None or bool(params["tenants_matching"])


def judge(params: Params, context: Context) -> None:
    """Raise ``Failure`` for arguments that cannot be used; opens no connection."""
    params = completed(params, os.environ, context.learn)
    if _means_many(params):
        from .._tenants.task import judged

        judged(params, context)
        return
    record = password_record(params, context)
    # As in ``inherited``: nothing mentioned means all there is.
    names: tuple[str, ...] | None = tuple(wanted(params)) or None
    if params["state"] == "inherited":
        _refuse_inheriting_at_the_top(params)
        refuse_with_inherited(params)
    else:
        names = wish_of(params, context, record).names
    open_backend(params, context.learn, names).close()


def inherited(params: Params, check_mode: bool, context: Context) -> dict[str, t.Any]:
    """Remove own values: of the settings that are mentioned, or of all."""
    from .._reconcile.inherit import InheritedWish, inherit

    _refuse_inheriting_at_the_top(params)
    refuse_with_inherited(params)
    mentioned = tuple(wanted(params))
    wish = InheritedWish(
        names=mentioned or NAMES,
        password=PasswordPolicy(record=password_record(params, context)),
        allow_password_reuse=params["allow_password_reuse"],
        expect_plan=params["expect_plan"],
    )
    backend = open_backend(params, context.learn, mentioned or None, changing=not check_mode)
    try:
        return result_of(backend, lambda: inherit(backend, wish, check_mode, context.warn))
    finally:
        backend.close()


def _refuse_inheriting_at_the_top(params: Params) -> None:
    if params["server"] and params["server"]["level"] == "host":
        reason = say("nothing is above the host; declare its values with state: present instead")
        raise invalid("state", reason, "guard")
