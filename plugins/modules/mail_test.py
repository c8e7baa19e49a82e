#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_test
short_description: Prove that mail settings work by sending a test message
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Sends one test message and reports every stage of it, from resolving the name to the acceptance of the message.
  - With O(via=smtp) it talks to the SMTP server from where the module runs. The Orchestrator may have another firewall,
    name resolution and trust store.
  - With O(via=server) the Orchestrator itself sends, by its own verify call. With SMTP settings or a O(preset) it tests
    these; without any it tests what it has stored, password included, which needs no password here. Servers that keep
    SMTP settings on the Identity API can do that (2021.10 and later); others are refused with what to do instead.
  - The settings pass the same pre-flight rules as those of M(rpaops.orchestrator.mail_settings), except that ports which
    expect TLS from the first byte may be tried.
  - One connection, one login with one mechanism, certificates always verified, never a fall-back to clear text, and one
    deadline over everything.
options:
  via:
    description: Who sends the test message.
    type: str
    default: smtp
    choices: [smtp, server]
  server:
    description:
      - The Orchestrator whose verify call to use with O(via=server). The same options as O(server) of
        M(rpaops.orchestrator.mail_settings).
    type: dict
  recipients:
    description: Addresses to send the test message to.
    type: list
    elements: str
    required: true
  subject:
    description: Subject of the message; a token that stands in this message only is added.
    type: str
  body:
    description: Text of the message.
    type: str
  stop_after:
    description:
      - How far to go. V(connect) ends after the greeting, V(tls) after the certificate was verified, V(auth) after the
        login, V(recipient) after the server accepted the recipients, V(send) after it accepted the message.
      - In check mode V(send) means V(recipient), so nothing is sent.
    type: str
    default: send
    choices: [connect, tls, auth, recipient, send]
  timeout:
    description: Seconds for the whole test.
    type: float
    default: 60.0
  ca_path:
    description: File with the CA certificates to trust besides those of the system.
    type: path
  helo:
    description: The name to greet the SMTP server with. Some relays want a full host name.
    type: str
  tls_on_connect:
    description:
      - Whether TLS starts with the connection instead of by STARTTLS.
      - By default it does on ports 465 and 2465. An Orchestrator that sends with System.Net.Mail cannot use such a port.
      - Has no effect with O(enable_ssl=false).
    type: bool
  seen:
    description:
      - A mailbox to look into after the message was accepted, over IMAP with TLS, until the message is there.
      - That a server accepted a message proves no delivery; some providers drop it later.
      - Only with O(via=smtp) and O(stop_after=send), and not in check mode.
    type: dict
    suboptions:
      imap_host:
        description: Name of the IMAP server.
        type: str
        required: true
      imap_port:
        description: Port of the IMAP server, with TLS from the first byte.
        type: int
        default: 993
      username:
        description: User of the mailbox.
        type: str
        required: true
      password:
        description: Password of the mailbox.
        type: str
        required: true
      mailbox:
        description: Folder to look into.
        type: str
        default: INBOX
      timeout:
        description: Seconds to wait for the message.
        type: float
        default: 60.0
      ca_path:
        description: File with the CA certificates to trust besides those of the system. Without it, O(ca_path) counts.
        type: path
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
  - rpaops.orchestrator._target
  - rpaops.orchestrator._settings
attributes:
  check_mode:
    description: Stops before the message is sent.
    support: partial
    details: >-
      With O(via=smtp) it connects, logs in and offers the recipients; with O(via=server) it signs in and reads the settings.
      No message is sent.
  diff_mode:
    description: Nothing is changed.
    support: none
seealso:
  - module: rpaops.orchestrator.mail_settings
"""

EXAMPLES = r"""
- name: Send a test message through Gmail from here
  rpaops.orchestrator.mail_test:
    preset: gmail
    smtp_username: robots@gmail.com
    smtp_password: "{{ vault_gmail_app_password }}"
    recipients:
      - ops@example.com

- name: Check name, port, certificate and password without sending anything
  rpaops.orchestrator.mail_test:
    smtp_host: smtp.example.com
    smtp_port: 587
    smtp_username: robots@example.com
    smtp_password: "{{ vault_smtp_password }}"
    recipients:
      - ops@example.com
    stop_after: auth

