# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each Orchestrator version offers, as one table; handlers ask it, never for the name."""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass(frozen=True)
class Version:
    """The facts of one version.

    ``api`` is what the ``api-supported-versions`` header ends with. Only 9 (2019.10), 11 and later
    are known from real servers; the other numbers are a guess that merely grows. ``document`` and
    ``suite_document`` name the vendor's OpenAPI document of the two address shapes. Before 2018.3
    the documents list the sign-in as ``/api/Account`` (``short_login``), while clients of that time
    post to ``/api/Account/Authenticate``. ``new_problems`` is where .NET 8 is inferred.
    """

    name: str
    api: int
    document: str
    suite_document: str = ""
    authenticate: bool = True
    short_login: bool = False
    short_status: bool = False
    status_version: bool = False
    bulk_answers_row: bool = False
    key_answers_row: bool = False
    put_answers_row: bool = True
    verify: bool = True
    verify_needs_recipient: bool = False
    delete_bulk: bool = False
    activity_settings: bool = False
    services_settings: bool = True
    update_settings: bool = False
    user_settings: bool = False
    dictionary_as_pairs: bool = False
    scope_in_rows: bool = False
    email_confirmed: bool = True
    tenant_names: bool = False
    tenant_organization: bool = False
    identity: bool = False
    identity_timeout: bool = False
    new_problems: bool = False

    @property
    def long_status(self) -> bool:
        """The status address is one or the other."""
        return not self.short_status

    @property
    def supported_versions(self) -> str:
        """The header's text; the highest number does not come first."""
        return f"{max(self.api - 1, 1)}.0, {self.api}.0"


def _table() -> dict[str, Version]:
    earliest = Version(
        name="2018.1",
        api=3,
        document="orchestrator-2018.1.json",
        short_login=True,
        short_status=True,
        bulk_answers_row=True,
        key_answers_row=True,
        verify=False,
        dictionary_as_pairs=True,
    )
    rows = [earliest]

    def then(name: str, api: int, document: str, **changes: t.Any) -> None:
        rows.append(dataclasses.replace(rows[-1], name=name, api=api, document=document, **changes))

    then("2018.2", 4, "orchestrator-2018.2.json", dictionary_as_pairs=False)
    then("2018.3", 5, "orchestrator-2018.3.json", short_login=False, short_status=False)
    then("2018.4", 6, "orchestrator-2018.4.json")
    then("2019.1", 7, "orchestrator-2019.1.json")
    then("2019.4", 8, "orchestrator-2019.4.json", tenant_names=True)
    then("2019.10", 9, "orchestrator-2019.10.json", verify=True)
    then(
        "2020.4",
        10,
        "orchestrator-2020.4.json",
        bulk_answers_row=False,
        key_answers_row=False,
    )
    then(
        "2020.10",
        11,
        "orchestrator-2020.10.json",
        activity_settings=True,
        user_settings=True,
        scope_in_rows=True,
    )
    # The vendor published no document of API 13; the next later one describes what it shares.
    v15 = "orchestrator-v15-cloud.json"
    v16 = "orchestrator-v16-cloud.json"
    v17 = "orchestrator-v17-cloud.json"
    v18 = "orchestrator-v18-cloud.json"
    v20 = "orchestrator-v20-cloud.json"
    then(
        "v13",
        13,
        v15,
        suite_document=v15,
        services_settings=False,
        status_version=True,
        identity=True,
    )
    then(
        "v15",
        15,
        v15,
        suite_document=v15,
        delete_bulk=True,
        update_settings=True,
        verify_needs_recipient=True,
        tenant_organization=True,
    )
    then("v16", 16, "orchestrator-v16-onprem.json", suite_document=v16)
    then("v17", 17, v17, suite_document=v17, identity_timeout=True)
    then("v18", 18, v18, suite_document=v18, new_problems=True)
    then(
        "v20",
        20,
        v20,
        suite_document=v20,
        authenticate=False,
        put_answers_row=False,
        email_confirmed=False,
    )
    return {row.name: row for row in rows}


VERSIONS = _table()
