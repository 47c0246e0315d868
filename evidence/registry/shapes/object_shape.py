"""What a shape of JSON is, and how values are taken out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.record import Record

SEPARATOR = " | "


@dataclass(frozen=True)
class ObjectShape:
    """A kind of JSON: which objects are studies of it, and the record of one."""

    id: str
    title: str
    registry: str
    fits: Callable[[Any], bool]
    record: Callable[[Place, Any], Record | Problem]


def at(content: Any, *keys: str) -> Any:
    """Return what stands at the end of keys, or None."""
    for key in keys:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def text(content: Any, *keys: str) -> str:
    """Return a text or a number as text; nothing where there is neither."""
    value = at(content, *keys)
    return HIDDEN.sub(" ", str(value)).strip() if isinstance(value, (str, int)) else ""


def texts(content: Any, *keys: str, of: str = "") -> list[str]:
    """Return the texts of a list, or the texts under the key ``of`` of its objects."""
    values = at(content, *keys)
    items = values if isinstance(values, list) else []
    found = [text(item, of) if of else text(item) for item in items]
    return [each for each in found if each]
