# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look in headless Chromium whether every page of the site fits, and shows its pictures.

``python tests/tools/page_widths.py build/docs/build/html`` opens each page as wide as a phone and
as wide as a desk.  A page that has to be moved sideways, a part that is cut off at the edge, and a
picture that is none are errors; so is a browser that is not there.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import typing as t
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.report_picture import BROWSERS

WIDTHS = (390, 1280)
#: A page within a page is as wide as it is told to be, whatever the window is.
LOOK = """<!doctype html><iframe style="border:0;height:800px"></iframe><pre></pre><script>
// The theme hides what is too wide, so that the width of a page says little.
const style = (part) => frame.contentWindow.getComputedStyle(part);
const moves = (part) => part
  && (/auto|scroll/.test(style(part).overflowX) || moves(part.parentElement));
// A word that does not fit is wider than what it is in.
const ends = (part) => {
  const box = part.getBoundingClientRect();
  return Math.max(box.right, part.clientWidth ? box.left + part.scrollWidth : 0);
};
const frame = document.querySelector("iframe"), found = [], todo = %s;
// The theme makes tables movable after the page is there.
frame.onload = () => setTimeout(look, 500);
function look() {
  const page = frame.contentDocument, root = page.documentElement;
  const cut = [...page.body.querySelectorAll("*")].filter((part) =>
    ends(part) > root.clientWidth + 1 && !moves(part));
  const wide = root.scrollWidth > root.clientWidth ? [root] : [];
  const inner = cut.filter((part) => ![...part.children].some((child) => cut.includes(child)));
  const named = [...wide, ...inner].slice(0, 3).map((part) => part.outerHTML.slice(0, 80));
  const dead = [...page.images].filter((image) => !image.naturalWidth).map((image) => image.src);
  found.push([...todo.shift(), named, dead]);
  next();
}
function next() {
  if (!todo.length) document.querySelector("pre").textContent = JSON.stringify(found);
  else [frame.style.width, frame.src] = [todo[0][1] + "px", todo[0][0]];
}
next();
</script>"""


def seen(browser: str, pages: t.Sequence[str]) -> list[tuple[str, int, list[str], list[str]]]:
    """Each page at each width: what is too wide for it, and the pictures that are none."""
    todo = [(page, width) for page in pages for width in WIDTHS]
    with tempfile.TemporaryDirectory() as folder:
        looker = Path(folder, "look.html")
        looker.write_text(LOOK % json.dumps(todo), encoding="utf-8")
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--allow-file-access-from-files",
            # Nothing of a page may have to come from elsewhere.
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}/profile",
            "--window-size=1400,900",
            "--virtual-time-budget=600000",
            "--dump-dom",
        ]
        done = subprocess.run(
            [browser, *options, looker.as_uri()], capture_output=True, text=True, check=True
        )
    told = re.search(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    found = json.loads(html.unescape(told[1])) if told and told[1] else []
    if len(found) != len(todo):
        sys.exit(f"{browser} came to {len(found)} of {len(todo)} pages.")
    return [tuple(one) for one in found]


def problems(site: Path) -> list[str]:
    """What is wrong with the pages below ``site``, as sentences; none when all is well."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"No browser: install one of {', '.join(BROWSERS)}.")
    pages = [path.as_uri() for path in sorted(site.resolve().rglob("*.html"))]
    if not pages:
        sys.exit(f"No pages in {site}; run make docs first.")
    found = []
    for page, width, cut, dead in seen(browser, pages):
        name = page.removeprefix(f"{site.resolve().as_uri()}/")
        found += [f"{name} is too wide for {width}: {part}" for part in cut]
        found += [f"{name} has no picture {picture}" for picture in dead]
    print(f"{len(pages)} pages, each {' and '.join(map(str, WIDTHS))} wide")
    return found


if __name__ == "__main__":
    wrong = problems(Path(sys.argv[1]))
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(1 if wrong else 0)
