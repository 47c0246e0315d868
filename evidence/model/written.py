"""What authors write, read: numbers with their digits, P values, addresses, and numbers that stand for text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError, PydanticKnownError

P_VALUE = re.compile(r"[<>≤≥]? ?(?:0?\.[0-9]+|0|1(?:\.0+)?)")
NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MOST_DIGITS = 15
LOWEST_LEVEL, HIGHEST_LEVEL = 50, Decimal("99.99")  # of an interval, in percent
# What stands in numbers that were copied, and what is said of it
IN_NUMBERS = {
    ",": "a comma stands in it",
    " ": "a blank stands in it",
    "\N{NO-BREAK SPACE}": "a blank stands in it that keeps its line together (U+00A0)",
    "\N{NARROW NO-BREAK SPACE}": "a narrow blank stands in it (U+202F)",
    "\N{THIN SPACE}": "a thin blank stands in it (U+2009)",
    "\N{MIDDLE DOT}": "a raised point stands in it (U+00B7)",
    "%": "the unit stands under 'unit:'",
    "e": "its digits are written out",
    "E": "its digits are written out",
}
HOST = re.compile(r"[0-9.-]*+[A-Za-z][A-Za-z0-9.-]*+(?::[0-9]{1,5})?")
NOT_IN_ADDRESSES = frozenset(' <>"\\`')
LONGEST_ADDRESS = 2000
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
REPORTED = ("page", "number", "finding")  # what a report of a wrong number says


def parse_number(written: Any) -> Any:
    """Let numbers through as ``Decimal`` with their digits; refuse text that is no number.

    A true minus sign (U+2212), as papers and this site print it, is one. What would be printed with other
    digits than were written (1e3, 007, .5) is refused.
    """
    if isinstance(written, bool) or not isinstance(written, (int, Decimal, str)):
        raise PydanticCustomError("number", "this is not a number", {})
    plain = written.replace("\N{MINUS SIGN}", "-", 1) if isinstance(written, str) else written
    if isinstance(plain, str) and not NUMBER.fullmatch(plain):
        said = {"written": written, "why": _why_no_number(plain)}
        raise PydanticCustomError("number", "'{written}' is not a number{why}", said)
    number = Decimal(plain)
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise PydanticCustomError("number", "this number is too large or too small", {})
    return number


def _why_no_number(written: str) -> str:
    """Return ": " and what stands in the way, or nothing where no word for it helps."""
    if written.startswith((".", "-.")):
        return ": a zero is missing before its point"
    if re.fullmatch("[+-]?0[0-9]+([.][0-9]+)?", written):
        return ": it begins with a zero too many"
    if not written.isascii() and any(letter.isdigit() for letter in written):
        foreign = next((letter for letter in written if letter.isdigit() and letter > "9"), "")
        if foreign:
            return f": its digit U+{ord(foreign):04X} is none of 0 to 9"
    others = set(written).difference("+-.0123456789")
    known = others and others <= IN_NUMBERS.keys() and any(letter.isdigit() for letter in written)
    return f": {next(why for mark, why in IN_NUMBERS.items() if mark in others)}" if known else ""


def parse_level(written: Any) -> Any:
    """Accept the level of an interval in percent: from 50 to 99.99, which is all that is printed."""
    level = parse_number(written)
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        message = "a level of {written} percent is not between 50 and 99.99"
        raise PydanticCustomError("level", message, {"written": str(written)})
    return level


def parse_p_value(written: Any) -> Any:
    """Accept a P value as printed: 0.010, or "<0.001"."""
    text = parse_text(written)
    if not isinstance(text, str) or not P_VALUE.fullmatch(text):
        raise PydanticCustomError("p", "'{written}' is not a P value", {"written": str(written)})
    return text


def parse_whole(written: Any) -> Any:
    """Let whole numbers through, and text of plain digits; a truth value is no number."""
    if isinstance(written, bool):
        raise PydanticKnownError("int_type")
    if isinstance(written, str):
        number = whole_number(written)
        if number is None:
            raise PydanticKnownError("int_parsing")
        return number
    return written


def whole_number(written: str) -> int | None:
    """Return the number that plain digits mean, or None: neither 37² nor ٣٧ is one."""
    plain = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    return int(written) if plain else None


def is_address(written: str) -> bool:
    """Tell whether something is the address of a page: https or http, the name of a host, a path.

    Browsers pass over blanks and control characters, and run what then stands there as a script;
    what stands before an @ looks like a host and is none.
    """
    protocol, slashes, rest = written.partition("://")
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    return (
        bool(slashes)
        and protocol.lower() in {"https", "http"}
        and bool(HOST.fullmatch(host))
        and ".." not in host
        and host[0] not in ".-"
        and written.isprintable()
        and not NOT_IN_ADDRESSES & set(written)
        and len(written) <= LONGEST_ADDRESS
    )


def parse_address(written: Any) -> Any:
    """Accept a public address that begins with https:// or http:// and the name of a host."""
    if not isinstance(written, str) or not is_address(written):
        message = "'{written}' is not a public address"
        raise PydanticCustomError("address", message, {"written": str(written)})
    return written


