# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Take pictures of the HTML report in headless Chromium: light, dark, on a phone.

``python tests/tools/report_picture.py FOLDER`` writes the page and three PNG files; a browser that
is not there, or draws nothing, is an error.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "collections"), str(ROOT / "tests")]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PICTURES = {
    "light": ("1000,1400", "1"),
    "dark": ("1000,1400", "0"),
    "phone": ("390,2200", "1"),
}


def main(folder: Path) -> None:
    """Write the page and its pictures."""
    from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports.as_html import (
        as_html,
    )
    from support.reports import ordinary

    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"No browser: install one of {', '.join(BROWSERS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    page.write_text(as_html(ordinary()), encoding="utf-8")
    for name, (size, scheme) in PICTURES.items():
        picture = folder / f"report-{name}.png"
        _take(browser, page, picture, size, scheme)
        print(picture)


def _take(browser: str, page: Path, picture: Path, size: str, scheme: str) -> None:
    picture.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--window-size={size}",
            f"--blink-settings=preferredColorScheme={scheme}",
            f"--screenshot={picture.resolve()}",
            page.resolve().as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not picture.is_file() or picture.stat().st_size < 10_000:
        sys.exit(f"{browser} drew nothing into {picture}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
