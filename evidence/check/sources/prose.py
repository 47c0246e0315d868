"""Every text that may hold references, with a way back to its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evidence.model.base import Inline
from evidence.model.page import Page
from evidence.problems import Place
from evidence.read.yaml_file import Document, Path


@dataclass(frozen=True)
class ProseCheck:
    """A ``text`` from ``document`` at ``path``, or the body of a ``page``."""

    text: str
    document: Document | None = None
    path: Path = ()
    page: Page | None = None

    def place(self, start: int, written: str) -> Place:
        """Return the place of ``written``, which stands at offset ``start`` of the text."""
        if self.page is not None:
            line = self.text.count("\n", 0, start)
            column = start - (self.text.rfind("\n", 0, start) + 1) + 1
            return Place(self.page.file, self.page.body_line + line, column)
        if self.document is None:
            return Place("")
        pattern = r"\s+".join(re.escape(part) for part in written.split())
        before = len(re.findall(pattern, self.text[:start]))
        return self.document.place_of_text(self.path, written, before)


def prose_of_model(document: Document, model: BaseModel, path: Path = ()) -> Iterator[ProseCheck]:
    """Yield every prose field of a model and of the models inside it."""
    for name, key, is_prose in _fields_with_prose(type(model)):
        value = getattr(model, name)
        if is_prose:
            if value is not None:
                yield ProseCheck(value, document, (*path, key))
        elif value:
            yield from _inside(document, value, (*path, key))


def _inside(document: Document, value: Any, path: Path) -> Iterator[ProseCheck]:
    if isinstance(value, BaseModel):
        yield from prose_of_model(document, value, path)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _inside(document, item, (*path, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(document, item, (*path, key))


@cache
def _fields_with_prose(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return (name, key, is prose) of the fields that are prose or may hold some further down."""
    found = []
    for name, field in model.model_fields.items():
        inner = list(_models_in(field.annotation))
        if _is_prose(field) or any(_fields_with_prose(each) for each in inner):
            found.append((name, field.alias or name, _is_prose(field)))
    return tuple(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _is_prose(field: FieldInfo) -> bool:
    if any(isinstance(each, Inline) for each in field.metadata):
        return True
    return any(
        isinstance(each, Inline)
        for argument in get_args(field.annotation)
        for each in getattr(argument, "__metadata__", ())
    )
