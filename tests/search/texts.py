"""Everything exact that stands on a page, collected without the code under test."""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from tests.outline import parsed

# Pages that hold nothing of their own: names of other pages, or a figure that stands on another
AIDS = {"kind-search", "kind-a-z", "kind-not-found", "kind-figure", "kind-guide"}
# A table of trials: each line leads to the page of a trial, where the same stands
TRIALS = ".//div[contains(concat(' ', @class, ' '), ' trials ')]"
NUMBER = r"(?<![\w.])\d+(?:[.,]\d+)*(?!\.?\w)"
POWER = r"(?<!\w)\d+[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?!\w)"
REGISTRY_ID = (
    r"(?<![\w.-])(?:\d{4}-\d{6}-\d\d(?:-\d\d)?|[A-Za-z]+(?:-[A-Za-z]+)?-?\d[\w-]*\w)(?![-.]?\w)"
)
NAME_WITH_DIGITS = r"(?<![\w.-])[A-Za-z]+\d\w*\b"
DOI = r"\b10\.\d{4,9}/[^\s]*[\w)]"
EXACT = [re.compile(each) for each in (NUMBER, POWER, REGISTRY_ID, NAME_WITH_DIGITS, DOI)]
CALL = re.compile(
    r"\AevidenceSearch\.(start|part|sheets|table)\(\.\.\.JSON\.parse\('(.*)'\)\);\n\Z", re.DOTALL
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def exact_of(text: str) -> set[str]:
    """Return every number, registry id, DOI and name with digits in a text."""
    found = {each for pattern in EXACT for each in pattern.findall(text)}
    return {_closed(each) for each in found}


def _closed(found: str) -> str:
    """Return a DOI without the bracket that the sentence around it closes."""
    open_brackets = found.count("(")
    return found[:-1] if found.endswith(")") and found.count(")") > open_brackets else found


def is_aid(page: bytes) -> bool:
    """Tell whether a page holds nothing of its own."""
    return _kind(parsed(page)) in AIDS


def _kind(root: HtmlElement) -> str:
    return str(root.xpath("string(/html/body/@class)")).split()[0]


def written(page: bytes) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the text of each thing on a page that can be found by itself."""
    if is_aid(page):
        return
    root = parsed(page)
    kind = _kind(root)
    (main,) = root.iter("main")
    for each in main.xpath(
        ".//nav | .//script | .//noscript | .//form | .//*[@hidden] | .//svg//title | .//svg//desc"
        " | .//*[contains(concat(' ', @class, ' '), ' figure-narrow ')]"
        f" | {TRIALS} | .//p[@class='handover'] | .//p[@class='claim-columns'] | .//a[@class='permalink']"
        " | .//details[@class='fold cite' or @class='cite-number']"
    ):
        each.drop_tree()
    inside = {"kind-ledger": "//article[.//@id]", "kind-glossary": "//dl/div[@id]"}.get(kind)
    for each in main.xpath(f".{inside}") if inside else []:
        yield each.xpath("descendant-or-self::*/@id")[0], _text(each)
        each.drop_tree()
    yield "", _text(main)


def _text(element: HtmlElement) -> str:
    return " ".join(element.itertext())


def exact_by_address(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return for everything exact on the pages of a site the addresses where it stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, raw in files.items():
        if path.endswith(".html"):
            for anchor, text in written(raw):
                address = f"{path}#{anchor}" if anchor else path
                for each in exact_of(text):
                    found[each].add(address)
    return found


def trial_lines(path: str, page: bytes) -> Iterator[tuple[str, set[str]]]:
    """Yield for each line of a table of trials the page that it leads to and all that is exact."""
    for line in parsed(page).xpath(f"{TRIALS}//tbody/tr"):
        (link,) = line.xpath(".//th//a/@href")
        yield posixpath.normpath(f"{posixpath.dirname(path)}/{link}"), exact_of(_text(line))


def called(script: bytes) -> tuple[str, Any]:
    """Return the name and the JSON of a script of the search, read as a browser reads it."""
    matched = CALL.match(script.decode())
    assert matched
    text = re.sub(r"\\(u[0-9a-f]{4}|.)", _unescaped, matched.group(2))
    return matched.group(1), json.loads(text)


def _unescaped(found: re.Match[str]) -> str:
    escape = found.group(1)
    return chr(int(escape[1:], 16)) if len(escape) == 5 else escape


def calls_of(files: Mapping[str, bytes], name: str) -> list[Any]:
    """Return what the scripts of a site hand to one function of the search."""
    scripts = [raw for path, raw in sorted(files.items()) if path.startswith("search/")]
    return [values for called_name, values in map(called, scripts) if called_name == name]


def sheets_of(files: Mapping[str, bytes]) -> dict[int, list[Any]]:
    """Return every sheet of a site by its number: path, anchor, title, name and passages."""
    return {
        number * len(places) + position: place
        for number, places in calls_of(files, "sheets")
        for position, place in enumerate(places)
        if place
    }


def address_of(sheet: list[Any]) -> str:
    """Return the address of the entry that a sheet is of."""
    path, anchor = sheet[:2]
    return f"{path}#{anchor}" if anchor else path


def words_of(files: Mapping[str, bytes]) -> dict[str, dict[int, int]]:
    """Return for each word of a site the sheets on which it stands, with its weight there."""
    lines = [line for _, part in calls_of(files, "part") for line in part.split("\n")]
    return {word: _read(written) for word, written in (line.split(" ") for line in lines)}


def _read(written: str) -> dict[int, int]:
    """Read what was written five bits to a letter, the least first; a step and one of 8 weights."""
    found, sheet, bits = {}, -1, ""
    for letter in written:
        place = LETTERS.index(letter)
        bits = f"{place % 32:05b}{bits}"
        if place < 32:
            step, weight = divmod(int(bits, 2), 8)
            sheet += step + 1
            found[sheet] = weight
            bits = ""
    return found


def index_of(files: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return the addresses of the entries in which each word of a site stands."""
    sheets = sheets_of(files)
    return {
        word: {address_of(sheets[sheet]) for sheet in found}
        for word, found in words_of(files).items()
    }