def parse_report_address(written: Any) -> Any:
    """Accept a mail address, or the address of a form that has a place for each thing to report."""
    text = written if isinstance(written, str) else ""
    if MAIL.fullmatch(text):
        return text
    lacking = [f"({part})" for part in REPORTED if f"({part})" not in text]
    if not is_address(text) or lacking:
        why = f"has no {lacking[0]}" if is_address(text) else "is no address of a form or of mail"
        message = "'{written}' {why}"
        raise PydanticCustomError("report", message, {"written": str(written), "why": why})
    return text


def parse_text(written: Any) -> Any:
    """Let a number stand where text is asked for: ``volume: 20`` means the text 20."""
    number = isinstance(written, (int, Decimal)) and not isinstance(written, bool)
    return str(written) if number else written


# What means something in Markdown and HTML, and would be printed in words that are neither; first what schemas refuse too
OF_MARKDOWN_AND_HTML = r"\]\(|\*\*|\[\[|\[@|</?[A-Za-z][^<>\n]{0,80}>"
MARKS = re.compile(
    rf"{OF_MARKDOWN_AND_HTML}|(?<=[\d ])--(?=[\d ])|&(?:#\w{{1,8}}|[A-Za-z]{{2,12}});"
)
# What marks are made of, and what is put right: most texts have none of it, and a run looks through fifty thousand
ODD = re.compile(r"[]*[<&\u201c\t\n]|--|  ")


def plain_words(text: str) -> str:
    """Return a text that is printed as it stands, in one line, and refuse marks of Markdown and HTML in it."""
    if ODD.search(text) is None:
        return text.strip()
    mark = MARKS.search(text)
    if mark is None:
        return unquoted(BLANKS.sub(" ", text.strip()))
    message = "'{mark}' would be printed as it stands: plain words are asked for here"
    raise PydanticCustomError("words", message, {"mark": mark[0]})


BARE_NUMBER = re.compile(r"[\d.,\s\u2013-]+")
YEAR = re.compile(r"(?:1[89]|2[01])\d\d")
BLANKS = re.compile(r"[ \t\n]+")  # but no blank that keeps two words together


def unquoted(text: str) -> str:
    """Refuse a text in the quotation marks of a word processor, which YAML prints."""
    if text[:1] == "\u201c" and text[-1:] == "\u201d" and "\u201c" not in text[1:]:
        message = "the quotation marks around '{written}' would be printed"
        raise PydanticCustomError("quoted", message, {"written": text[1:-1]})
    return text


def with_unit(text: str) -> str:
    """Refuse a length of time, or an amount, of which only the number is written; a year needs no unit."""
    if BARE_NUMBER.fullmatch(text) and not YEAR.fullmatch(text):
        raise PydanticCustomError("unit-beside", "'{written}' has no unit", {"written": text})
    return text


def parse_truth(written: Any) -> Any:
    """Accept true and false, and the words yes and no, by which many people mean them."""
    truths = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(written, bool):
        return written
    if not isinstance(written, str) or written not in truths:
        raise PydanticCustomError(
            "truth", "'{written}' is neither true nor false", {"written": str(written)}
        )
    return truths[written]
