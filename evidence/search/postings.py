"""Words with the sheets that they stand on, written short, and shared out into small files by first letters."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HALF = 32  # the first half of DIGITS ends a number, the second goes on
WEIGHTS = 8  # a number holds a step to the next sheet and one of so many weights
FIRST = 2  # letters by which words are grouped before groups are measured
LARGEST = 7_000  # bytes of a file, which may be more for one word
END = " "  # stands in no word; ends each, so that a word has a group of its own


def written(sheets: Iterable[tuple[int, int]]) -> str:
    """Return sheets in order, each a step from the one before with its weight, as letters.

    A number is written five bits to a letter, the least first.
    """
    letters, before = [], -1
    for sheet, weight in sheets:
        number = (sheet - before - 1) * WEIGHTS + weight
        before = sheet
        while number >= HALF:
            letters.append(DIGITS[HALF + number % HALF])
            number //= HALF
        letters.append(DIGITS[number])
    return "".join(letters)


def group_of(word: str) -> str:
    """Return the group in which a word is gathered: its first letters."""
    return f"{word}{END}"[:FIRST]


def shared_out(prefix: str, lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield files of words that begin alike, by what they begin with; a line begins with its word.

    A file that would be too large is parted by the next letter. So a changed word changes its file.
    """
    if len(lines) == 1 or sum(len(line) + 1 for line in lines) <= LARGEST:
        yield prefix, lines
        return
    parts: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        parts[line[: len(prefix) + 1]].append(line)
    for longer, part in sorted(parts.items()):
        yield from shared_out(longer, part)


def table_of(prefixes: Iterable[str]) -> str:
    """Return what the files of words begin with, as a tree: a letter, and in < > those after it.

    Neither bracket stands in a word. So a thousand files are told in less than a kilobyte.
    """
    branches: dict[str, list[str]] = defaultdict(list)
    for prefix in sorted(prefixes):
        branches[prefix[0]].append(prefix[1:])
    return "".join(
        letter if rests == [""] else f"{letter}<{table_of(rests)}>"
        for letter, rests in branches.items()
    )


def file_of(prefix: str) -> str:
    """Return the path of the file of the words that begin with ``prefix``."""
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() else f"_{ord(letter):x}_"
        for letter in prefix
    )
    return f"search/words-{plain}.js"


def call(name: str, *values: Any) -> bytes:
    """Return a script that hands JSON to ``evidenceSearch``: quicker to read than a literal."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    quoted = quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"evidenceSearch.{name}(...JSON.parse('{quoted}'));\n".encode()
