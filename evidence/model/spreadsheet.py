"""Cells that a spreadsheet program must not take for a formula."""

from __future__ import annotations

import re

STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the wide forms begin a formula in some places
# A number is what it is, also below 0; "-1+2" is none
NUMBER = re.compile(r"[-+]?\d+(,\d{3})*(\.\d+)?([eE][-+]?\d+)?%?")


def safe(cell: object) -> str:
    """Return a cell as text, with an apostrophe before what a program would carry out.

    A cell that begins with =, +, - or @ is a formula to Excel, LibreOffice and others, whoever wrote
    it: OWASP, CSV injection. Numbers are left alone; nothing (None) is an empty cell.
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS) and not NUMBER.fullmatch(text) else text
