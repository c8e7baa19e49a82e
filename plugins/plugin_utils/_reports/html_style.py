# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the HTML report looks: light or dark as the reader's screen is, and from a phone up."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #d9dde3; --ink: #1b2430; --soft: #5a6675;
  --good: #1a7f45; --bad: #c0352b; --warn: #9a5b00; --mute: #5a6675;
  --gone: #fdecea; --new: #e7f5ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --line: #343d49; --ink: #e7ebf0; --soft: #a3aebb;
    --good: #58c98a; --bad: #ff8a80; --warn: #f0b35b; --mute: #a3aebb;
    --gone: #3a2224; --new: #1d3527;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
code { font: 0.9em/1.5 ui-monospace, monospace; unicode-bidi: isolate; }
h1, h2, h3, p, code, td, dd, li { overflow-wrap: anywhere; }
header { border-left: 0.4rem solid var(--good); padding: 0.2rem 0 0.2rem 1rem; }
header.failed { border-color: var(--bad); }
header p { margin: 0; color: var(--soft); }
h1 { margin: 0.1rem 0 0.6rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 0.6rem; font-size: 1.1rem; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; }
h3 code { font-size: 1rem; }
ul.counts {
  list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0 0 0.6rem; padding: 0;
}
ul.counts li {
  border: 1px solid currentColor; border-radius: 1rem; padding: 0 0.7rem; font-size: 0.9rem;
}
.as_declared { color: var(--good); }
.error, .unreachable { color: var(--bad); }
.drift { color: var(--warn); }
.not_checked, .not_compared { color: var(--mute); }
article {
  background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem;
  padding: 0.8rem 1rem; margin: 0 0 0.8rem;
}
article > div {
  display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; justify-content: space-between;
}
article p { margin: 0.4rem 0 0; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0 0; font-size: 0.95rem; }
th, td {
  text-align: left; vertical-align: top; padding: 0.3rem 0.6rem;
  border-top: 1px solid var(--line);
}
th { font-weight: 600; color: var(--soft); }
thead th { border-top: 0; }
td.before code { background: var(--gone); padding: 0 0.3rem; border-radius: 0.2rem; }
td.declared code { background: var(--new); padding: 0 0.3rem; border-radius: 0.2rem; }
details { margin: 0.6rem 0 0; }
summary { cursor: pointer; color: var(--soft); }
dl {
  display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.4rem 0 0;
  font-size: 0.95rem;
}
dt { color: var(--soft); }
dd { margin: 0; }
@media (max-width: 40rem) {
  thead { display: none; }
  tr { display: block; padding: 0.3rem 0; border-top: 1px solid var(--line); }
  th[scope=row], td { display: block; border: 0; padding: 0.05rem 0; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
  dl { display: block; }
  dd { margin: 0 0 0.3rem; }
}
@media print { body { background: none; } article { break-inside: avoid; } }
""".strip()
