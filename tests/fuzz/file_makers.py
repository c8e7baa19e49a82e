# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configuration files that nobody would write, made by chance, and then bent."""

from __future__ import annotations

import json
import random
import typing as t
from xml.sax.saxutils import quoteattr

SMTP = ("Host", "Port", "UserName", "Password", "EnableSsl", "Domain", "UseDefaultCredentials")
FAMILIES = {
    "abp": ["Alerts.Email.Enabled", "Abp.Net.Mail.DefaultFromAddress"]
    + ["Abp.Net.Mail.DefaultFromDisplayName"]
    + [f"Abp.Net.Mail.Smtp.{name}" for name in SMTP],
    "abp_mailing": [f"Abp.Mailing.Smtp.{name}" for name in SMTP if name != "Password"],
    "identity": [f"Email.Smtp.{name}" for name in SMTP],
}
INSIGHTS = ("tls_version", "from_email", "host", "port", "username", "password")
OTHERS = ("Logging", "Default", "a", "b.c", "Kestrel:Url", "x y", "é", "1", "AllowedHosts", "on")
WORDS = ("old", "old.example.com", "", "25", "587", "true", "False", "a b", "é", "0587", "null")
ODD = (
    *("Robots, Inc", "Robots}", "a: b", "a #b", "- a", "[x]", "'a'", '"a"', "*a", "&a", "!a", "|"),
    *("%a", "@a", "`a", "---", "~", "null", "yes", "1e3", "0x1F", "007", "1_000", "12:30:45"),
    *("2024-13-01", "=", "<<", ".inf", "a\tb", " a ", "a\\b", "<a>", "&#64;", "]]>", "/*", "//"),
    *("a\x7fb", "a\x85b", "a\u2028b", "\ufeffa", "\U0001f600", "{{ a }}", "a\x01b", "\u00e9"),
)
TOKENS = {
    "json": [*'"{}[],:\\\n1', "//", "/*", "*/", "null", "\ufeff"],
    "yaml": [*":- \n#'\"{}[],\t%", "  ", "&a ", "*a", "!t ", "|\n", ">-\n", "---\n", "...\n"],
    "xml": [
        "<",
        ">",
        "/",
        '"',
        "'",
        "=",
        "&amp;",
        "&#10;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\n",
        "<add/>",
        "</add>",
        "<clear/>",
        "<?x?>",
        " ",
    ],
}


