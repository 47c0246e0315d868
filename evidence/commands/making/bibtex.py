"""BibTeX and BibLaTeX, as Zotero, Better BibTeX, JabRef and publishers write it, read as items of CSL."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from evidence.commands.making.items import Item, NotReadableError

TYPES = {
    "article": "article-journal", "online": "webpage", "electronic": "webpage", "www": "webpage", "book": "book",
    "inproceedings": "paper-conference", "conference": "paper-conference", "incollection": "chapter",
    "inbook": "chapter", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "dataset": "dataset", "unpublished": "article",
}  # fmt: skip
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
FIELDS = {
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages", "eid"),
    "publisher": ("publisher", "institution", "organization", "school"),
    "note": ("note", "annote", "annotation", "extra", "addendum"),
}
VERBATIM = {"DOI": ("doi",), "URL": ("url",), "PMID": ("pmid",), "PMCID": ("pmcid", "pmc")}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A name of BibLaTeX in which every part is named: family=Berg, given=Anna, prefix=van den, useprefix=true
NAMED_PART = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|(?:family|given|prefix|suffix)-i)\s*=\s*"
)
LATEX = LatexNodes2Text(keep_comments=True, math_mode="text")


def items_of_bibtex(text: str) -> list[Item]:
    """Return the entries of a text; raises NotReadableError where one of them cannot be read."""
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)
    # The short names of months are macros, and known without being defined
    macros = "".join(f'@string{{{name} = "{name}"}}\n' for name in MONTHS)
    library = parse_string(f"{macros}{text}")
    failed = [block for block in library.failed_blocks if (block.start_line or 0) >= len(MONTHS)]
    if failed or not library.entries:
        line = (failed[0].start_line or 0) - len(MONTHS) + 1 if failed else 1
        message = f"it begins as BibTeX, and what begins on line {line} cannot be read as such"
        raise NotReadableError(message)
    return [_item(entry) for entry in library.entries]


def _item(entry: Entry) -> Item:
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    item: Item = {"id": entry.key, "type": _type(entry.entry_type.lower(), fields)}
    item["title"] = _title(fields)
    for key, names in FIELDS.items():
        written = [fields[name] for name in names if fields.get(name)]
        item[key] = decoded(" ".join(written) if key == "note" else (written or [""])[0])
    for key, names in VERBATIM.items():
        item[key] = next((_bare(fields[name]) for name in names if fields.get(name)), "")
    item["page"] = item["page"].replace("\N{EN DASH}", "-").replace("--", "-")
    if fields.get("eprinttype", fields.get("archiveprefix", "")).lower() in {"pmid", "pubmed"}:
        item["PMID"] = item["PMID"] or fields.get("eprint", "")
    item["issued"] = fields.get("date") or _year_and_month(fields)
    people = fields.get("author") or fields.get("editor") or ""
    item["author"] = [_name(person) for person in split_multiple_persons_names(people)]
    return item


def _type(written: str, fields: dict[str, str]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if written == "misc":
        return "webpage" if fields.get("url") else "document"
    return SUBTYPES.get(subtype, TYPES.get(written, "document"))


def _title(fields: dict[str, str]) -> str:
    parts = (decoded(fields.get(name, "")) for name in ("title", "subtitle"))
    return ": ".join(part for part in parts if part)


def decoded(latex: str) -> str:
    """Return what LaTeX prints: letters with accents, dashes, and no braces."""
    return " ".join(LATEX.latex_to_text(latex).split()) if latex else ""


def _bare(verbatim: str) -> str:
    """Return an address or a number, which is no LaTeX, without the escapes that some programs write."""
    return re.sub(r"\\([_%&#~{}])", r"\1", verbatim).strip("{} ")


def _year_and_month(fields: dict[str, str]) -> dict[str, list[list[Any]]]:
    month = fields.get("month", "").strip().lower()
    known = next((at for at, name in enumerate(MONTHS, start=1) if month.startswith(name)), month)
    day = re.sub(r"\D", "", fields.get("day", ""))
    return {"date-parts": [[decoded(fields.get("year", "")), known, day]]}


def _name(person: str) -> dict[str, str]:
    """Return a person, or a group, whose name stands in braces of its own."""
    if NAMED_PART.match(person):
        return _with_named_parts(person)
    if re.fullmatch(r"\{.*\}", person) and _is_one_group(person):
        return {"literal": decoded(person)}
    try:
        parts = parse_single_name_into_parts(person, strict=False)
    except InvalidNameError:
        return {"literal": decoded(person)}
    return {
        "family": _joined(parts.last),
        "given": _joined(parts.first),
        "non-dropping-particle": _joined(parts.von),
        "suffix": _joined(parts.jr),
    }


def _is_one_group(person: str) -> bool:
    """Tell whether the brace that opens a name closes at its end."""
    depth = 0
    for at, sign in enumerate(person):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(person) - 1
    return False


def _joined(parts: Iterable[str]) -> str:
    return decoded(" ".join(parts))


def _with_named_parts(person: str) -> dict[str, str]:
    named = dict(
        part.split("=", 1) for part in re.split(r",(?=\s*[a-z-]+\s*=)", person) if "=" in part
    )
    parts = {key.strip(): decoded(value.strip().strip('"')) for key, value in named.items()}
    stays = parts.get("useprefix", "true") == "true"
    particle = "non-dropping-particle" if stays else "dropping-particle"
    return {
        "family": parts.get("family", ""),
        "given": parts.get("given", ""),
        particle: parts.get("prefix", ""),
        "suffix": parts.get("suffix", ""),
    }
