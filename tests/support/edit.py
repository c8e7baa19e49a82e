# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A process that runs ``mail_settings``: lines of JSON, options in, results out."""

from __future__ import annotations

import json
import sys

from support.run import mail_settings


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(dict(mail_settings(**json.loads(line)).result)), flush=True)


if __name__ == "__main__":
    main()
