#!/usr/bin/python
# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mail_report
short_description: Make one report of what mail tasks found on many hosts
version_added: 1.0.0
author: The rpaops.orchestrator authors (@rpaops)
description:
  - Turns the results of M(rpaops.orchestrator.mail_settings) or M(rpaops.orchestrator.mail_test) into one report with a
    row for every host and tenant, and fails when there is something in it that must not be.
  - Runs on the controller, once for all hosts of the play. It takes the results from where Ansible keeps them, so that
    nothing has to be collected in a template, and hosts that failed, were rescued or could not be reached are in it.
  - >-
    Every row has one of six outcomes: V(as_declared) (asked, answered, compared, equal), V(drift), V(not_compared)
    (nothing differs but a password that cannot be compared), V(error), V(unreachable), V(not_checked).
  - A report holds no secret. Text from servers and inventories is escaped for each format.
options:
  kind:
    description:
      - What the results are of.
      - With V(drift) and V(plan) a change is something that differs. With V(apply), outside of check mode, a change was
        made and read back, so its row is V(as_declared) and names what was changed.
      - With V(test) the results are those of M(rpaops.orchestrator.mail_test); V(as_declared) then means that the test
        passed.
      - The JSON report of V(plan) is the plan file; its C(plans) has the value of O(ignore:expect_plan) for every host.
    type: str
    default: drift
    choices: [drift, plan, apply, test]
  hosts:
    description:
      - Names of the hosts to report on.
      - By default all hosts of the play, after C(--limit), whatever became of them.
    type: list
    elements: str
  register:
    description:
      - Name of the variable in which every host registered its result.
      - A host that was rescued before it came to that is reported with what made it fail. A host without any result
        is V(not_checked).
      - Take a name that no earlier play of the same run has used. What an earlier play left there would be taken for
        the result.
    type: str
    default: mail_result
  proof:
    description:
      - Name of the variable in which hosts registered the result of M(rpaops.orchestrator.mail_test), to have it in
        their rows.
      - A failed test makes V(error) of a row that would be V(as_declared) or V(not_compared) otherwise.
    type: str
  audience:
    description:
      - Name of the variable in which hosts registered the result of M(rpaops.orchestrator.mail_settings_info) with its
        C(audience), to have it in their rows. The results of the role with C(mail_audience) have it themselves, so that
        it may be the same variable.
    type: str
  results:
    description:
      - The results themselves, where they are not in a variable of each host.
    type: list
    elements: dict
    suboptions:
      host:
        description: Name of the host.
        type: str
        required: true
      result:
        description: What its task returned; without it the host is V(not_checked).
        type: dict
  merge:
    description:
      - Paths of JSON reports to make one of, such as those of the slices of a job. They have to be of one kind, and
        every host and tenant in one of them only.
      - The new report is as old as the oldest of them.
    type: list
    elements: str
  directory:
    description:
      - Folder to write the report to; it is made when it is not there. A relative path starts where the command was
        started.
      - Without it nothing is written.
    type: str
  name:
    description:
      - What the names of all files begin with. By default C(mail-) and O(kind), so that the JSON report is
        C(mail-drift.json).
    type: str
  formats:
    description:
      - The formats to write.
      - V(json) has everything, in the form of C(docs/schema/mail-report.schema.json).
      - V(markdown) is a comment for a merge request; V(html) is one page without scripts.
      - V(junit) and V(sarif) are for the reports of a pipeline; V(prometheus) is for the textfile collector.
    type: list
    elements: str
    default: [json, markdown, junit, sarif, html, prometheus]
    choices: [json, markdown, junit, sarif, html, prometheus]
  also:
    description:
      - Further folders to write the same report to, each with a name and formats of its own. An entry whose folder is
        empty writes nothing.
    type: list
    elements: dict
    suboptions:
      directory:
        description: As O(directory).
        type: str
        required: true
      name:
        description: As O(name).
        type: str
      formats:
        description: As O(formats).
        type: list
        elements: str
        default: [json, markdown, junit, sarif, html, prometheus]
        choices: [json, markdown, junit, sarif, html, prometheus]
  revision:
    description:
      - The revision of the declaration. By default what the pipeline says, as in E(GITHUB_SHA), E(CI_COMMIT_SHA),
        E(BUILD_SOURCEVERSION), E(GIT_COMMIT) or C(awx_project_revision).
    type: str
  fail_on:
    description:
      - The outcomes on which the task fails, after the report was written.
      - V(audience) fails on every row whose audience has somebody whom no mail reaches, or is not known.
      - A report in which no host at all was compared fails as well, whatever is listed. Only an empty list never fails.
    type: list
    elements: str
    default: [drift, error, unreachable]
    choices: [error, unreachable, drift, not_checked, not_compared, as_declared, audience]
  declared_in:
    description:
      - The file that declares the settings of a host, by the name of the host.
      - By default the file and line where Ansible found the variables of the role C(mail), or the inventory.
    type: dict
    default: {}
