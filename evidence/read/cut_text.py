"""Texts that YAML cuts: after " #" begins a comment, which the writer of "trial #2" did not mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, BeforeValidator

from evidence.model.base import ID
from evidence.model.written import parse_text
from evidence.problems import Problem
from evidence.read.binding import field_at
from evidence.read.yaml_file import Document, Path

MOST_SHOWN = 60


def cut_texts(document: Document, model: type[BaseModel], path: Path) -> Iterator[Problem]:
    """Yield a problem for each text of a model that stands at ``path`` and goes on after a " #".

    Numbers, days, ids and words of closed lists may have any comment behind them.
    """
    groups = [document.cut.get(path[:1], [])] if path else document.cut.values()
    for where, start, cut in (found for group in groups for found in group):
        written = document.text[start : cut.start()]
        behind = document.text[cut.end() : cut.end() + 2].strip()
        name = ID.fullmatch(written) and not behind[:1].isdigit()
        if not name and _is_words(field_at(model, where[len(path) :])):
            yield _problem(document, written, start, cut)


def _problem(document: Document, written: str, start: int, cut: re.Match[str]) -> Problem:
    line_end = document.text.find("\n", start)
    whole = document.text[start : line_end if line_end > 0 else None].rstrip().replace('"', "'")
    if len(whole) > MOST_SHOWN:
        whole = f"{whole[:MOST_SHOWN]} ..."
    message = (
        f"the text ends at '{written[-MOST_SHOWN:]}': what stands after ' #' is a comment in YAML"
    )
    hint = (
        f'Put it in double quotes: "{whole}". Where a comment is meant, write a blank after the #.'
    )
    return Problem(document.place_at(cut.start() + 1), "text-whole", message, hint)


def _is_words(field: Any) -> bool:
    """Tell whether a field holds words, or a list of them: text that is of no closed list and no id."""
    if field is None:
        return False
    waiting, seen = [(field.annotation, tuple(field.metadata))], False
    while waiting and not seen:
        annotation, metadata = waiting.pop()
        seen = any(
            isinstance(mark, BeforeValidator) and mark.func is parse_text for mark in metadata
        )
        waiting += [(inner, getattr(inner, "__metadata__", ())) for inner in get_args(annotation)]
    return seen
