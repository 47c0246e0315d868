"""Ways to spoil a text, as authors, editors, programs and attackers do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

TOKEN = re.compile(r"[\w.@/-]+|[^\w\s]")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
KEY = re.compile(r"(?m)^([\s-]*[\w-]+:)[ \t]+\S.*$")
NUMBERS = (
    "0", "-1", "-0", "1e9", "1e400", "9" * 20, "9" * 200, "9" * 5000, "0.1", ".5", "5.", "NaN",
    "inf", "-inf", "1_000", "1,000", "0x1F", "007", "٣٧", "37²", "①", "½", "\uff11\uff12", "100.0000001",
    "0.00000000001", "99999999999999999999.9", "2024-13-40", "2024-02-30", "0000", "10000", "1/0",
)  # fmt: skip
ODD = (
    "", " ", "\t", "'", '"', "''", '""', "[[", "]]", "[", "]", "{", "}", "[]", "{}", "- ", ": ", "? ",
    "| ", "> ", "|", "#", " #", "&a ", "*a", "*a ", "!x ", "!!int ", "<<: ", "---", "...", "~", "null",
    "true", "%", "@", "`", ",", ";", "\\", "\\x01", "\\ud800", "\\u0000", "\0", "\x01", "\x0b", "\x0c",
    "\x1b[31m", "\x7f", "\x85", "\xa0", "\u00ad", "\u200b", "\u202e", "\u2028", "\u2029", "\ufeff",
    "\ufffe", "\ue000", "\ue001", "\ue0000\ue001", "\ue010", "é", "e\u0301", "😀", "ﬁ", "İ", "ß",
    "\r", "\r\n", "\n", "\n\n", "\n---\n", "<script>", "</p>", "<!--", "-->", "<a href=//x>", "{{", "}}",
    "{%", "%}", "{{ 1/0 }}", "{% for %}", "{% include 'x' %}", "[[a/b]]", "[[a/b|c]]", "[[=5]]", "[[@a]]",
    "![[a]]", "[x](y)", "[x](javascript:a)", "[x]: y", "![](a)", "[^1]", "|a|b|\n|-|-|", "# ", "    ",
    "java\tscript:a", "//x", "http://[::1", "https://a:b@c", "data:,", "../", "../../etc/passwd", "%00",
)  # fmt: skip
Spoil = Callable[[random.Random, str, str], str]


def spoilt(draw: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    """Return ``raw`` spoilt in one to four ways; words may come from ``others``."""
    text, other = raw.decode(), draw.choice(others).decode()
    for _ in range(draw.choice((1, 1, 1, 2, 3, 4))):
        text = draw.choice(WAYS)(draw, text, other)[:400_000]
    made = bytearray(text.encode("utf-8", "surrogatepass"))
    if made and draw.random() < 0.08:
        for _ in range(draw.choice((1, 2, 8))):
            made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def _lines(draw: random.Random, text: str, _other: str) -> str:
    lines = text.split("\n")
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines))
    how = draw.choice(("drop", "repeat", "swap", "indent", "dedent", "join", "many"))
    if how == "drop":
        del lines[at]
    elif how == "repeat":
        lines.insert(to, lines[at])
    elif how == "swap":
        lines[at], lines[to] = lines[to], lines[at]
    elif how == "indent":
        lines[at] = draw.choice((" ", "  ", "    ", "\t")) + lines[at]
    elif how == "dedent":
        lines[at] = lines[at].lstrip()
    elif how == "join":
        lines[at : at + 2] = ["".join(lines[at : at + 2])]
    else:
        lines[at:at] = [lines[at]] * draw.choice((3, 50, 500))
    return "\n".join(lines)


def _token(draw: random.Random, text: str, other: str) -> str:
    """Put a word of this or another file in place of one."""
    found, words = list(TOKEN.finditer(text)), TOKEN.findall(draw.choice((text, other)))
    if not found or not words:
        return text
    place = draw.choice(found)
    word: str = draw.choice(words)
    return text[: place.start()] + word + text[place.end() :]


def _number(draw: random.Random, text: str, _other: str) -> str:
    found = list(NUMBER.finditer(text))
    if not found:
        return text
    place = draw.choice(found)
    return text[: place.start()] + draw.choice(NUMBERS) + text[place.end() :]


def _insert(draw: random.Random, text: str, _other: str) -> str:
    at = draw.randrange(len(text) + 1)
    gone = draw.choice((0, 0, 1, 5))
    return text[:at] + draw.choice(ODD) * draw.choice((1, 1, 1, 2, 60)) + text[at + gone :]


def _value(draw: random.Random, text: str, _other: str) -> str:
    """Put something else behind a key."""
    found = list(KEY.finditer(text))
    if not found:
        return text
    place = draw.choice(found)
    value = draw.choice((*NUMBERS, *ODD, "[a, b]", "{a: b}", "[{a: [b]}]", "yes", "text"))
    return f"{text[: place.start()]}{place.group(1)} {value}{text[place.end() :]}"


def _nest(draw: random.Random, text: str, _other: str) -> str:
    """Put brackets, dashes or quotes around something, a few or very many."""
    at = draw.randrange(len(text) + 1)
    to = min(len(text), at + draw.choice((0, 1, 10, 100)))
    opening, closing = draw.choice(
        (("[", "]"), ("{a: ", "}"), ("- ", ""), ("> ", ""), ("(", ")"), ("*", "*"), ("[[", "]]"),
         ("<b>", "</b>"), ("{{", "}}"), ("'", "'"), ("? ", ""), ("[x](", ")"), ("`", "`"))
    )  # fmt: skip
    times = draw.choice((1, 2, 20, 101, 2000))
    return text[:at] + opening * times + text[at:to] + closing * times + text[to:]


def _cut(draw: random.Random, text: str, _other: str) -> str:
    at, to = sorted((draw.randrange(len(text) + 1), draw.randrange(len(text) + 1)))
    cut: str = draw.choice((text[:at], text[at:], text[:at] + text[to:], text + text[at:to]))
    return cut


WAYS: tuple[Spoil, ...] = (
    _lines,
    _token,
    _token,
    _number,
    _insert,
    _insert,
    _value,
    _value,
    _nest,
    _cut,
)