attributes:
  action:
    description: Runs on the controller.
    support: full
  async:
    description: Supports being used with the C(async) keyword.
    support: none
  bypass_host_loop:
    description: Runs once for all hosts of the play, with any strategy but C(free) and C(host_pinned), which refuse that.
    support: full
  check_mode:
    description: Writes the report in check mode as well, as it is about nothing else.
    support: full
  diff_mode:
    description: The report is all there is to see.
    support: none
  platform:
    description: Where the action runs.
    support: full
    platforms: posix
notes:
  - In a play with C(serial) it runs once per batch; report from a play that follows, with O(hosts).
  - A file is replaced as a whole, and none is when one of them cannot be written. What was found is in the message all
    the same.
seealso:
  - module: rpaops.orchestrator.mail_settings
  - module: rpaops.orchestrator.mail_test
  - ref: ansible_collections.rpaops.orchestrator.docsite.reports
    description: What is in a report, and where to put it.
"""

EXAMPLES = r"""
- name: Compare, one host's trouble being no reason to stop
  rpaops.orchestrator.mail_settings:
    server: "{{ mail_server }}"
    smtp_host: smtp.example.com
    smtp_port: 587
  check_mode: true
  register: mail_result
  ignore_errors: true
  ignore_unreachable: true

- name: Report on all hosts of the play and give the verdict
  rpaops.orchestrator.mail_report:
    directory: reports
    fail_on: [drift, error, unreachable, not_checked]

- name: Make one report of those of two slices
  rpaops.orchestrator.mail_report:
    merge:
      - slice-1/mail-drift.json
      - slice-2/mail-drift.json
    directory: reports
"""

RETURN = r"""
headline:
  description: The report in one sentence.
  returned: always
  type: str
  sample: "2 of 3 hosts are not as declared: 1 unreachable, 1 drift."
summary:
  description: The headline, and at most 20 lines about the worst rows. Tenants of a host of which the same is said share a line.
  returned: always
  type: list
  elements: str
  sample:
    - "1 of 3 hosts is not as declared: 1 drift."
    - "hr: drift: smtp_port is 25, declared is 587"
told:
  description:
    - What to show at the end of a run. With O(kind=apply) and O(kind=test) at most 200 lines about all rows, else the
      same as RV(summary); then the full path of every file that was written.
  returned: always
  type: list
  elements: str
  sample:
    - "All 2 hosts are as declared, 1 of them changed by this run."
    - "hr: 2 settings written (smtp_host, smtp_port), proven by a message to ops@example.com, API 11.0"
    - "it: nothing to write, password compared by its fingerprint, API 11.0"
    - "Written: /builds/mail/reports/mail-apply.json"
verdict:
  description: V(passed), or V(failed) when something of O(fail_on) was found.
  returned: always
  type: str
  sample: failed
failed_on:
  description: What of O(fail_on) was found.
  returned: always
  type: list
  elements: str
  sample: [drift]
counts:
  description: How many rows have which outcome.
  returned: always
  type: dict
  contains:
    error:
      description: Rows that failed.
      type: int
      sample: 0
    unreachable:
      description: Rows whose host or server could not be reached.
      type: int
      sample: 0
    drift:
      description: Rows that differ.
      type: int
      sample: 1
    not_checked:
      description: Rows about which nothing is known.
      type: int
      sample: 0
    not_compared:
      description: Rows in which nothing differs but a password that cannot be compared.
      type: int
      sample: 0
    as_declared:
      description: Rows that were compared and are equal.
      type: int
      sample: 2
    hosts:
      description: Hosts in the report.
      type: int
      sample: 3
    rows:
      description: Rows in the report, one per host and tenant.
      type: int
      sample: 3
