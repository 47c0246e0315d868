"""From what YAML gave to a typed model, with pydantic's errors in an author's words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from evidence.problems import Place, Problem, did_you_mean, nearest
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.yaml_file import Document, Path

ModelType = TypeVar("ModelType", bound=BaseModel)
EMPTY = "Write a value after the ':', or delete the key."
KINDS: dict[type, str] = {dict: "a mapping", list: "a list", str: "text"}
WANTED = {
    "tuple_type": "a list is needed",
    "dict_type": "keys with values are needed",
    "model_type": "keys with values are needed",
    "string_type": "text is needed",
    "int_type": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "too_short": "it must not be empty",
    "too_long": "it has too many items",
    "greater_than": "that is too small a number",
    "greater_than_equal": "that is too small a number",
    "less_than_equal": "that is too large a number",
}
HINTS = {
    "date": "Write a date as 2024, 2024-12 or 2024-12-13.",
    "id": "Use lower-case letters, digits and hyphens: 'shang-2022'.",
    "number": "Write digits with a decimal point, without unit or thousands separators.",
    "quantity": "Give a value with unit, events and n, arms, a difference, a date or a statement: one.",
    "words": "Write plain words: no Markdown, HTML or references are read here, and a dash is –.",
    "quoted": 'Write straight quotation marks, "like these", or none.',
    "unit-beside": "Write the unit behind it, as in '12 months'.",
    "unit": "Add a unit: percent, patients, studies, points ...",
    "truth": "Write true or false.",
    "edit": "Put (file) where the path of the file stands: https://example.org/colds/edit/main/(file).",
    "editor": "Add 'repository: https://' with the host, the owner and the name, or write 'backend: local'.",
    "impossible": "Compare with the source, and correct the number.",
    "doi": "Write it as 10.1002/sctm.21-0001: it begins with 10., has a slash, and no blank.",
    "pmid": "Write its digits alone, up to nine of them.",
    "pmcid": "Write it as PMC9442938.",
    "level": "Write it in percent: 95 for a 95% interval.",
    "p": 'Write it as printed: 0.010, or "<0.001" in quotes.',
    "one-thing": "Keep one of the keys study, source, trial and name.",
    "reason": "Write why under 'reason:' where 'became: left-out' stands, and nowhere else.",
    "kind": "Write what was found under 'kind:', for example 'kind: meta-analysis'.",
    "address": "Write it with https:// in front: https://example.org/.",
    "report": "Write a mail address, or the address of a form with (page), (number) and (finding) where it takes "
    "them: https://example.org/new?title=(number)&body=(page)+(finding).",
}
RULES = {
    "date": "date-valid",
    "id": "id-valid",
    "number": "value-valid",
    "truth": "value-valid",
    "words": "value-valid",
    "quoted": "value-valid",
    "unit-beside": "value-valid",
    "quantity": "quantity-single",
    "unit": "quantity-single",
    "edit": "value-valid",
    "editor": "value-valid",
    "impossible": "quantity-possible",
    "level": "quantity-possible",
    "doi": "value-valid",
    "pmid": "value-valid",
    "pmcid": "value-valid",
    "p": "value-valid",
    "one-thing": "value-valid",
    "reason": "value-valid",
    "kind": "key-present",
    "address": "value-valid",
    "report": "report-fillable",
}


def bind(
    document: Document, model: type[ModelType], extra: dict[str, Any] | None = None, path: Path = ()
) -> tuple[ModelType | None, list[Problem]]:
    """Return a model of the document's content at ``path``, or None with the problems."""
    content = document.content
    for part in path:
        content = content[part]
    if not isinstance(content, dict):
        message = f"{KINDS.get(type(content), 'a single value')} stands where keys are needed"
        hint = f"Write keys such as {', '.join(_keys(model)[:4])}, each with ':' and a value."
        return None, [Problem(document.place(path), "value-valid", message, hint)]
    given = extra or {}
    empty = dict(islice(_empty(document, content, path), MOST_PROBLEMS))
    if "id" in given and "id" in content:
        place = document.place((*path, "id"), of_key=True)
        hint = f"Delete it: the id is '{given['id']}', the name above it or of the file."
        return None, [Problem(place, "key-known", "the key 'id' is not known here", hint)]
    try:
        bound = model.model_validate({**content, **given})
        return (None, list(empty.values())) if empty else (bound, [])
    except ValidationError as error:
        # The name of a file was judged when the file was found
        errors = [
            detail
            for detail in error.errors()
            if path or "id" not in given or detail["loc"] != ("id",)
        ]
        problems = list(_problems(document, model, path, errors[:MOST_PROBLEMS]))
        told = {(*path, *detail["loc"]) for detail in errors}
        problems += [problem for where, problem in empty.items() if where not in told]
        more = len(errors) - MOST_PROBLEMS
        if more > 0:
            message, hint = f"and {more:,} more things are wrong here", "Mend the others first."
            problems.append(Problem(document.place(path), "value-valid", message, hint))
        return None, problems


def _empty(document: Document, content: Any, path: Path) -> Iterable[tuple[Path, Problem]]:
    """Yield a problem for each key that has no value: who leaves one has not finished, or means to delete it."""
    inner = content.items() if isinstance(content, dict) else ()
    for name, value in inner:
        where = (*path, name)
        if value is None:
            message = f"'{name}' has no value"
            yield where, Problem(document.place(where), "value-valid", message, EMPTY)
        for item in value if isinstance(value, list) else [value]:
            yield from _empty(document, item, where)


