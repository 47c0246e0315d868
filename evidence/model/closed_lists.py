"""The closed lists of a site as a JSON Schema: each list, and what each word of it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.model.base import ID_SCHEMA, kebab
from evidence.model.json_schema import DIALECT, Schema
from evidence.model.vocabularies import Vocabularies, Word


def closed_lists(words: Vocabularies, kinds_of_figures: Mapping[str, Any]) -> Schema:
    """Return a schema with every closed list below ``$defs``, and what each word of it means.

    A kind of figure says in its ``sentence`` what it is.
    """
    kinds = {name: kind.sentence for name, kind in kinds_of_figures.items()}
    lists = {"figure-kinds": _closed(kinds)}
    for name in Vocabularies.model_fields:
        if name != "wording":
            listed: Mapping[str, Any] = getattr(words, name)
            lists[kebab(name)] = _closed({word: _meaning(listed[word]) for word in listed})
    about = "The closed lists of this site: made of data/vocabularies.yaml by 'python build.py schemas'."
    return {"$schema": DIALECT, "title": "Closed lists", "description": about, "$defs": lists}


def _meaning(word: Any) -> str:
    if isinstance(word, Word):
        return f"{word.title}. {word.definition}"
    return word if isinstance(word, str) else str(word.title)


def _closed(meanings: Mapping[str, str]) -> Schema:
    """Return the schema of a list; a word of digits may be typed as a number."""
    if not meanings:
        return dict(ID_SCHEMA)
    numbers = [int(word) for word in meanings if word.isdecimal()]
    return {
        "enum": [*meanings, *numbers],
        "markdownEnumDescriptions": [*meanings.values(), *(meanings[str(n)] for n in numbers)],
        "examples": list(meanings)[:3],
    }
