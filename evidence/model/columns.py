"""The columns of a table, made of the fields of a model, and tables that a spreadsheet opens as meant."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from evidence.model.base import (
    Inline,
    InUnit,
    Model,
    PartialDate,
    RefersTo,
    kebab,
)
from evidence.model.written import whole_number

# Tables that a spreadsheet program opens as they are meant: no formula, no date, no other letters.

# Tells Excel that the letters are UTF-8; other programs leave it out, as the readers here do
MARK = "\ufeff"
STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the wide forms begin a formula in some places
# A number is what it is, also below 0; "-1+2" is none
NUMBER = re.compile(r"[-+]?[0-9]+(,[0-9]{3})*(\.[0-9]+)?([eE][-+]?[0-9]+)?%?")
# "1/2" and "5-10" become the first of February and the fifth of October
DATE_LIKE = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}([/-][0-9]{2,4})?")


def safe(cell: object) -> str:
    """Return a cell as text, with an apostrophe before what a program would change or carry out.

    A cell that begins with =, +, - or @ is a formula to Excel, LibreOffice and others, whoever wrote
    it (OWASP, CSV injection), and one such as 1/2 a day and a month. Numbers and whole dates (2022-10-07)
    are left alone; nothing (None) is an empty cell.
    """
    text = "" if cell is None else str(cell)
    formula = text.startswith(STARTS) and not NUMBER.fullmatch(text)
    return f"'{text}" if formula or DATE_LIKE.fullmatch(text) else text


def meant(cell: str) -> str:
    """Return what a cell that ``safe`` wrote means: the apostrophe that was put before it is taken off."""
    return cell[1:] if cell[:1] == "'" and safe(cell[1:]) == cell else cell


def csv_line(cells: Iterable[object]) -> str:
    """Return one line of a table, with its end; every cell is ``safe``."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerow([safe(cell) for cell in cells])
    return written.getvalue()


def csv_table(header: Iterable[str], lines: Iterable[str]) -> bytes:
    """Return a CSV file of ``lines``, each from ``csv_line``: UTF-8 with a byte order mark."""
    return "".join([MARK, csv_line(header), *lines]).encode()


# The columns of a table, made of the fields of a model: none can be forgotten on either side.
#
# A field is a column of its name. A model inside has a column for each of its fields, under its own
# name: ``arms-treated-percent``. A pair of numbers has two, ``low`` and ``high``, with the name of what
# it belongs to: ``difference-low``. A list is one column of words. Its title and meaning are those of the
# field, the title behind those of the models around it: "Arms, treated, percent".

Path = tuple[str | int, ...]
Shape = Literal["text", "whole", "number", "truth", "date", "listed"]
NOTES: dict[Shape, str] = {
    "date": "A year, a month or a day: as precise as its source gave it.",
    "listed": "Several are parted by semicolons.",
}
SHAPES: dict[Any, Shape] = {int: "whole", Decimal: "number", bool: "truth", PartialDate: "date"}
ENDS = ("low", "high")


@dataclass(frozen=True)
class Column:
    """One column: its name, title and meaning, the keys that lead to its value, and the shape of that.

    A date is as precise as its source gave it. ``words`` are those that may stand in the column, where they
    are a closed list. One that is ``filled`` has no empty cell. ``unit`` is that of its numbers, or they are in
    the unit that stands in the column ``unit_beside`` it. ``table`` is that whose rows it names. Text that is
    ``inline`` holds references until somebody words them.
    """

    name: str
    path: Path
    shape: Shape = "text"
    title: str = ""
    meaning: str = ""
    words: tuple[str, ...] = ()
    filled: bool = False
    unit: str = ""
    unit_beside: str = ""
    table: str = ""
    inline: bool = False

    @property
    def unit_words(self) -> str:
        """Return the unit of its numbers in words, or nothing."""
        return f"unit in the column {self.unit_beside}" if self.unit_beside else self.unit

    @property
    def told(self) -> str:
        """Return its meaning with what may stand in it, in sentences."""
        parts = [self.meaning]
        if self.words:
            parts.append(f"One of: {', '.join(self.words)}.")
        if self.unit_words:
            parts.append(f"{self.unit_words[0].upper()}{self.unit_words[1:]}.")
        if self.shape in NOTES:
            parts.append(NOTES[self.shape])
        return " ".join(parts)


@functools.cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """Return the columns of a model in the order of its fields."""
    return tuple(_columns(model, (), (), sure=True))


