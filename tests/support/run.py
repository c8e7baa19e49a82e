# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a module's work as both roads do: arguments validated by Ansible, then the same function."""

from __future__ import annotations

import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_settings as settings_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_settings_info as info_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._modules import (
    mail_test as test_work,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output import report
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._probe import (
    options as probe_options,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._probe import work as probe_work

#: Of the robot that sends test messages.
MAIL_PASSWORD = "kJ7-quiet-harbour"


def arguments(spec: t.Mapping[str, t.Any], options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """``options`` with defaults and types as Ansible would hand them to the module."""
    relations = {k: v for k, v in spec.items() if k != "supports_check_mode"}
    outcome = ArgumentSpecValidator(**relations).validate(dict(options))
    assert not outcome.error_messages, outcome.error_messages
    return outcome.validated_parameters


def mail_settings(check_mode: bool = False, **options: t.Any) -> report.Report:
    """The report of ``mail_settings`` for these options; no password record unless one is given."""
    options.setdefault("password_record", "")
    params = arguments(_argspec.mail_settings(), options)
    return report.report(settings_work.mail_settings, params, check_mode)


def mail_test(check_mode: bool = False, **options: t.Any) -> report.Report:
    """The report of ``mail_test`` for these options."""
    params = arguments(_argspec.mail_test(), options)
    return report.report(test_work.mail_test, params, check_mode)


def send(server: t.Any, ca_path: str, **more: t.Any) -> dict[str, t.Any]:
    """The result of a good test message through a scripted mail server, but for ``more``."""
    good = {
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_username": "robot@example.com",
        "smtp_password": MAIL_PASSWORD,
        "default_from_address": "robot@example.com",
        "recipients": ["ops@example.com"],
        "ca_path": ca_path,
        "timeout": 20,
    }
    return dict(mail_test(**{**good, **more}).result)


def mail_settings_info(**options: t.Any) -> report.Report:
    """The report of ``mail_settings_info`` for these options."""
    params = arguments(_argspec.mail_settings_info(), options)
    return report.report(info_work.mail_settings_info, params, True)


def server(fake: t.Any, **more: t.Any) -> dict[str, t.Any]:
    """The ``server`` option for a running fake: tenant ``Default`` and its administrator."""
    sign_in = {"tenant": "Default", "username": "admin", "password": "secret"}
    return {"url": fake.url, "use_proxy": False, "timeout": 20, **sign_in, **more}


def mail_probe(check_mode: bool = False, **options: t.Any) -> report.Report:
    """The report of ``mail_probe`` for these options."""
    params = arguments({"argument_spec": probe_options.spec()}, options)
    return report.report(probe_work.mail_probe, params, check_mode)
