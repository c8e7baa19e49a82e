#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_probe
short_description: Ask an Orchestrator what its documents do not say about mail settings
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Answers the open questions of the page on the wire for one server, and writes them to a Markdown file that can be sent
    to the authors of this collection, who have no Orchestrator. This is not needed to manage mail settings.
  - By default it only reads. Apart from the sign-in it then sends nothing but C(GET).
  - With O(write=true) it also writes to a throw-away tenant, or to a throw-away organization with
    O(server.level=organization), and puts back what was there before, also when it fails or is interrupted. While it
    writes, what was there before stands in C(mail-probe-before.json) in O(directory), without the password.
  - The file holds words of this collection, names of mail keys, numbers, and what the server said when it refused
    something; no secret, no address and no name. Please look through it before you send it.
  - It never sends a message, a wrong password, or anything that the level of the host would feel.
options:
  server:
    required: true
  write:
    description:
      - Write as well, and put back what was there before.
      - O(server.tenant) then has to name the throw-away tenant. O(server.level=host) is refused.
      - A password that is set already is left alone, unless O(smtp_password) says which one is to be put back. Where a
        server does not show whether one is set, take a tenant that has none.
      - Servers before 2022.4 cannot remove values of a tenant. What the tenant inherited is then its own, with the same
        value, and a warning says which keys these are.
    type: bool
    default: false
  smtp_password:
    description:
      - The password that is stored now, to be put back.
      - Without it the password is not touched where one is set.
    type: str
  directory:
    description:
      - Folder for C(mail-probe.md). It is made when it is not there.
      - A relative one starts where the command was started.
    type: str
    default: .
extends_documentation_fragment:
  - rpaops.orchestrator._attributes
  - rpaops.orchestrator._target
attributes:
  check_mode:
    description: Reads only, whatever O(write) says; the file is written all the same.
    support: full
  diff_mode:
    description: There is nothing to show; what was there before is there after.
    support: none
notes:
  - Runs on the controller.
seealso:
  - ref: ansible_collections.rpaops.orchestrator.docsite.wire
    description: The questions, and what this collection does in either case.
"""

EXAMPLES = r"""
- name: Read alone
  rpaops.orchestrator.mail_probe:
    server:
      url: https://orchestrator.example.com
      tenant: Default
      username: admin
      password: "{{ vault_password }}"

- name: Write to a throw-away tenant as well
  rpaops.orchestrator.mail_probe:
    server:
      url: https://orchestrator.example.com
      tenant: Throwaway
      username: admin
      password: "{{ vault_password }}"
    write: true
    directory: probe
"""

RETURN = r"""
changed:
  description:
    - Whether something is not as it was before. A server before 2022.4 keeps what a tenant inherited as values of its own.
  returned: always
  type: bool
path:
  description: The Markdown file.
  returned: success
  type: str
  sample: /home/me/mail-probe.md
server_version:
  description: Highest API version that the server names.
  returned: when the server names it
  type: str
  sample: "17.0"
answers:
  description: What was learnt, in the order of the page on the wire.
  returned: success
  type: list
  elements: dict
  contains:
    switch:
      description: The unknown, by the name of its switch on the page on the wire.
      type: str
      sample: posted_mask
    api:
      description: Which API it is about, or the sign-in.
      type: str
      sample: Orchestrator API
    seen:
      description: What was seen.
      type: str
      sample: refused with 400
    positions:
      description:
        - The positions of the switch that agree with it. Several where what was seen leaves it open; none where it is none of
          those that are known.
      type: list
      elements: raw
      sample: [reject]
unanswered:
  description: What has no answer, and why.
  returned: success
  type: dict
  sample: {wrong_login: "is never asked: it takes a wrong password, which may lock the user out"}
error:
  description: Stable identifier of what went wrong.
  returned: failure
  type: str
  sample: probe_not_restored
stage:
  description: Where it went wrong.
  returned: failure
  type: str
  sample: write
status:
  description: HTTP status of the answer that made it fail.
  returned: failure, when there was an answer
  type: int
  sample: 403
target:
  description: Address, organization, tenant and level.
  returned: always
  type: dict
  sample: {address: "https://orchestrator.example.com", tenant: Default, level: auto}
"""