class Maker:
    """Makes texts; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.is_bent = False

    def file(self, kind: str) -> tuple[bytes, dict[str, t.Any]]:
        """A file, and the options of ``config_file`` that may fit it."""
        text = {"json": self._json, "yaml": self._yaml, "xml": self._xml}[kind]()
        self.is_bent = self._often(0.3)
        if self.is_bent:
            text = self._bent(kind, text)
        if self._often(0.2):
            text = text.replace("\n", "\r\n")
        return self._encoded(kind, text), self._options(kind)

    def settings(self) -> dict[str, t.Any]:
        """Some settings, odd values among them."""
        text = self._word if self._often(0.5) else lambda: self.chance.choice(ODD)
        every: dict[str, t.Callable[[], t.Any]] = {
            "smtp_host": lambda: self.chance.choice(["smtp.example.com", "mail.example.org"]),
            "smtp_port": lambda: self.chance.choice([25, 587, 2525]),
            "enable_ssl": lambda: self._often(0.5),
            "enable_email_alerts": lambda: self._often(0.5),
            "smtp_username": text,
            "smtp_password": lambda: f"pw{text()}" if self._often(0.5) else "004217",
            "smtp_domain": text,
            "default_from_display_name": text,
            "default_from_address": lambda: "robot@example.com",
        }
        names = self.chance.sample(sorted(every), self.chance.randint(1, 4))
        return {name: every[name]() for name in names}

    def fewer(self) -> dict[str, t.Any]:
        """A declaration that takes some settings out, or all."""
        return {"state": "inherited", **(self.settings() if self._often(0.7) else {})}

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _word(self) -> str:
        return self.chance.choice(WORDS)

    def _options(self, kind: str) -> dict[str, t.Any]:
        styles = ("auto",) * 16 + ("abp", "abp_mailing", "identity", "insights")
        options: dict[str, t.Any] = {"format": kind, "key_style": self.chance.choice(styles)}
        if kind == "xml":
            options["layout"] = self.chance.choice(
                ["app_settings", "app_settings", "mail_settings"]
            )
        elif self._often(0.3):
            options["section"] = self.chance.choice(
                ["Settings", "App:Settings", "settings", "None"]
            )
        return options

    def _encoded(self, kind: str, text: str) -> bytes:
        how = self.chance.random()
        if how < 0.05:
            return b"\xff\xfe" + text.encode("utf-16-le", "replace")
        mark = b"\xef\xbb\xbf" if how < 0.15 else b""
        return mark + text.encode("utf-8", "replace")

    def _keys(self) -> list[str]:
        family = self.chance.choice(["abp", "abp", "abp_mailing", "identity"])
        keys = self.chance.sample(FAMILIES[family], self.chance.randint(0, 4))
        if self._often(0.05):
            keys = [key.lower() for key in keys]
        return keys

    def _bent(self, kind: str, text: str) -> str:
        for _time in range(self.chance.randint(1, 3)):
            at = self.chance.randint(0, len(text))
            to = min(len(text), at + self.chance.choice([0, 1, 1, 2, 10]))
            piece = self.chance.choice(["", text[at:to] * 2, self.chance.choice(TOKENS[kind])])
            text = text[:at] + piece + text[to:]
        return text

    # ---- JSON --------------------------------------------------------------------------------

    def _json(self) -> str:
        if self._often(0.02):
            return self.chance.choice(["", "\n", "{}", "[]", "null"])
        self._unit = self.chance.choice(["  ", "    ", "\t", ""])
        self._comments, self._trailing = self._often(0.4), self._often(0.3)
        if self._often(0.06):
            return self._cluster() + "\n"
        return self._comment("\n") + self._object(0, self._keys(), self._often(0.6)) + "\n"

    def _cluster(self) -> str:
        """The configuration of a cluster, with a block for Insights that may be empty."""
        names = self.chance.sample(INSIGHTS, self.chance.randint(0, len(INSIGHTS)))
        block = self._object(2, names, False)
        end = "\n" if self._unit else " "
        return f'{{{end}"insights": {{{self._comment(end)}"smtp_configuration": {block}}}{end}}}'

    def _object(self, depth: int, keys: list[str], is_nested: bool) -> str:
        end = "\n" if self._unit else " "
        inner, outer = end + self._unit * (depth + 1), end + self._unit * depth
        members = [] if is_nested else [f"{json.dumps(key)}: {self._scalar()}" for key in keys]
        members += [f"{json.dumps(name)}: {self._json_value(depth + 1)}" for name in self._names()]
        if is_nested:
            name = self.chance.choice(["Settings", "App", "AppSettings"])
            below = self._object(depth + 1, keys, depth < 2 and self._often(0.2))
            members.append(f"{json.dumps(name)}: {below}")
        self.chance.shuffle(members)
        if not members:
            return self.chance.choice(["{}", "{ }", f"{{{self._comment(outer)}}}"])
        lines = (inner + self._comment(inner) + member for member in members)
        body = (self._comment(" ") + ",").join(lines)
        return f"{{{body}{',' if self._trailing else ''}{self._comment(' ')}{outer}}}"

    def _names(self) -> list[str]:
        return self.chance.sample(OTHERS, self.chance.randint(0, 3))

    def _json_value(self, depth: int) -> str:
        if depth < 3 and self._often(0.3):
            return self._object(depth, [], False)
        if self._often(0.1):
            return '[1, 2.50, "x"]'
        return self._scalar()

    def _scalar(self) -> str:
        plain = ["1", "25", "-0.5", "1e3", "true", "false", "null", "587"]
        return self.chance.choice(plain) if self._often(0.3) else json.dumps(self._word())

    def _comment(self, after: str) -> str:
        if not self._comments or self._often(0.7):
            return ""
        block = f"/* {self.chance.choice(['x', ', }', '//'])} */{after if after.strip() else ' '}"
        return block if "\n" not in after else self.chance.choice([block, f"// why{after}"])

    # ---- YAML --------------------------------------------------------------------------------

    def _yaml(self) -> str:
        if self._often(0.04):
            return self.chance.choice(["", "# nothing\n", "---\n", "{}\n", "a: 1", "- a\n", "x"])
        self._anchors = 0
        keys, indent = self._keys(), self.chance.choice([2, 2, 4])
        head = self.chance.choice(["", "", "# head\n", "---\n", "%YAML 1.1\n---\n"])
        if self._often(0.06):
            return self._merging(indent)
        margin = self.chance.choice([0, 0, 0, 2])
        text = head + self._map(margin, indent, keys, self._often(0.6))
        return text + self.chance.choice(["", "", "...\n", "# tail\n", "\n\n"])

    def _merging(self, indent: int) -> str:
        """A map that others merge in, with values of their own or without."""
        name, keys = self.chance.choice(["Settings", "App"]), self._keys()
        own = self.chance.sample(keys, self.chance.randint(0, len(keys)))
        above, below = (self._map(indent, indent, held, False) for held in (keys, own))
        return f"base: &b\n{above}{name}:\n{' ' * indent}<<: *b\n{below}"

    def _map(self, margin: int, indent: int, keys: list[str], is_nested: bool) -> str:
        lines = []
        if not is_nested:
            lines = [f"{self._key(key)}: {self._yaml_scalar(margin)}" for key in keys]
        lines += [f"{self._key(n)}:{self._yaml_value(margin, indent)}" for n in self._names()]
        if is_nested:
            name = self.chance.choice(["Settings", "App", "AppSettings"])
            lines.append(f"{name}:{self._below(margin, indent, keys)}")
        self.chance.shuffle(lines)
        pad = " " * margin
        notes = ["", "", "", f"{pad}# about it\n", "\n"]
        body = (f"{self.chance.choice(notes)}{pad}{line}{self._note(line)}" for line in lines)
        return "\n".join(body) + "\n" if lines else f"{pad}only: 1\n"

    def _below(self, margin: int, indent: int, keys: list[str]) -> str:
        if self._often(0.15):
            pairs = ", ".join(f"{key}: {self._flow_scalar()}" for key in keys)
            return f" {{{pairs}}}"
        if not keys and self._often(0.5):
            return self.chance.choice([" ", "", " ~", " {}"])
        anchor = " &map" if self._often(0.1) else ""
        nested = margin < 4 and self._often(0.15)
        return f"{anchor}\n{self._map(margin + indent, indent, keys, nested).rstrip()}"

    def _key(self, key: str) -> str:
        return json.dumps(key, ensure_ascii=False) if self._often(0.1) else key.replace("on", "On")

    def _note(self, line: str) -> str:
        is_open = line.endswith(("|", ">-")) or "\n" in line
        return "  # note" if self._often(0.2) and not is_open else ""

    def _yaml_scalar(self, margin: int) -> str:
        word = self._word()
        ways = [word, word, f"'{word}'", f'"{word}"', "", "~", "&x y", "# c"]
        ways += ["!t v"] if self._often(0.1) else []
        ways.append(f"|\n{' ' * (margin + 2)}{word or 'x'}")
        return self.chance.choice(ways)

    def _flow_scalar(self) -> str:
        word = self._word()
        return self.chance.choice([word or "x", f"'{word}'", f'"{word}"', ""])

    def _yaml_value(self, margin: int, indent: int) -> str:
        pad = " " * (margin + indent)
        ways = [
            f" {self._yaml_scalar(margin)}",
            f" {self._yaml_scalar(margin)}",
            f"\n{pad}- a\n{pad}- b: 1",
            f"\n{pad}k: v\n{pad}l: [1, {{m: n}}]",
            f" |+\n{pad}text\n\n",
            f" >-\n{pad}folded\n{pad}text",
            f" [1, 2,\n{pad}3]",
            " *map" if self._often(0.05) else " 1",
        ]
        return self.chance.choice(ways)

    # ---- XML ---------------------------------------------------------------------------------

    def _xml(self) -> str:
        self._unit = self.chance.choice(["  ", "    ", "\t", ""])
        encoding = self.chance.choice(["utf-8", "utf-8", "UTF-8", "us-ascii"])
        declared = f'<?xml version="1.0" encoding="{encoding}"?>\n'
        head = self.chance.choice(["", declared, "<!-- head -->\n"])
        parts = [self._app_settings(), self._mail_settings(), "<connectionStrings/>"]
        parts += self.chance.sample(
            [
                '<secure configProtectionProvider="x"><EncryptedData/></secure>',
                '<location path="x"><appSettings><add key="Abp.Net.Mail.Smtp.Host" value="l"/>'
                "</appSettings></location>",
                "<!-- <appSettings><add key='x' value='y'/></appSettings> -->",
                "<other><![CDATA[<appSettings>]]></other>",
                "<?target data?>",
                "<appSettings/>" if self._often(0.05) else "<a b='1>2'/>",
            ],
            2,
        )
        self.chance.shuffle(parts)
        kept = parts[: self.chance.randint(2, len(parts))]
        pad = "\n" + self._unit if self._unit else ""
        root = self.chance.choice(
            [" xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform'", "", "", "", ""]
        )
        return f"{head}<configuration{root}>{pad}{pad.join(kept)}{pad[:1]}</configuration>\n"

    def _app_settings(self) -> str:
        pad = "\n" + self._unit * 2 if self._unit else ""
        adders = [self._add(key) for key in (*self._keys(), *self._names())]
        adders += self.chance.sample(["<!-- note -->", "<clear/>", '<remove key="x"/>', ""], 1)
        self.chance.shuffle(adders)
        adders = [adder for adder in adders if adder]
        attributes = self.chance.choice([""] * 12 + [" file='none.config'", " configSource='x'"])
        if not adders or self._often(0.05):
            return self.chance.choice(["<appSettings />", "<appSettings></appSettings>"])
        notes = ("", "", " <!-- mine -->")
        body = "".join(f"{pad}{adder}{self.chance.choice(notes)}" for adder in adders)
        end = "\n" + self._unit if self._unit else ""
        return f"<appSettings{attributes}>{body}{end}</appSettings>"

    def _add(self, key: str) -> str:
        pairs = [f"key={quoteattr(key)}", f"value={self._attribute()}"]
        if self._often(0.2):
            pairs.reverse()
        gap = self.chance.choice([" ", " ", "  ", "\n      "])
        end = self.chance.choice([" />", "/>", "></add>", " ></add >", ">\n    </add>"])
        return f"<add {gap.join(pairs)}{end}"

    def _attribute(self) -> str:
        word = self.chance.choice([self._word(), "a&#64;b", "a&amp;b", "x > y", "&#xe9;"])
        return f"'{word}'" if self._often(0.3) else f'"{word}"'

    def _mail_settings(self) -> str:
        names = ["host", "port", "userName", "password", "enableSsl", "clientDomain"]
        chosen = self.chance.sample(names, self.chance.randint(0, 4))
        network = "".join(f" {name}={self._attribute()}" for name in chosen)
        smtp = self.chance.choice(["", " from='a@example.com'", " deliveryMethod='Network'"])
        inner = self.chance.choice([f"<network{network}/>", f"<network{network}></network>"])
        return f"<system.net><mailSettings><smtp{smtp}>{inner}</smtp></mailSettings></system.net>"