def _problems(
    document: Document, model: type[BaseModel], path: Path, errors: list[ErrorDetails]
) -> Iterable[Problem]:
    misspelt = {
        _meant(model, error["loc"]) for error in errors if error["type"] == "extra_forbidden"
    }
    for error in errors:
        if error["type"] == "too_short" and _follows(error, errors):
            continue
        if error["type"] == "missing" and error["loc"] in misspelt:
            continue
        location = tuple(part for part in error["loc"] if part != "[key]")
        yield _problem(document, model, (*path, *location), location, error)


def _meant(model: type[BaseModel], location: tuple[str | int, ...]) -> tuple[str | int | None, ...]:
    """Return the location of the key that an unknown key was probably meant to be."""
    return (*location[:-1], nearest(str(location[-1]), _keys(_owner(model, location))))


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Tell whether a list is too short only because an item of it is wrong."""
    length = len(error["loc"])
    return any(
        len(detail["loc"]) > length and detail["loc"][:length] == error["loc"] for detail in errors
    )


def _problem(
    document: Document,
    model: type[BaseModel],
    path: Path,
    location: tuple[str | int, ...],
    error: ErrorDetails,
) -> Problem:
    kind = error["type"]
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    place = document.place(path)
    if kind == "extra_forbidden":
        known = _keys(_owner(model, location))
        hint = did_you_mean(name, known, f"Known keys here: {', '.join(known)}.")
        message = f"the key '{name}' is not known here"
        return Problem(document.place(path, of_key=True), "key-known", message, hint)
    if kind in {"missing", "too_long"} and isinstance(error["input"], list):
        parent = path[:-1] if kind == "missing" else path
        message = f"'{parent[-1]}' has {len(error['input'])} items, and two are needed"
        return Problem(document.place(parent), "value-valid", message, "Write [low, high].")
    if kind == "missing":
        message = f"the key '{name}' is missing"
        return Problem(place, "key-present", message, f"Add '{name}:' here.")
    if error["input"] is None:
        return Problem(place, "value-valid", _message(name, error), _hint(error))
    if kind == "literal_error":
        return _not_of_list(place, name, error)
    if kind in HINTS:
        return Problem(place, RULES[kind], error["msg"], HINTS[kind])
    hint = _shape(model, location) if kind == "model_type" else _hint(error)
    return Problem(place, "value-valid", _message(name, error), hint)


def _shape(model: type[BaseModel], location: tuple[str | int, ...]) -> str:
    """Return what a group of keys looks like: those that it needs, or else its first two."""
    # What stands under names of its own, as a finding does, is of the field around it
    field = field_at(model, location) or field_at(model, location[:-1])
    owner = None if field is None else _model_in(field.annotation)
    infos = {} if owner is None else owner.model_fields
    needed = {info.alias or name for name, info in infos.items() if info.is_required()}
    known = _keys(owner)
    shown = [key for key in known if key in needed] or known[:2]
    return f"Write keys with their values: {{{', '.join(f'{key}: ...' for key in shown)}}}."


def _not_of_list(place: Place, name: str, error: ErrorDetails) -> Problem:
    expected = str(error.get("ctx", {}).get("expected", ""))
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(", ")]
    written = str(error["input"])
    article = "an" if name[:1] in set("aeiou") else "a"
    message = f"'{written}' is not {article} {name.replace('-', ' ')} that is known"
    hint = did_you_mean(written, known)
    listed = f"Known: {', '.join(known)}."
    return Problem(place, "value-known", message, f"{hint} {listed}".strip())


def _message(name: str, error: ErrorDetails) -> str:
    written = error["input"]
    if written is None:
        return f"'{name}' has no value"
    quoted = (
        f"'{str(written).lower() if isinstance(written, bool) else written}'"
        if isinstance(written, (str, int, Decimal))
        else KINDS.get(type(written), "it")
    )
    wanted = WANTED.get(error["type"], f"{error['msg'][:1].lower()}{error['msg'][1:]}")
    return f"'{name}' cannot be {quoted}: {wanted}"


def _hint(error: ErrorDetails) -> str:
    if error["input"] is None:
        return EMPTY
    if error["type"] == "string_type" and isinstance(error["input"], (list, dict)):
        return "What begins with a bracket is a list or keys in YAML: put the whole text in double quotes."
    return {
        "tuple_type": "Write a list: [one, two], or one item a line after '- '.",
        "dict_type": "Write keys and values here, indented by two spaces.",
        "string_type": "Write plain text here.",
        "int_from_float": "Write a whole number.",
        "int_type": "Write a whole number, in digits.",
        "int_parsing": "Write a whole number, in digits.",
        "greater_than": "Compare with the source, and correct the number.",
        "greater_than_equal": "Compare with the source, and correct the number.",
        "less_than_equal": "Compare with the source, and correct the number.",
        "too_short": "Write something here: words, or an item of a list.",
    }.get(error["type"], "Compare with another file in the same folder.")


def _keys(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    names = [field.alias or name for name, field in model.model_fields.items()]
    return [name for name in names if name != "id"]


def _owner(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that owns the last key of ``location``."""
    owner: type[BaseModel] | None = model
    for part in location[:-1]:
        if owner is None:
            return None
        if isinstance(part, int):
            continue
        field = next(
            (info for name, info in owner.model_fields.items() if part in {name, info.alias}), None
        )
        if field is not None:
            owner = _model_in(field.annotation)
    return owner


def field_at(model: type[BaseModel], location: Path) -> FieldInfo | None:
    """Return the field of the last key of ``location``, also of an item in its list; None where there is none."""
    keys = tuple(part for part in location if isinstance(part, str))
    owner = _owner(model, keys) if keys else None
    fields = owner.model_fields.items() if owner else ()
    return next((info for name, info in fields if keys[-1] in {name, info.alias}), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        model = _model_in(argument)
        if model is not None:
            return model
    return None
