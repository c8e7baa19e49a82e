# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that say where the settings are kept: a server or a file."""

from __future__ import annotations

from ._server import ModuleDocFragment as Server


class ModuleDocFragment:
    DOCUMENTATION = (
        Server.DOCUMENTATION
        + r"""
  config_file:
    description:
      - The configuration file of an Orchestrator-like application.
      - A UiPath Orchestrator keeps SMTP settings in its database, not in a file; of the settings here only
        O(enable_email_alerts) is in its C(UiPath.Orchestrator.dll.config).
    type: dict
    suboptions:
      path:
        description: Path of the file. It must exist.
        type: path
        required: true
      format:
        description: Format of the file; V(auto) tells it from the name and the content.
        type: str
        default: auto
        choices: [auto, json, xml, yaml]
      section:
        description:
          - Parent key of the settings in JSON and YAML, such as V(Settings) or V(AppSettings).
          - By default where the keys are found, else the top level.
        type: str
      key_style:
        description:
          - How the keys are called. V(abp) is C(Abp.Net.Mail.*), V(abp_mailing) is C(Abp.Mailing.*), V(identity) is
            C(Email.Smtp.*).
        type: str
        default: abp
        choices: [abp, abp_mailing, identity]
      layout:
        description:
          - Where XML keeps the settings. V(app_settings) is C(<appSettings>), V(mail_settings) is
            C(<system.net><mailSettings>).
        type: str
        default: app_settings
        choices: [app_settings, mail_settings]
      backup:
        description: Whether to keep a copy of the file as it was, readable by nobody who could not read the file.
        type: bool
        default: false
"""
    )