- name: Send a test message and wait until it is in the mailbox
  rpaops.orchestrator.mail_test:
    smtp_host: smtp.example.com
    smtp_username: robots@example.com
    smtp_password: "{{ vault_smtp_password }}"
    recipients:
      - ops@example.com
    seen:
      imap_host: imap.example.com
      username: ops@example.com
      password: "{{ vault_imap_password }}"
      timeout: 120

- name: Have the Orchestrator send the test message
  rpaops.orchestrator.mail_test:
    via: server
    server:
      url: https://orchestrator.example.com
      tenant: Default
      username: admin
      password: "{{ vault_orchestrator_password }}"
    preset: gmail
    smtp_username: robots@gmail.com
    smtp_password: "{{ vault_gmail_app_password }}"
    recipients:
      - ops@example.com

- name: Prove at night that what is stored still works, without knowing the password
  rpaops.orchestrator.mail_test:
    via: server
    server:
      url: https://cloud.uipath.com
      organization: acme
      client_id: "{{ orchestrator_client_id }}"
      client_secret: "{{ vault_orchestrator_client_secret }}"
    recipients:
      - ops@example.com
"""

RETURN = r"""
target:
  description: What the result is about, as the arguments name it; without a secret.
  returned: when O(server) is given, also on failure
  type: dict
  contains:
    address:
      description: Address of the Orchestrator.
      type: str
      sample: https://orchestrator.example.com
    organization:
      description: Name of the organization.
      type: str
      sample: acme
    tenant:
      description: Name of the tenant.
      type: str
      sample: Default
    level:
      description: O(server.level).
      type: str
      sample: auto
stages:
  description: The stages gone through, in order; only with O(via=smtp).
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name of the stage.
      type: str
      sample: login
    ok:
      description: Whether it went well.
      type: bool
      sample: true
    seconds:
      description: How long it took.
      type: float
      sample: 0.021
    detail:
      description: What was found.
      type: str
      sample: as robots@example.com with LOGIN
logged_in:
  description: Whether the server accepted user name and password.
  returned: with O(via=smtp)
  type: bool
  sample: true
tested:
  description: Whether the settings V(given) here were tested, or those V(stored) on the server.
  returned: with O(via=server)
  type: str
  sample: stored
accepted:
  description: Whether the server accepted the message.
  returned: always, except when the connection broke before the server said so
  type: bool
  sample: true
seen:
  description: Whether the message was found in the mailbox.
  returned: when O(seen) is given and the message was accepted
  type: bool
  sample: true
recipients:
  description:
    - The recipients, each with the server's answer.
    - With O(via=server), those with a C(text) got a message, also when a later one made the task fail.
  returned: always
  type: list
  elements: dict
  sample:
    - address: ops@example.com
      code: 250
      text: OK
tls:
  description: The encryption, if there was one.
  returned: with O(via=smtp)
  type: dict
  contains:
    version:
      description: Version of the protocol.
      type: str
      sample: TLSv1.3
    names:
      description: Names in the certificate.
      type: list
      elements: str
      sample: [smtp.example.com]
    issuer:
      description: Who issued the certificate.
      type: str
      sample: Example CA
    days_left:
      description: Days until the certificate ends.
      type: int
      sample: 61
message_id:
  description: Identifier of the message; its token stands in the subject as well.
  returned: with O(via=smtp)
  type: str
  sample: <rpaops-5f0c1e2d3b4a@example.com>
diagnosis:
  description: What is wrong and what to do.
  returned: failure
  type: dict
  contains:
    id:
      description: Identifier of the diagnosis.
      type: str
      sample: gmail-bad-credentials
    cause:
      description: What is wrong.
      type: str
      sample: Wrong address or password.
    fix:
      description: What to do.
      type: str
      sample: Use the full address as username and a fresh app password.
    kind:
      description: Which kind of trouble it is.
      type: str
      sample: credentials
    retry:
      description: V(fix) the cause first, try V(later), or V(never), because a retry could send twice.
      type: str
      sample: fix
"""

from ..module_utils import _argspec
from ..module_utils._modules import mail_test
from ..module_utils._output import report
from ..module_utils._output.module import QuietModule, finish


def main() -> None:
    module = QuietModule(**_argspec.mail_test())
    done = report.report(mail_test.mail_test, module.params, module.check_mode)
    finish(module, done)


if __name__ == "__main__":
    main()
