"""The text of a source file, or what is wrong with it; a table may come as spreadsheet programs save it."""

from __future__ import annotations

import codecs
import re

from evidence.problems import Place, Problem
from evidence.read.limits import (
    CONFLICT,
    HIDDEN,
    INVISIBLE,
    LONGEST_LINE,
    SEPARATORS,
    beyond,
)
from evidence.read.sheet import OLD_WORKBOOK, PACKED, text_of_sheet
from evidence.read.sources import TABLES

SAVE_TABLE = "In a spreadsheet program, save it as 'CSV UTF-8', or as .xlsx."
NESTED = re.compile(r"^(?:(?: {0,3}> ?){21}|[ \t]{201})", re.MULTILINE)  # a line of Markdown


def text_of(name: str, raw: bytes) -> str | Problem:
    """Return the text of a file, or what is wrong with it.

    Lines end as everywhere, and nothing in it is invisible. A workbook is the CSV that it would be saved as.
    """
    table = name.startswith(TABLES)
    if table and name.endswith(".xlsx"):
        text = text_of_sheet(name, raw)
        return text if isinstance(text, Problem) else _long_line(name, text) or _visible(text)
    text = _decoded(name, raw, table=table)
    if isinstance(text, Problem):
        return text
    return _problem(name, text) or _visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def _visible(text: str) -> str:
    return text if text.isascii() else SEPARATORS.sub(" ", INVISIBLE.sub("", text))


def _decoded(name: str, raw: bytes, *, table: bool) -> str | Problem:
    """Return bytes as text: UTF-8, or of a ``table`` UTF-16 with its mark, as spreadsheet programs save it."""
    hint = SAVE_TABLE if table else "Save the file again with the encoding UTF-8."
    if table and raw.startswith((PACKED, OLD_WORKBOOK)):
        message = "this file is a workbook, and its name ends otherwise"
        hint = "Let its name end in .xlsx, or save it as CSV in UTF-8."
        return Problem(Place(name), "file-encoding", message, hint)
    try:
        if table and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        byte = f"byte 0x{raw[error.start]:02x}"
        message = f"this file is not text in UTF-8: {byte} cannot be read"
        return Problem(Place(name, line, column), "file-encoding", message, hint)


def _problem(name: str, text: str) -> Problem | None:
    if not text.strip():
        hint = "Fill it, or delete it."
        return Problem(Place(name, 1, 1), "file-not-empty", "this file is empty", hint)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        hint = "Save the file again as plain text in UTF-8."
        return Problem(Place(name, line, 1), "file-encoding", "this file is not plain text", hint)
    return (
        _conflict(name, text)
        or _hidden(name, text)
        or _long_line(name, text)
        or _nested(name, text)
    )


def _conflict(name: str, text: str) -> Problem | None:
    match = CONFLICT.search(text)
    if not match:
        return None
    line = len(re.findall("\r\n|\r|\n", text[: match.start()])) + 1
    message = f"git left '{match[0][:40]}' here, where two changes met"
    hint = "Keep what is right of the two, and delete the lines of <<<<<<<, ======= and >>>>>>>."
    return Problem(Place(name, line, 1), "conflict-resolved", message, hint)


def _hidden(name: str, text: str) -> Problem | None:
    match = HIDDEN.search(text)
    if not match:
        return None
    before = text[: match.start()].replace("\r\n", "\n").replace("\r", "\n")
    place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    message = f"the character U+{ord(match.group()):04X} cannot stand in a text"
    return Problem(place, "file-encoding", message, "Delete it; editors may not show it.")


def _nested(name: str, text: str) -> Problem | None:
    match = NESTED.search(text) if name.endswith(".md") else None
    if not match:
        return None
    line = len(re.findall("\r\n|\r|\n", text[: match.start()])) + 1
    message = "this line stands more than 20 quotations, or 200 blanks, deep"
    hint = "Look for stray '>' and blanks at the beginning of lines."
    return Problem(Place(name, line, 1), "file-limits", message, hint)


def _long_line(name: str, text: str) -> Problem | None:
    if len(text) <= LONGEST_LINE:
        return None
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        if len(line) > LONGEST_LINE:
            message = beyond("this line", len(line), "characters", LONGEST_LINE)
            return Problem(Place(name, number, 1), "file-limits", message, "Break it into lines.")
    return None
