"""Lines of YAML that people write in good faith and YAML reads as something else: what is said of them."""

from __future__ import annotations

import re

KEY = r"(?P<start>[ \t]*(?:- )?(?P<key>[\w-]+))"
CLOSE = re.compile(rf"{KEY}:(?P<value>[^\s:/].*)")
NO_BREAK = re.compile(rf"{KEY}:\xa0(?P<value>.*)")
VALUE = re.compile(rf"{KEY}:[ \t]+(?P<value>\S.*)")
# Signs with which a value without quotes may not begin, or that mean something there
SIGNS = "[*@&!%`{|>"
MEANT = re.compile(
    r"[|>][-+0-9]{0,2}|[*&][\w-]+"
)  # a text of several lines, and what is named twice
QUOTED = "\"'"
ENDED = re.compile(r"""(?:"[^"]*"|'[^']*')\s*[^\s#,\]}].*""")
LONGEST = 60
Said = tuple[int, str, str]  # how many lines above, the message, the hint


def misread(lines: list[str]) -> Said | None:
    """Return what is wrong in the last of some lines of YAML, or in one of the two above it."""
    for above, line in enumerate(reversed(lines[-3:])):
        for say in (_close, _value):
            said = say(line)
            if said is not None:
                return above, *said
    return None


def _close(line: str) -> tuple[str, str] | None:
    match = NO_BREAK.fullmatch(line) or CLOSE.fullmatch(line)
    if match is None or match["start"].strip().startswith("http"):
        return None
    return (
        f"a blank is missing behind '{match['key']}:'",
        f"Write {match['key']}: {match['value'].strip()}",
    )


def _value(line: str) -> tuple[str, str] | None:
    match = VALUE.fullmatch(line)
    if match is None:
        return None
    key, value = match["key"], match["value"].strip()
    if ENDED.fullmatch(value):
        message = f"the text behind '{key}:' goes on behind its quotes"
    elif value[0] in SIGNS and not MEANT.fullmatch(value):
        message = f"a text that begins with '{value[0]}' needs quotes in YAML"
    elif value[0] not in QUOTED and (": " in value or value.endswith(":")):
        message = f"the text behind '{key}:' holds a colon and a blank, and has no quotes"
    else:
        return None
    return message, f"Put it in double quotes: {key}: {quoted(value)}"


def quoted(text: str) -> str:
    """Return a text in double quotes, cut where it is long."""
    whole = text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
    return '"{}"'.format(whole.replace('"', "'"))
