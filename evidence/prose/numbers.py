"""Which digits and number words in prose carry evidence, and so have to be bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
LOCATORS = "[Tt]ables?|[Ff]igures?|[Pp]anels?|[Rr]ows?|[Rr]eferences?|[Pp]aragraphs?|[Ss]teps?|[Ss]ections?"
UNITS = (
    "[mkµun]?g|[mµd]?l|[mckµ]?m|mmhg|iu|hz|h|hrs?|hours?|mins?|minutes?|s|secs?|seconds?|days?|"
    "weeks?|months?|years?|yrs?|people|patients?|points?|cells?|k|x|fold|million|bn"
)
YEAR = r"(?:19|20)\d\d"

# What is recognised as carrying no evidence. Longer forms stand before shorter ones.
RECOGNISED = re.compile(
    "|".join(
        (
            r"https?://\S+",
            r"\b10\.\d{4,9}/\S+",
            rf"\b\d{{1,2}} (?:{MONTHS})(?: {YEAR})?\b",
            rf"\b(?:{MONTHS}) {YEAR}\b",
            rf"\b{YEAR}-\d\d(?:-\d\d)?\b",
            rf"\b{YEAR}(?:s|(?: ?[–-] ?| to | and ){YEAR})?\b(?![,.]?\d)",
            r"\b[Pp]hases? \d(?:/\d)?[ab]?(?:(?:, | or | and | to | and/or |–)(?:[Pp]hase )?\d(?:/\d)?[ab]?)*\b",
            r"\b[Tt]ype [12] diabetes\b",
            rf"\b(?:{LOCATORS}) \d+[A-F]?(?:(?: to | and |, |–|-)\d+[A-F]?)*",
            r"\b\d\d(?:\.\d)?% (?:CI|confidence|prediction|interval)",
            r"\b(?:of|in|out of) every 100\b|\bevery 100 people\b|\b[Pp]er 100 people\b",
            r"\bCC BY \d\.\d\b",
            r"\bWCAG \d\.\d\b",
            # Names that hold digits: CD34, XS228, NCT01541579, HbA1c, IL-6, COVID-19, A1
            # but not what somebody forgot to put a space into: 40mg, 12months
            rf"[A-Za-z]+[A-Za-z-]*-?\d[\w.-]*\b|\b\d+(?!(?:{UNITS})\b)[A-Za-z]+\w*\b",
        )
    )
)
DIGITS = re.compile(
    r"(?<![\w.])[<>≤≥~±+−-]?(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)(?:/\d+)?\s?%?|[¼-¾⅐-⅞]"
)

CARDINAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand|million|dozen"
)
COUNTED = (
    "people|persons|patients|participants|adults|children|women|men|studies|trials|papers|"
    "deaths|cases|per cent|percent|percentage points"
)
WORDS = re.compile(
    rf"\b(?:{CARDINAL})(?:[ -](?:{CARDINAL}|one))*(?: \w+)? (?:{COUNTED})\b"
    r"|\b(?:[Hh]alf|(?:[Aa]|[Oo]ne|[Tt]wo) thirds?|(?:[Aa]|[Oo]ne|[Tt]hree) quarters?"
    r"|(?:[Tt]wo|[Tt]hree)-(?:thirds|quarters)) (?:of|the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundNumber:
    """A number in prose: its text and offset."""

    text: str
    start: int


def unbound_numbers(prose: str) -> list[FoundNumber]:
    """Return the numbers in ``prose`` that carry evidence and are not bound.

    ``prose`` has its references, links and code blanked, so that offsets are the author's.
    """
    one_line = prose.replace("\n", " ")  # what is recognised may be folded over two lines
    rest = RECOGNISED.sub(lambda found: " " * len(found.group()), one_line)
    numbers = [FoundNumber(found.group().strip(), found.start()) for found in DIGITS.finditer(rest)]
    words = [FoundNumber(found.group(), found.start()) for found in WORDS.finditer(rest)]
    return sorted(numbers + words, key=lambda number: number.start)


def count_numbers(text: str) -> int:
    """Return how many numbers stand in ``text``, of whatever meaning."""
    return len(DIGITS.findall(text))
