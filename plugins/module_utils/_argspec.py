# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of the modules that may run on a host, once; the only place that says ``no_log``."""

from __future__ import annotations

import functools
import typing as t

Spec = dict[str, t.Any]


def _secret(**more: t.Any) -> Spec:
    return {"type": "str", "no_log": True, **more}


@functools.cache
def secret_names() -> frozenset[str]:
    """The names of all options whose values are secret, at whatever depth."""
    specs = (mail_settings(), mail_settings_info(), mail_test())
    return frozenset(name for spec in specs for name in _secret_names_in(spec["argument_spec"]))


def _secret_names_in(options: Spec) -> t.Iterator[str]:
    for name, option in options.items():
        if option.get("no_log"):
            yield name
        yield from _secret_names_in(option.get("options", {}))


def _choice(default: str, *others: str) -> Spec:
    return {"type": "str", "default": default, "choices": [default, *others]}


def _from_environment(name: str) -> t.Any:
    # Imported late: only building a specification for Ansible needs it.
    from ansible.module_utils.basic import env_fallback

    return (env_fallback, [f"ORCHESTRATOR_{name}"])


def connection() -> Spec:
    """The options of ``server`` that say how to connect."""
    return {
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path", "no_log": False},
        "use_proxy": {"type": "bool", "default": True},
        "timeout": {"type": "float", "default": 60.0},
        "retries": {"type": "int", "default": 3},
    }


def server() -> Spec:
    """The ``server`` option: which Orchestrator, which level, how to sign in."""
    return {
        "type": "dict",
        "options": {
            "url": {"type": "str", "required": True, "fallback": _from_environment("URL")},
            "organization": {"type": "str"},
            "organization_id": {"type": "str"},
            "tenant": {"type": "str", "fallback": _from_environment("TENANT")},
            "level": _choice("auto", "tenant", "organization", "host"),
            "api": _choice("auto", "orchestrator", "identity"),
            "orchestrator_url": {"type": "str"},
            "identity_url": {"type": "str"},
            # A fallback here would fill one option at a time; see ``_server.environment``.
            "username": {"type": "str"},
            "password": _secret(),
            "client_id": {"type": "str"},
            "client_secret": _secret(),
            "access_token": _secret(),
            **connection(),
        },
    }


def config_file() -> Spec:
    """The ``config_file`` option: which file, how its keys are written."""
    return {
        "type": "dict",
        "options": {
            "path": {"type": "path", "required": True},
            "format": _choice("auto", "json", "xml", "yaml"),
            "section": {"type": "str"},
            "key_style": {
                "type": "str",
                "default": "auto",
                "choices": ["auto", "abp", "abp_mailing", "identity", "insights"],
                "no_log": False,
            },
            "layout": _choice("app_settings", "mail_settings"),
            "backup": {"type": "bool", "default": False},
        },
    }


def settings() -> Spec:
    """The fields of the Mail tab."""
    return {
        "enable_email_alerts": {"type": "bool"},
        "use_default_credentials": {"type": "bool"},
        "enable_ssl": {"type": "bool"},
        "smtp_host": {"type": "str"},
        "smtp_port": {"type": "int"},
        "smtp_username": {"type": "str"},
        "smtp_password": _secret(),
        "smtp_domain": {"type": "str"},
        "default_from_address": {"type": "str"},
        "default_from_display_name": {"type": "str"},
        "smtp_timeout": {"type": "int"},
    }


def presets() -> Spec:
    """A provider's ready-made settings."""
    return {
        "preset": {"type": "str"},
        "preset_region": {"type": "str"},
        "custom_preset": {"type": "dict"},
    }


def tenants() -> Spec:
    """The option ``tenants``: names, or dictionaries with a name and what differs."""
    # Ansible knows no list of texts or dictionaries; ``_tenant_entries`` sees to these options.
    return {
        "type": "list",
        "elements": "raw",
        "options": {
            "name": {"type": "str", "required": True},
            "username": {"type": "str"},
            "password": _secret(),
            **settings(),
        },
    }


def _policy() -> Spec:
    return {
        "state": _choice("present", "inherited"),
        "update_password": {**_choice("on_change", "always", "on_create"), "no_log": False},
        "password_version": {"type": "int", "no_log": False},
        "password_record": {"type": "str", "no_log": False},
        "password_record_key": _secret(),
        "allow_password_reuse": {"type": "bool", "default": False, "no_log": False},
        "implicit_tls": _choice("refuse", "allow"),
        "verify_recipient": {"type": "str"},
        "expect_plan": {"type": "str"},
    }


def mail_settings() -> Spec:
    """Arguments for ``AnsibleModule`` or ``ArgumentSpecValidator`` of ``mail_settings``."""
    return {
        "argument_spec": {
            "server": server(),
            "config_file": config_file(),
            **settings(),
            **presets(),
            **_policy(),
            "tenants": tenants(),
            "tenants_matching": {"type": "list", "elements": "str"},
            "parallel": {"type": "int", "default": 8},
            "max_failures": {"type": "int", "default": 1},
        },
        "mutually_exclusive": [
            ["server", "config_file"],
            ["tenants", "config_file"],
            ["tenants_matching", "config_file"],
        ],
        "required_one_of": [["server", "config_file"]],
        "supports_check_mode": True,
    }


def mail_settings_info() -> Spec:
    """Arguments for ``mail_settings_info``."""
    return {
        "argument_spec": {
            "server": server(),
            "config_file": config_file(),
            "audience": {"type": "bool", "default": False},
            "recipients": {"type": "list", "elements": "str"},
        },
        "mutually_exclusive": [["server", "config_file"]],
        "required_one_of": [["server", "config_file"]],
        "supports_check_mode": True,
    }


def _seen() -> Spec:
    return {
        "type": "dict",
        "options": {
            "imap_host": {"type": "str", "required": True},
            "imap_port": {"type": "int", "default": 993},
            "username": {"type": "str", "required": True},
            "password": _secret(required=True),
            "mailbox": {"type": "str", "default": "INBOX"},
            "timeout": {"type": "float", "default": 60.0},
            "ca_path": {"type": "path"},
        },
    }


def mail_test() -> Spec:
    """Arguments for ``mail_test``."""
    return {
        "argument_spec": {
            "via": _choice("smtp", "server"),
            "server": server(),
            **settings(),
            **presets(),
            "recipients": {"type": "list", "elements": "str", "required": True},
            "subject": {"type": "str"},
            "body": {"type": "str"},
            "stop_after": {
                "type": "str",
                "default": "send",
                "choices": ["connect", "tls", "auth", "recipient", "send"],
            },
            "timeout": {"type": "float", "default": 60.0},
            "ca_path": {"type": "path"},
            "helo": {"type": "str"},
            "tls_on_connect": {"type": "bool"},
            "seen": _seen(),
        },
        "required_if": [["via", "server", ["server"]]],
        "supports_check_mode": True,
    }
