"""Which digits and number words in prose carry evidence, and so have to be bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.model import base

MONTHS = "|".join(base.MONTHS)
LOCATORS = "[Tt]ables?|[Ff]igures?|[Pp]anels?|[Rr]ows?|[Rr]eferences?|[Pp]aragraphs?|[Ss]teps?|[Ss]ections?"
UNITS = (
    "[mkµun]?g|[mµd]?[lL]|[mckµ]?m|mm[hH]g|iu|IU|[kM]?[hH]z|h|hrs?|hours?|mins?|minutes?|s|secs?|seconds?|days?|"
    "weeks?|months?|years?|yrs?|people|patients?|points?|cells?|k|x|fold|million|bn|pp"
)
YEAR = r"(?:19|20)\d\d"

# Names that hold digits: CD34, XS228, NCT01541579, HbA1c, IL-6, COVID-19, A1
NAME = r"(?!(?:OR|RR|HR|MD)\d+\.\d)-*[A-Za-z][A-Za-z-]*+\d[\w.-]*\b"
# What is recognised as carrying no evidence. Longer forms stand before shorter ones. A name is
# looked for where its letters begin and behind what was recognised, not from each letter again:
# so a long word costs no more than its length.
RECOGNISED = re.compile(
    rf"(?<![A-Za-z-]){NAME}|(?:%s)(?:{NAME})?"
    % "|".join(
        (
            r"https?://\S+",
            r"\b10\.\d{4,9}/\S+",
            rf"\b\d{{1,2}} (?:{MONTHS})(?: {YEAR})?\b",
            rf"\b(?:{MONTHS}) {YEAR}\b",
            rf"\b{YEAR}-\d\d(?:-\d\d)?\b",
            rf"\b{YEAR}(?:s|(?: ?[–-] ?| to | and ){YEAR})?\b(?![,.]?\d)",
            r"\b[Pp]hases? \d(?:/\d)?[ab]?(?:(?:, | or | and | to | and/or |–)(?:[Pp]hase )?\d(?:/\d)?[ab]?)*\b",
            r"\b[Tt]ype [12]\b",
            rf"\b(?:{LOCATORS}) \d+[A-F]?(?:(?: to | and |, |–|-)\d+[A-F]?)*",
            r"\b\d\d(?:\.\d)?% (?:CI|confidence|prediction|interval)",
            r"\b(?:of|in|out of) every 100\b|\bevery 100 people\b|\b[Pp]er 100 people\b",
            r"\bCC BY \d\.\d\b",
            r"\bWCAG \d\.\d\b",
            # Names that begin with digits, but not what somebody forgot a space in: 40mg, 12months, 12of20
            rf"\b\d++(?!(?:{UNITS})\b|of\d|e[+-]?\d)[A-Za-z]+\w*\b",
        )
    )
)
DIGIT = re.compile(r"[\d¼-¾⅐-⅞①-⓿❶-➓]")  # without one there is nothing of the next
DIGITS = re.compile(
    r"(?<![\w.])[<>≤≥~±+−-]?(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)(?:/\d+)?\s?%?|[¼-¾⅐-⅞①-⓿❶-➓]"
    r"|(?<=\b(?:OR|RR|HR|MD))\d+\.\d+"
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
PARTS = "thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
# What people did, or what was found in them: a number in words before it is a result
FOUND = (
    "had|improved|died|recovered|worsened|withdrew|relapsed|responded|developed|suffered|survived|regained|"
    "needed|felt|walked"
)
SHARE = (
    rf"\b(?:half|(?:a|one|two|three|four) (?:{PARTS})) (?:of|the|{FOUND}|were|was|are)\b"
    rf"|\b(?:one|two|three|four|five)-(?:{PARTS})(?: of| the)?\b|\bhalf a (?:dozen|hundred|thousand|million)\b"
)
NUMBER = rf"(?:one|{CARDINAL})"
# One number of another, and how many times one is the other
RATIO = (
    rf"\b(?:{NUMBER} (?:in|out of) (?:every )?|(?:{CARDINAL}) of (?:every )?|out of (?:every )?)"
    rf"(?:{CARDINAL})(?:-{NUMBER})?\b"
    rf"|\b(?:twice|thrice|(?:{CARDINAL}) times) (?:as(?! (?:the|its?|they|we|an?)\b)|more|less|fewer|higher|lower|larger|smaller)\b"
    rf"|\b(?:{CARDINAL})(?:-| )?fold\b|\b(?:doubl|tripl|quadrupl|halv)(?:es|ed|ing)\b"
    rf"|\b(?:dozens|scores|hundreds|thousands|millions) of (?:\w+ )?(?:{COUNTED})\b"
    rf"|\bzero (?:\w+ )?(?:{COUNTED})\b"
).replace(" ", r"(?: |\n {0,6}(?! ))")
GAP = r"\ue002*(?: |\n {0,6}(?! ))\ue002*"  # also where a line of the source breaks; more blanks are a reference left out
# Words between a number and what it counts: not those that begin something else
BETWEEN = rf"(?:{GAP}(?!(?:of|or|and|in|on|at|to|the|its|their|than|times|days|weeks|months|years|hours)\b)\w++)"
# A number in words is read to its end, whether or not something counted follows
WORDS = re.compile(
    rf"(?P<share>{SHARE}|{RATIO})|\b(?:{CARDINAL})\b(?:(?:-|{GAP})(?!{SHARE})(?:{CARDINAL}|one)\b)*+"
    rf"(?P<counted>{BETWEEN}{{0,2}}?{GAP}(?:{COUNTED})\b)?"
    rf"(?P<found>{GAP}(?:{FOUND})\b)?",
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
    rest = prose.replace("\n", " ")  # what is recognised may be folded over two lines
    numbers: list[FoundNumber] = []
    if DIGIT.search(rest) or "http" in rest:
        rest = RECOGNISED.sub(lambda match: " " * len(match.group()), rest)
        numbers = [FoundNumber(match[0].strip(), match.start()) for match in DIGITS.finditer(rest)]
    if "\n" in prose:  # where lines break is what tells their gap from a reference left out
        rest = "".join(old if old == "\n" else new for old, new in zip(prose, rest, strict=True))
    words = [
        FoundNumber(" ".join(match[0].split()), match.start())
        for match in WORDS.finditer(rest)
        if match["share"]
        or match["counted"]
        or (match["found"] and not _is_all(rest, match.start()))
    ]
    return sorted(numbers + words, key=lambda number: number.start)


def _is_all(text: str, start: int) -> bool:
    """Tell whether "all" stands before a number: all three improved, of a group that was named."""
    return text[max(0, start - 5) : start].lower().split()[-1:] in (["all"], ["both"], ["the"])


def count_numbers(text: str) -> int:
    """Return how many numbers stand in ``text``, of whatever meaning."""
    return len(DIGITS.findall(text)) if DIGIT.search(text) else 0
