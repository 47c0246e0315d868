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
AIDS = {"kind-search", "kind-a-z", "kind-not-found", "kind-figure"}
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
CALL = re.compile(r"\AevidenceSearch\.(catalogue|part)\(JSON\.parse\('(.*)'\)\);\n\Z", re.DOTALL)


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
    ):
        each.drop_tree()
    inside = {"kind-ledger": "//article[@id]", "kind-glossary": "//dl/div[@id]"}.get(kind)
    for each in main.xpath(f".{inside}") if inside else []:
        yield each.get("id"), _text(each)
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


def parts_of(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return every part of the index of a site."""
    scripts = [raw for path, raw in sorted(files.items()) if path.startswith("search/")]
    return [made for name, made in map(called, scripts) if name == "part"]


def address_of(entry: list[Any]) -> str:
    """Return the address of an entry of a part."""
    path, anchor = entry[:2]
    return f"{path}#{anchor}" if anchor else path
