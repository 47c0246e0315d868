"""The file of a new source, from an item of CSL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from evidence.commands.making.items import Item

KINDS = {
    "article-journal": "journal-article", "article-newspaper": "news", "article-magazine": "popular-article",
    "paper-conference": "conference-report", "post-weblog": "blog", "webpage": "web-page",
}  # fmt: skip
TEXTS = ("container-title", "volume", "issue", "page", "publisher", "DOI", "PMID", "PMCID", "URL")
UNNAMED = "and others"


@dataclass(frozen=True)
class SourceAnswers:
    """What an author said of a source besides the item; what is empty is left to be filled in."""

    short: str = ""
    kind: str = ""
    part: str = ""
    read: str = ""
    extent: str = ""


def source_text(item: Item, answers: SourceAnswers) -> str:
    """Return the text of data/sources/<id>.yaml."""
    return "\n".join([*_known(item), *_asked(item, answers)]) + "\n"


def _known(item: Item) -> Iterator[str]:
    yield "# What is known of it, in the words of CSL: compare it with the source itself"
    yield line("type", item.get("type") or "")
    yield line("title", item.get("title", ""))
    if item.get("author"):
        yield "author:"
        yield from (f"  - {flow(name)}" for name in item["author"])
    if "issued" in item:
        yield f"issued: {date_of(item)}"
    yield from (line(key, item[key]) for key in TEXTS if item.get(key))


def _asked(item: Item, answers: SourceAnswers) -> Iterator[str]:
    yield "# Its name in lists and tables: author and year, or what it is known by"
    yield line("short", answers.short or short_of(item))
    yield "# journal-article, systematic-review, review, letter, registry-record, regulator-page, guidance, news, web-page ..."
    yield line("kind", answers.kind or kind_of(item))
    yield "# What was read of it: which part (Abstract, Full text, Table 2), on which day (2026-11-29), and how much"
    yield "# of that part (whole, part, unknown). 'url:' says where, and 'via: mirror' that it was a copy elsewhere"
    yield "reading:"
    yield f"  - {line('part', answers.part)}"
    yield f"    {line('date', answers.read)}"
    yield f"    {line('extent', answers.extent)}"
    yield "# For a paper that a topic page cites: whether somebody looked for a retraction, on which day, and where"
    yield "# retraction: {state: none-found, on: 2026-11-29, where: PubMed}"


def kind_of(item: Item) -> str:
    """Return what a source probably is, in the words of this site, or nothing."""
    kind = KINDS.get(item.get("type", ""), "")
    title = item.get("title", "").lower()
    pooled = "meta-analysis" in title or "systematic review" in title
    return "systematic-review" if pooled and kind == "journal-article" else kind


def short_of(item: Item) -> str:
    """Return author and year: "van den Berg 2022"."""
    author: dict[str, str] = next(iter(item.get("author", [])), {})
    parts = (author.get("non-dropping-particle", ""), author.get("family", ""))
    name = " ".join(part for part in parts if part) or author.get("literal", "")
    year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""
    return " ".join(part for part in (name if name != UNNAMED else "", year) if part)


def date_of(item: Item) -> str:
    """Return the date of an item as this site writes it."""
    first, *others = item["issued"]["date-parts"][0]
    return "-".join([f"{first:04d}", *(f"{part:02d}" for part in others)])


def line(key: str, value: Any) -> str:
    """Return a line of YAML; without a value it ends after the colon, and the build asks for one."""
    return f"{key}: {scalar(value)}".rstrip()


def scalar(value: Any) -> str:
    """Return a text as YAML writes it in one line, in quotes where it needs them."""
    if value == "":
        return ""
    written = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=True)
    return written.removesuffix("...\n").strip()


def flow(mapping: dict[str, str] | Iterable[str]) -> str:
    """Return a mapping, or a list, in one line of YAML."""
    written = mapping if isinstance(mapping, dict) else list(mapping)
    return yaml.safe_dump(
        written, allow_unicode=True, width=10**9, default_flow_style=True, sort_keys=False
    ).strip()
