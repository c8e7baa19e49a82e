# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that say where the settings are kept: a server or a file."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  server:
    description:
      - The Orchestrator to manage, and how to sign in.
      - There are three ways to sign in. O(server.access_token) wins over O(server.client_id) with
        O(server.client_secret), and both win over O(server.username) with O(server.password).
      - A way that the task states wins over any from the environment. The environment is used only when it holds a way
        complete, or completes the one that the task has begun and does not name another user or application.
    type: dict
    suboptions:
      url:
        description:
          - Address of the Orchestrator, for example V(https://orchestrator.example.com).
          - Without O(server.organization) this is a standalone installation; with it, the address of an Automation
            Suite or of Automation Cloud (V(https://cloud.uipath.com)).
          - Falls back to the environment variable E(ORCHESTRATOR_URL).
        type: str
        required: true
      organization:
        description: Name of the organization in the address, on Automation Suite and Automation Cloud.
        type: str
      organization_id:
        description:
          - Identifier (GUID) of the organization; the Identity server calls it partition.
          - By default it is read from the token.
        type: str
      tenant:
        description:
          - Name of the tenant. Not needed with O(server.level=host).
          - Without it a standalone server chooses the tenant of O(server.username); a warning says so.
          - Falls back to the environment variable E(ORCHESTRATOR_TENANT).
        type: str
      level:
        description:
          - Whose settings to manage.
          - V(auto) takes the tenant up to 2021.4, and from 2021.10 on the organization for the SMTP settings and the
            tenant for C(enable_email_alerts).
          - V(host) manages what all tenants or organizations without own values get.
        type: str
        default: auto
        choices: [auto, tenant, organization, host]
      api:
        description:
          - Which of the two APIs keeps the SMTP settings.
          - V(auto) learns it from the version of the server. C(enable_email_alerts) is on the Orchestrator API in
            every version.
        type: str
        default: auto
        choices: [auto, orchestrator, identity]
      orchestrator_url:
        description: Address of the Orchestrator API, where it is not the usual one.
        type: str
      identity_url:
        description: Address of the Identity server, where it is not the usual one.
        type: str
      username:
        description:
          - User to sign in as. With O(server.level=host) a host administrator.
          - Falls back to the environment variable E(ORCHESTRATOR_USERNAME).
        type: str
      password:
        description:
          - Password of O(server.username).
          - Falls back to the environment variable E(ORCHESTRATOR_PASSWORD).
        type: str
      client_id:
        description:
          - Identifier of a confidential external application (OAuth client credentials).
          - Falls back to the environment variable E(ORCHESTRATOR_CLIENT_ID).
        type: str
      client_secret:
        description:
          - Secret of O(server.client_id).
          - Falls back to the environment variable E(ORCHESTRATOR_CLIENT_SECRET).
        type: str
      access_token:
        description:
          - A ready bearer token or personal access token; wins over the other ways to sign in.
          - Falls back to the environment variable E(ORCHESTRATOR_ACCESS_TOKEN).
        type: str
      validate_certs:
        description: Whether the certificate of the server must be good. Leave it on; give O(server.ca_path) instead.
        type: bool
        default: true
      ca_path:
        description: File or folder with the CA certificates to trust besides those of the system.
        type: path
      client_cert:
        description: File with the client certificate (PEM), for servers that ask for one.
        type: path
      client_key:
        description:
          - File with the key of O(server.client_cert), unless it is in the same file.
          - An encrypted one is refused, as nobody is asked for a passphrase.
        type: path
      use_proxy:
        description:
          - Whether to use the proxy that the environment names (E(https_proxy), E(http_proxy), E(all_proxy), E(no_proxy)),
            in small letters or in capitals.
          - The address of a proxy may hold its user and password, V(http://user:password@proxy.example.com:3128).
            Other proxies than V(http://) ones are refused.
        type: bool
        default: true
      timeout:
        description: Seconds for everything that is done with one tenant, and so for each read as well.
        type: float
        default: 60.0
      retries:
        description:
          - How often a read is repeated when the server is busy (429, 502, 503, 504) or the connection breaks.
          - A write is sent again only after a read showed that it did not arrive.
        type: int
        default: 3
"""

    CONFIG_FILE = r"""
options:
  config_file:
    description:
      - The configuration file of an Orchestrator-like application.
      - A UiPath Orchestrator keeps SMTP settings in its database, not in a file; of the settings here only
        C(enable_email_alerts) is in its C(UiPath.Orchestrator.dll.config).
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
          - Parent key of the settings in JSON and YAML, such as V(Settings) or V(AppSettings). V(App:Settings) is a
            path, as in .NET, and the case of letters does not count.
          - By default where the keys are found, else the top level.
        type: str
      key_style:
        description:
          - How the keys are called. V(auto) takes the family that the file already holds, and V(abp) where it holds
            none.
          - V(abp) is C(Abp.Net.Mail.*), V(abp_mailing) is C(Abp.Mailing.*), V(identity) is C(Email.Smtp.*).
            V(insights) is the block C(insights.smtp_configuration) of the cluster configuration of an Automation
            Suite; there C(enable_ssl) is C(tls_version).
          - A file whose keys are of another family, in other letters, or deeper than where they are looked for, is
            refused with the option to set, as a second set of keys would be read by nobody.
        type: str
        default: auto
        choices: [auto, abp, abp_mailing, identity, insights]
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