def _columns(
    model: type[BaseModel], above: Path, around: tuple[str, ...], *, sure: bool
) -> Iterator[Column]:
    """Yield the columns of a model; it is ``sure`` where the models around it are always there."""
    for field, info in model.model_fields.items():
        key = info.alias or kebab(field)
        titles = (*around, info.title or sentence_case(key))
        kind, path = _bare(info.annotation), (*above, key)
        there = sure and (info.is_required() or info.default not in (None, ()))
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not PartialDate:
            yield from _columns(kind, path, titles, sure=there)
            continue
        about = {"meaning": info.description or "", **_marked((*info.metadata, info.annotation))}
        if get_origin(kind) is tuple and get_args(kind)[-1] is not Ellipsis:
            for at, end in enumerate(ENDS):
                title, name = _title((*titles, end)), _name((*above, end))
                yield Column(name, (*path, at), _shape(get_args(kind)[at]), title, **about)
        else:
            words = get_args(kind) if get_origin(kind) is Literal else ()
            filled = there and get_origin(kind) is not dict
            yield Column(
                _name(path), path, _shape(kind), _title(titles), words=words, filled=filled, **about
            )


def _shape(annotation: Any) -> Shape:
    kind = _bare(annotation)
    return "listed" if get_origin(kind) in {tuple, dict} else SHAPES.get(kind, "text")


def _marked(parts: Iterable[Any]) -> dict[str, Any]:
    """Return what the marks of a field, and those inside its type, say of its column."""
    said: dict[str, Any] = {}
    for part in parts:
        if isinstance(part, InUnit):
            said |= {"unit": part.name, "unit_beside": part.beside}
        elif isinstance(part, RefersTo):
            said["table"] = part.table
        elif isinstance(part, Inline):
            said["inline"] = True
        elif get_origin(part) is Annotated:
            said |= _marked((*part.__metadata__, get_args(part)[0]))
        elif type(None) in get_args(part):
            said |= _marked(get_args(part))
    return said


def sentence_case(key: str) -> str:
    """Return a key as a title: ``as-of`` is "As of"."""
    return key.replace("-", " ").capitalize()


def _title(titles: tuple[str, ...]) -> str:
    first, *others = titles
    return ", ".join((first, *(title[:1].lower() + title[1:] for title in others)))


def _name(path: Path) -> str:
    return "-".join(str(part) for part in path)


def _bare(annotation: Any) -> Any:
    """Return a type without ``None`` beside it and without what validates it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    others = [argument for argument in get_args(annotation) if argument is not type(None)]
    if len(others) == 1 and len(others) < len(get_args(annotation)):
        return _bare(others[0])
    return annotation


def cells_of(thing: Model) -> dict[str, str]:
    """Return what stands in each column of a thing, numbers with their own digits."""
    return {column.name: cell_of(thing, column) for column in columns_of(type(thing))}


def cell_of(thing: Model, column: Column) -> str:
    """Return what stands in one column of a thing, which is of its model."""
    return _words(_value(thing, column.path))


def _value(value: Any, path: Path) -> Any:
    for part in path:
        if value is None:
            return None
        value = value[part] if isinstance(part, int) else _field(value, part)
    return value


def _field(model: BaseModel, key: str) -> Any:
    return getattr(model, _names(type(model))[key])


@functools.cache
def _names(model: type[BaseModel]) -> dict[str, str]:
    """Return the name of each field of a model by its key."""
    return {info.alias or kebab(name): name for name, info in model.model_fields.items()}


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return "; ".join(_words(part) for part in value)
    if isinstance(value, BaseModel) and type(value).__str__ is BaseModel.__str__:
        parts = (getattr(value, name) for name in type(value).model_fields)
        return ": ".join(_words(part) for part in parts if part not in (None, ()))
    return str(value)


def content_of(cells: dict[str, str], model: type[Model]) -> dict[str, Any]:
    """Return the cells of one row as a file of that model would have them; empty ones are left out.

    The other end of a pair of numbers is None where it alone is empty.
    """
    content: dict[str, Any] = {}
    for column in columns_of(model):
        cell = cells.get(column.name, "")
        if not cell or column.shape == "listed":
            continue
        number = whole_number(cell) if column.shape == "whole" else None
        _put(content, column.path, cell if number is None else number)
    return content


def _put(content: dict[str, Any], path: Path, value: Any) -> None:
    end = path[-1] if isinstance(path[-1], int) else None
    *above, last = (str(part) for part in path if not isinstance(part, int))
    for key in above:
        content = content.setdefault(key, {})
    if end is None:
        content[last] = value
    else:
        content.setdefault(last, [None, None])[end] = value
