# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The least a program can do: threads, kept-alive connections, one read per tenant, one comparison.

    python tests/measure/benchmarks/bare_client.py URL TENANTS PARALLEL TOKEN WANTED_PORT

Without a token (``-``) it signs in to every tenant as admin first.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import typing as t
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

WANTED_KEY = "Abp.Net.Mail.Smtp.Port"


def ask(connection: http.client.HTTPConnection, method: str, path: str, **more: t.Any) -> t.Any:
    connection.request(method, path, **more)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body)
    return json.loads(body)


def sign_in(connection: http.client.HTTPConnection, tenant: str) -> str:
    body = {"tenancyName": tenant, "usernameOrEmailAddress": "admin", "password": "secret"}
    headers = {"Content-Type": "application/json"}
    path = "/api/Account/Authenticate"
    return ask(connection, "POST", path, body=json.dumps(body), headers=headers)["result"]


def work(url: str, numbers: t.Iterator[int], count: int, token: str, port: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    while (number := next(numbers)) <= count:
        tenant = f"T{number:05d}"
        bearer = sign_in(connection, tenant) if token == "-" else token
        headers = {"Authorization": f"Bearer {bearer}", "X-UIPATH-TenantName": tenant}
        rows = ask(connection, "GET", "/odata/Settings", headers=headers)["value"]
        assert next(row["Value"] for row in rows if row["Id"] == WANTED_KEY) == port


def main() -> None:
    url, count, parallel, token, port = sys.argv[1:]
    numbers = itertools.count(1)
    with ThreadPoolExecutor(int(parallel)) as pool:
        workers = [
            pool.submit(work, url, numbers, int(count), token, port)
            for _worker in range(int(parallel))
        ]
    for worker in workers:
        worker.result()


if __name__ == "__main__":
    main()
