"""References as reference managers export them, read as items of CSL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import yaml

from evidence.commands.making.items import Item, NotReadableError, cleaned


def items_of(text: str) -> list[Item]:
    """Return the items of a text in CSL-JSON, CSL-YAML, BibTeX or RIS, told apart by what stands in it.

    Raises NotReadableError where it is none of these, or nothing in it has a title or a DOI.
    """
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    read = next((reader for form, reader in READERS.items() if form.search(text)), _from_yaml)
    items = [item for item in map(cleaned, read(text)) if item.get("title") or item.get("DOI")]
    if not items:
        message = "nothing in it has a title or a DOI"
        raise NotReadableError(message)
    return items


def _from_json(text: str) -> list[Item]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"it begins as JSON and cannot be read as such: {error}"
        raise NotReadableError(message) from error
    if isinstance(content, dict):
        content = content.get("items", content.get("message", [content]))
    return _listed(content)


def _from_yaml(text: str) -> list[Item]:
    try:
        content = next(yaml.load_all(text, yaml.BaseLoader), None)
    except (yaml.YAMLError, RecursionError) as error:
        raise NotReadableError(UNKNOWN) from error
    if isinstance(content, dict):
        content = content.get("references", [content])
    return _listed(content)


def _listed(content: Any) -> list[Item]:
    items = content if isinstance(content, list) else [content]
    if not items or not all(isinstance(item, dict) and "title" in item for item in items):
        raise NotReadableError(UNKNOWN)
    return items


def _from_bibtex(text: str) -> list[Item]:
    from evidence.commands.making.bibtex import items_of_bibtex  # noqa: PLC0415 - seldom asked for

    return items_of_bibtex(text)


def _from_ris(text: str) -> list[Item]:
    from evidence.commands.making.ris import items_of_ris  # noqa: PLC0415 - loads its library

    return items_of_ris(text)


UNKNOWN = "it is none of CSL-JSON, CSL-YAML, BibTeX and RIS"
READERS: dict[re.Pattern[str], Callable[[str], list[Item]]] = {
    re.compile(r"\A\s*[\[{]"): _from_json,
    re.compile(r"(?m)^TY  ?- "): _from_ris,
    re.compile(r"(?m)^[ \t]*@\w++[ \t]*[{(]"): _from_bibtex,
}