files:
  description: The full path of what was written, by format.
  returned: always
  type: dict
  sample:
    json: /builds/mail/reports/mail-drift.json
    markdown: /builds/mail/reports/mail-drift.md
also:
  description: The full paths of what was written for O(also).
  returned: always
  type: list
  elements: str
  sample: []
rows:
  description: The rows that are not as declared, the worst first, at most 20, without what is empty. The JSON report has all.
  returned: always
  type: list
  elements: dict
  contains:
    host:
      description: Name of the host.
      type: str
      sample: orchestrator
    tenant:
      description: Name of the tenant; empty where there is none.
      type: str
      sample: HR
    outcome:
      description: One of V(error), V(unreachable), V(drift), V(not_checked), V(not_compared) and V(as_declared).
      type: str
      sample: drift
    differs:
      description: The options that are known to differ.
      type: list
      elements: str
      sample: [smtp_port]
    settings:
      description: The settings that differ, or of which nobody can tell.
      type: list
      elements: dict
      contains:
        option:
          description: Name of the option.
          type: str
          sample: smtp_port
        before:
          description: What was found; of a password only words.
          type: raw
          sample: 2525
        declared:
          description: What is declared; of a password only words.
          type: raw
          sample: 587
        differs:
          description: Whether it is known to differ; V(false) for a password that cannot be compared.
          type: bool
          sample: true
        declared_in:
          description: File and line of the declaration, where they are known.
          type: dict
          sample:
            path: group_vars/all.yml
            line: 12
    applied:
      description: The options that this run changed, with O(kind=apply).
      type: list
      elements: str
      sample: []
    address:
      description: Address of the Orchestrator, or path of the configuration file.
      type: str
      sample: https://orchestrator.example.com
    level:
      description: Whose settings they are.
      type: str
      sample: tenant
    server_version:
      description: Highest API version that the server names.
      type: str
      sample: "11.0"
    plan:
      description: Digest of target, current and wanted settings.
      type: str
      sample: 1f0c8f8b5d3b3f5a
    password_evidence:
      description: What decided whether the password differs.
      type: str
      sample: fingerprint
    verified:
      description: Who got a message with the new settings before they were written.
      type: str
      sample: ops@example.com
    error:
      description: Stable identifier of what went wrong; empty when nothing did.
      type: str
      sample: sign_in_refused
    stage:
      description: Where it went wrong.
      type: str
      sample: sign_in
    message:
      description: What went wrong, or why nothing was compared.
      type: str
      sample: ""
    diagnosis:
      description: For mail, what is wrong and what to do.
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
    warnings:
      description: The warnings of the task.
      type: list
      elements: str
      sample: []
    declared_in:
      description: File and line of the whole declaration, where they are known.
      type: dict
      sample:
        path: group_vars/all.yml
        line: 3
    proof:
      description: What the test message showed.
      returned: when O(proof) is given
      type: dict
      contains:
        ok:
          description: Whether the test passed; null when there was none.
          type: bool
          sample: true
        reached:
          description: The last stage that was reached.
          type: str
          sample: accepted
        message:
          description: Why it failed, or was not done.
          type: str
          sample: ""
        message_id:
          description: Identifier of the message.
          type: str
          sample: <rpaops-5f0c1e2d3b4a@example.com>
        days_left:
          description: Days until the certificate of the mail server ends.
          type: int
          sample: 61
    audience:
      description: Who would get mail.
      returned: when O(audience) is given
      type: dict
      contains:
        users:
          description: People asked about.
          type: int
          sample: 14
        reachable:
          description: People whom mail reaches.
          type: int
          sample: 13
        unreachable:
          description: People whom no mail reaches.
          type: list
          elements: dict
          contains:
            user:
              description: Name of the user.
              type: str
              sample: jane
            reason:
              description: Why not.
              type: str
              sample: no_address
        unknown:
          description: Number of people of whom the server does not tell.
          type: int
          sample: 0
error:
  description: Stable identifier of what went wrong with the report itself.
  returned: failure, when the report could not be made or written
  type: str
  sample: invalid_option
"""
