"""The two parts of a page's file: what stands between two lines of '---', and the text below it."""

from __future__ import annotations

import re

from evidence.problems import Place, Problem

OPEN = re.compile(r"\A(?P<above>(?:[ \t]*\n)*)---[ \t]*(?:\n|\Z)")
FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
GOES_ON = re.compile(
    r"\A(?:[ \t]*\n)*(?P<key>[a-z][a-z-]*:)(?:[ \t][^\n]*)?\n(?:[^\n]+\n)*?---[ \t]*(?:\n|\Z)"
)
HINT = "Begin the file with '---', keys such as 'title:' and 'kind:', and '---' again."
# How other programs begin a page, or how a program spoils the line: what it is, and what to do
MEANT: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\A\+\+\+"), "the front matter is TOML, which is not read here",
     "Write '---' for '+++', and 'title: Words' for 'title = \"Words\"'."),
    (re.compile(r"\A\{"), "the front matter is JSON, which is not read here",
     "Write it between two lines of '---', as in 'title: Words', without brackets and commas."),
    (re.compile(r"\A(?:[-–—]{4,}+|[–—_*=~]++[ \t]*+\n)"), "the first line is no '---'",
     "Type three hyphens, ---, and nothing else; some programs make a dash of them."),
    (re.compile(r"\A[ \t]++---"), "blanks stand in front of the first '---'",
     "Begin it, and each key below it, at the margin."),
    (re.compile(r"\A```"), "the front matter stands in code", "Delete the lines of ```, and begin with '---'."),
)  # fmt: skip


def span(text: str) -> tuple[int, int, int] | None:
    """Return where the front matter of a page begins and ends, and where the text below begins; None without one."""
    opened = OPEN.match(text)
    closed = FENCE.search(text, opened.end() - 1) if opened else None
    return (opened.end(), closed.start(), closed.end()) if opened and closed else None


def parted(file: str, text: str) -> tuple[str, str] | Problem:
    """Return front matter and text of a page; the first has the lines that it has in the file but the first."""
    opened = OPEN.match(text)
    if opened is None:
        begun = text.lstrip("\n")
        line = text[: len(text) - len(begun)].count("\n") + 1
        for pattern, message, hint in MEANT:
            if pattern.match(begun):
                return Problem(Place(file, line, 1), "front-matter-present", message, hint)
        return Problem(
            Place(file, 1, 1), "front-matter-present", "the page has no front matter", HINT
        )
    closed = FENCE.search(text, opened.end() - 1)
    if closed is None:
        line = opened["above"].count("\n") + 1
        message, hint = (
            "the front matter is not closed",
            "Write '---' on a line of its own below its last key.",
        )
        return Problem(Place(file, line, 1), "front-matter-present", message, hint)
    front, body = text[opened.end() : closed.start()], text[closed.end() :]
    goes_on = GOES_ON.match(body)
    if goes_on is not None:
        line = text.count("\n", 0, closed.start()) + 1
        message = f"the front matter ends here, and '{goes_on['key']}' stands behind its end"
        return Problem(
            Place(file, line, 1), "front-matter-present", message, "Delete this line of '---'."
        )
    return "\n" * opened["above"].count("\n") + front, body
