"""What a shape of XML is, and how texts are taken out of its elements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.problems import Place
from evidence.read.limits import HIDDEN
from evidence.registry.record import Record

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SEPARATOR = " | "


@dataclass(frozen=True)
class ElementShape:
    """A kind of XML: its root, the element that is a study, and the record of one.

    Names are those without a namespace.
    """

    id: str
    title: str
    registry: str
    root: str
    study: str
    record: Callable[[Place, Element], Record]


def text(element: Element | None, path: str = "") -> str:
    """Return the text of the first element at a path of names, in one line's worth of spaces."""
    found = texts(element, path)
    return found[0] if found else ""


def texts(element: Element | None, path: str) -> list[str]:
    """Return the texts that are not empty of every element at a path of names."""
    if element is None:
        return []
    steps = "/".join(f"{{*}}{name}" for name in path.split("/")) if path else "."
    return [plain for each in element.findall(steps) if (plain := whole(each))]


def whole(element: Element) -> str:
    """Return all text of an element, trimmed."""
    return HIDDEN.sub(" ", "".join(str(part) for part in element.itertext())).strip()
