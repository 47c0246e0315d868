"""RIS, as Zotero, EndNote, PubMed and publishers write it, read as items of CSL."""

from __future__ import annotations

from typing import Any

import rispy

from evidence.commands.making.items import Item, NotReadableError

TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "CONF": "paper-conference", "CPAPER": "paper-conference", "RPRT": "report",
    "BOOK": "book", "EBOOK": "book", "CHAP": "chapter", "THES": "thesis", "DATA": "dataset", "BLOG": "post-weblog",
    "ELEC": "webpage", "WEB": "webpage", "ICOMM": "webpage", "GEN": "document", "UNPB": "article",
}  # fmt: skip
FIELDS = {
    "id": ("id",),
    "title": ("title", "primary_title", "translated_title"),
    "container-title": (
        "journal_name",
        "secondary_title",
        "alternate_title3",
        "alternate_title2",
        "alternate_title1",
    ),
    "volume": ("volume",),
    "issue": ("number",),
    "publisher": ("publisher",),
    "DOI": ("doi",),
    "PMCID": ("custom2", "custom3"),
}


def items_of_ris(text: str) -> list[Item]:
    """Return the records of a text; raises NotReadableError where it cannot be read."""
    try:
        records = rispy.loads(text, skip_unknown_tags=True)
    except (OSError, ValueError) as error:  # what rispy raises for a line that is no line of RIS
        message = f"it begins as RIS and cannot be read as such: {error}"
        raise NotReadableError(message) from error
    return [_item(record) for record in records]


def _item(record: dict[str, Any]) -> Item:
    item: Item = {"type": TYPES.get(record.get("type_of_reference", ""), "document")}
    for key, names in FIELDS.items():
        item[key] = next((record[name] for name in names if record.get(name)), "")
    if not str(item["PMCID"]).startswith("PMC"):
        del item["PMCID"]
    first, last = record.get("start_page", ""), record.get("end_page", "")
    item["page"] = "-".join(dict.fromkeys(part for part in (first, last) if part))
    item["URL"] = record.get("urls", [""])
    if "pubmed" in record.get("name_of_database", "").lower():
        item["PMID"] = record.get("accession_number", "")
    dates = (record.get(name) for name in ("date", "year", "publication_year"))
    item["issued"] = next((date for date in dates if date), "")
    item["note"] = " ".join(record.get("notes", []))
    people = record.get("first_authors", []) + record.get("authors", [])
    item["author"] = [_name(person) for person in people]
    return item


def _name(person: str) -> dict[str, str]:
    """Return a name that is written family, given, suffix; without a comma it is that of a group."""
    family, *others = (part.strip() for part in person.split(","))
    if not others:
        return {"literal": family}
    return dict(zip(("family", "given", "suffix"), (family, *others), strict=False))
