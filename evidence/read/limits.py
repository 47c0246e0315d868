"""Limits that no honest file meets, and what is said of a file that meets one.

They keep a file from costing minutes or all memory: whatever is written, the answer is a message.
"""

from __future__ import annotations

import re

MOST_BYTES = 2_000_000  # of a file of text
MOST_STATIC_BYTES = 20_000_000  # of a file that is published as it is
LONGEST_LINE = 100_000  # characters
MOST_COLUMNS = 500  # of a table
MOST_ROWS = 20_000  # of a table
DEEPEST = 100  # levels of nested lists and mappings
MOST_VALUES = 100_000  # keys and values of a YAML file, aliases written out
MOST_ALIASES = 100
MOST_DIGITS = 100  # a longer row of digits is no number, and Python refuses to read some
MOST_PACKED = 500_000  # files in a ZIP archive
MOST_UNPACKED_BYTES = 8_000_000_000  # of a ZIP archive, all its files together
MOST_SHEET_BYTES = 20_000_000  # of a workbook that is a table, unpacked
MOST_TIMES_PACKED = 200  # as large as what is packed, beyond which it is no text
MOST_PROBLEMS = 100  # of one kind in one file: nobody mends more at a time
# What no editor shows and no page can hold
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# What no reader sees in a text, and what would part a word for whoever looks for it
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
SEPARATORS = re.compile("[\u2028\u2029\x85]")  # lines for some programs, and for no editor
# git leaves them where two changes met, each on a line of its own
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)[^\n]*", re.MULTILINE)


def beyond(what: str, number: int, unit: str, most: int) -> str:
    """Return "this file has 20,000,000 bytes, more than the 2,000,000 that are read"."""
    return f"{what} has {number:,} {unit}, more than the {most:,} that are read"
