# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is unknown, only reported, or different between installations: one named switch each."""

from __future__ import annotations

import dataclasses
import typing as t


def one_of(*choices: t.Any) -> t.Any:
    """A switch with a closed set of positions; the first is the default."""
    # Only called in the body of the dataclass below.
    return dataclasses.field(  # pylint: disable=invalid-field-call
        default=choices[0], metadata={"choices": choices}
    )


MASKS = ("bullets", "stars", "empty", "null", "absent", "constant", "blob", "clear")


@dataclasses.dataclass
class Switches:
    """Positions of all switches. `turn` checks names and positions."""

    # Orchestrator surface: writing
    posted_mask: str = one_of("store", "ignore", "reject")
    keys_together: bool | str = one_of(False, True, "with_password")
    bulk: str = one_of("store", "partial", "ignore")
    bulk_text: str = one_of("keep", "trim", "lower")
    bulk_status: int = one_of(200, 204)
    unknown_key: str = one_of("reject", "store")
    bad_value: str = one_of("reject", "store")
    verify_orchestrator: bool = one_of(True, False)
    read_only: tuple[str, ...] = ()
    # Orchestrator surface: reading
    mask: str = one_of(*MASKS)
    boolean: str = one_of("true", "True", "json", "1")
    port: str = one_of("string", "number", "space")
    null_for_empty: bool = one_of(False, True)
    scope: str = one_of("version", "null", "filled")
    key_case: str = one_of("keep", "lower")
    missing_keys: tuple[str, ...] = ()
    duplicate_keys: tuple[str, ...] = ()
    email_confirmed: bool = one_of(True, False)
    filter: str = one_of("supported", "ignored", "rejected")
    page_size: int = 0
    # both surfaces
    directory_address: str = one_of("null", "empty", "told")
    stale_reads: int = 0
    echo_rejected: bool = one_of(False, True)
    latency: float = 0.0
    # levels, sign-in
    allow_host_to_access_tenant_api: bool = one_of(False, True)
    tenant_header: str = one_of("decoded", "as_sent")
    refused_tenant_header: str = one_of("refuse", "ignore")
    unknown_tenant: int = one_of(403, 404)
    application_without_tenant: str = one_of("refuse", "first")
    tenants_for_applications: bool = one_of(True, False)
    login_path: str = one_of("both", "long", "short")
    wrong_login: int = one_of(400, 401)
    wrong_page_login: str = one_of("refuse", "result_200", "result_400")
    token_uses: int = 0
    token_seconds: int = 1800
    prt_id: bool = one_of(True, False)
    api_header: bool = one_of(True, False)
    # Identity surface
    identity_mask: str = one_of("stars", *[mask for mask in MASKS if mask != "stars"])
    identity_together: str = one_of("always", "group", "never")
    identity_error: str = one_of("status", "problem", "message", "result")
    identity_unknown_key: str = one_of("reject", "store")
    identity_bad_value: str = one_of("reject", "store")
    identity_empty_host: str = one_of("store", "reject")
    verify_identity: bool = one_of(True, False)
    identity_unauthenticated: str = one_of("empty", "abp")
    identity_users: bool = one_of(True, False)
    identity_page_size: int = 0
    identity_unknown_partition: str = one_of("refuse", "empty")
    identity_host: str = one_of("served", "invalid_partition")
    identity_host_delete: bool = one_of(False, True)
    identity_accepts_orchestrator_token: bool | int = one_of(True, 401, 403)

    def turn(self, **positions: t.Any) -> None:
        """Set switches by name; an unknown name or position is a `ValueError`."""
        fields = {field.name: field for field in dataclasses.fields(self)}
        for name, position in positions.items():
            if name not in fields:
                raise ValueError(f"unknown switch {name!r}; known: {', '.join(sorted(fields))}")
            choices = fields[name].metadata.get("choices")
            if choices and position not in choices:
                raise ValueError(f"switch {name!r} takes one of {choices}, not {position!r}")
            setattr(self, name, tuple(position) if isinstance(position, list) else position)
