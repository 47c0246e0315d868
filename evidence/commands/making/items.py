"""An item of CSL: what is known of a publication, cleaned of what exports have besides.

An item is a mapping with the keys of the Citation Style Language: ``type``, ``title``, ``author`` (a list of names),
``issued`` (as ``date-parts``), ``container-title``, ``DOI`` and so on.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]

TEXTS = (
    "id",
    "type",
    "title",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "DOI",
    "PMID",
    "PMCID",
    "URL",
)
PARTS_OF_NAMES = (
    "family",
    "given",
    "non-dropping-particle",
    "dropping-particle",
    "suffix",
    "literal",
)
OTHERS = {"others", "et al", "et al."}
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
PARTICLES = re.compile(r"((?:[a-zà-ÿ'’]+ )+)(?=[A-ZÀ-Þ])")
IN_NOTE = {
    "PMID": re.compile(r"\bPMID:? *([1-9][0-9]{0,8})\b"),
    "PMCID": re.compile(r"\b(PMC[1-9][0-9]{0,8})\b"),
    "DOI": re.compile(r"\bDOI:? *(10\.[0-9]{4,9}/\S+)"),
}


# Letters that do not come apart into one of ASCII and an accent
SPECIAL = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "đ": "d", "Đ": "D", "\u0131": "i",
    "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "Ð": "D", "ð": "d",
}  # fmt: skip


class NotReadableError(Exception):
    """Raised when a text is no export that is read here; says why."""


def cleaned(item: Mapping[str, Any]) -> Item:
    """Return what this site keeps of an item: texts without marks, names and the date in their parts."""
    found: Item = {key: plain(item[key]) for key in TEXTS if item.get(key)}
    note = str(item.get("note") or "")
    for key, form in IN_NOTE.items():
        match = form.search(note)
        if key not in found and match:
            found[key] = match[1]
    found["author"] = [name for written in _names(item) if (name := name_of(written))]
    parts = date_parts(item.get("issued"))
    if parts:
        found["issued"] = {"date-parts": [parts]}
    if "DOI" in found:
        found["DOI"] = re.sub(
            r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi: ?", "", found["DOI"], flags=re.IGNORECASE
        )
    return {key: value for key, value in found.items() if value}


def plain(written: Any) -> str:
    """Return a text without the marks of a style, entities, and line breaks; the first of a list."""
    if isinstance(written, list):
        written = written[0] if written else ""
    return " ".join(html.unescape(TAG.sub("", str(written))).split())


def _names(item: Mapping[str, Any]) -> list[Any]:
    names = item.get("author") or item.get("editor") or []
    return names if isinstance(names, list) else [names]


def name_of(written: Any) -> dict[str, str]:
    """Return a name with the particles before its family apart; empty for a name without any part."""
    if not isinstance(written, Mapping):
        return {"literal": plain(written)} if plain(written) else {}
    if "literal" not in written and "name" in written:  # as Crossref has it
        written = {"literal": written["name"]}
    name = {part: plain(written[part]) for part in PARTS_OF_NAMES if written.get(part)}
    if name.get("literal", name.get("family", "")).lower() in OTHERS and "given" not in name:
        return {"literal": "and others"}
    particles = PARTICLES.match(name.get("family", ""))
    if particles and "non-dropping-particle" not in name and "dropping-particle" not in name:
        name["family"] = name["family"][particles.end() :]
        name["non-dropping-particle"] = particles[1].strip()
    return name


def date_parts(written: Any) -> list[int]:
    """Return year, month and day of a date, as far as they are known: of a period, those of its beginning."""
    if isinstance(written, list):
        written = written[0] if written else None
    if isinstance(written, Mapping):
        parts = written.get("date-parts")
        if isinstance(parts, list) and parts:
            return _numbers(parts[0] if isinstance(parts[0], list) else parts)
        if "year" in written:
            return _numbers([written.get(part) for part in ("year", "month", "day")])
        written = written.get("raw") or written.get("literal")
    match = re.match(
        r"\s*([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?![0-9])", str(written or "")
    )
    return _numbers(match.groups()) if match else []


def _numbers(parts: Any) -> list[int]:
    """Return the parts of a date as numbers, up to the first that is none or cannot be."""
    known: list[int] = []
    for part, most in zip(parts, (2200, 12, 31), strict=False):
        digits = str(part or "")
        if not digits.isdecimal() or not 1 <= int(digits) <= most:
            break
        known.append(int(digits))
    return known


def id_of(item: Item) -> str:
    """Return the id that a source would have: its first author and year, in small letters without accents."""
    author: dict[str, str] = next(iter(item.get("author", [])), {})
    particle, family = author.get("non-dropping-particle", ""), author.get("family", "")
    name = f"{particle} {family}".strip() or author.get("literal", "") or item.get("title", "")
    words = folded(name).split("-")[:5]
    year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
    return "-".join(part for part in (*words, str(year)) if part)


def folded(name: str) -> str:
    """Return a name as an id: small letters without accents, digits, and hyphens between words."""
    special = "".join(SPECIAL.get(letter, letter) for letter in name)
    parted = unicodedata.normalize("NFKD", special)
    ascii_only = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
