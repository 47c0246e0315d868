"""What is cited as reference managers read it: BibTeX, RIS and CSL-JSON.

BibTeX is written for programs that read UTF-8, with what TeX would take for its own written out; a
title stands in braces of its own, so that its capitals stay. Addresses and DOIs are verbatim there,
as in biblatex. RIS has a line for each tag, and no way to write a line break. CSL-JSON is that of the
Citation Style Language 1.0.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from evidence.model.base import MONTHS, PartialDate
from evidence.model.bibliography import Name
from evidence.prose.citing import OTHERS, Work

# BibTeX

ENTRIES = {"article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
           "paper-conference": "inproceedings", "report": "techreport", "book": "book"}  # fmt: skip
CONTAINERS = {"article": "journal", "inproceedings": "booktitle"}
PUBLISHERS = {"techreport": "institution", "misc": "organization"}
# What TeX takes for its own; braces by name, because BibTeX counts those that are escaped as well
ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
SPECIAL = re.compile(f"[{re.escape(''.join(ESCAPED))}]")
NOT_IN_KEYS = re.compile(r"[^\w./:+-]")
JOINED = re.compile(r",| and ", re.IGNORECASE)


def bibtex(works: Iterable[Work]) -> str:
    """Return works as BibTeX entries."""
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    kind = ENTRIES.get(work.type, "misc")
    fields = {
        "author": " and ".join(map(_bibtex_name, work.author)),
        "title": f"{{{_tex(work.title)}}}",
        CONTAINERS.get(kind, "howpublished"): _tex(work.container),
        "volume": _tex(work.volume),
        "number": _tex(work.issue),
        "pages": _tex(work.page).replace("\u2013", "--"),
        PUBLISHERS.get(kind, "publisher"): _tex(work.publisher),
        "year": str(work.issued.year) if work.issued else "",
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.address),
        "note": _tex(work.note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if work.issued and work.issued.month:
        lines.append(
            f"  month = {MONTHS[work.issued.month - 1][:3].lower()}"
        )  # a name that BibTeX knows
    return ",\n".join([f"@{kind}{{{NOT_IN_KEYS.sub('-', work.id)}", *lines]) + "\n}\n"


def _bibtex_name(name: Name) -> str:
    """Return a name as BibTeX divides it: a group, and a family with a comma in it, in braces."""
    if name.literal == OTHERS:
        return "others"
    if name.literal or not name.family:
        return f"{{{_tex(str(name))}}}"
    particles = (name.dropping_particle, name.non_dropping_particle)
    family = " ".join(map(_grouped, filter(None, (*particles, name.family))))
    parts = (family, *map(_grouped, filter(None, (name.suffix, name.given))))
    return ", ".join(parts)


def _grouped(part: str) -> str:
    """Return a part of a name, in braces where BibTeX would divide it."""
    written = _tex(part)
    return f"{{{written}}}" if JOINED.search(written) else written


def _tex(text: str) -> str:
    return SPECIAL.sub(lambda match: ESCAPED[match.group()], _one_line(text))


def _verbatim(text: str) -> str:
    """Return what is taken as it is, but for braces: BibTeX counts those."""
    return _one_line(text).replace("{", "%7B").replace("}", "%7D")


# RIS

KINDS = {"article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
         "paper-conference": "CPAPER", "report": "RPRT", "book": "BOOK", "dataset": "DATA",
         "post-weblog": "BLOG"}  # fmt: skip


def ris(works: Iterable[Work]) -> str:
    """Return works as RIS records."""
    return "\r\n".join(
        "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in (*_lines(work), ("ER", "")))
        for work in works
    )


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    first, _, last = work.page.replace("\u2013", "-").partition("-")
    lines = [
        ("TY", KINDS.get(work.type, "ELEC")),
        *(("AU", name.inverted) for name in work.named),
        ("TI", work.title),
        ("T2", work.container),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", first.strip()),
        ("EP", last.strip()),
        ("PB", work.publisher),
        ("PY", str(work.issued.year) if work.issued else ""),
        ("DA", _ris_date(work.issued)),
        ("DO", work.doi),
        ("UR", work.address),
        ("N1", work.note),
        ("ID", work.id),
    ]
    return ((tag, value) for tag, value in lines if value)


def _ris_date(date: PartialDate | None) -> str:
    if date is None or date.month is None:
        return ""
    return f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/"


# CSL-JSON


def csl_json(works: Iterable[Work]) -> str:
    """Return works as CSL-JSON."""
    return json.dumps(list(map(csl, works)), indent=1, ensure_ascii=False) + "\n"


def csl(work: Work) -> dict[str, Any]:
    """Return one work as an item of CSL-JSON."""
    fields: dict[str, Any] = {
        "id": work.id,
        "type": work.type,
        "title": work.title,
        "author": [name.model_dump(exclude_none=True, by_alias=True) for name in work.named],
        "issued": {"date-parts": [_date_parts(work.issued)]} if work.issued else None,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "publisher": work.publisher,
        "DOI": work.doi,
        "URL": work.address,
        "note": work.note,
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]


def _one_line(text: str) -> str:
    return " ".join(text.split())


WRITERS: dict[str, Callable[[Iterable[Work]], str]] = {
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl_json,
}
