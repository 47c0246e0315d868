"""What a model is to an editor: a JSON Schema with a word on every key, and patterns that hold a value whole.

The words stand in the models: ``asks`` or else ``description`` of a field, its ``examples``, and the docstring of a
model. Nothing that the reader of files accepts is refused here, and of what it refuses as much as a JSON Schema can say
(draft 2020-12) is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.model.base import ID_SCHEMA, Model

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Constraints that stay in the words of Python where a schema is our own
BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
NOT_KEPT = ("default", "title")
ID_NAMES = {key: ID_SCHEMA[key] for key in ("pattern", "patternErrorMessage")}


def schema_of(model: type[Model], title: str, lists: str, *, ids: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a file that holds one model.

    ``lists`` is the address of the schema with the closed lists, each below ``$defs``. Of the models named in
    ``ids`` the key ``id`` is written in the file; that of others is the name of a file, or the key above them.
    """
    schema = model.model_json_schema(by_alias=True)
    parts = {model.__name__: schema, **schema.pop("$defs", {})}
    keyed = {
        f"#/$defs/{name}" for name, part in parts.items() if name not in ids and _without_id(part)
    }
    for name, part in parts.items():
        for inner in _schemas(part):
            _tidy(inner, lists)
            if (
                inner.get("additionalProperties", False)
                and inner["additionalProperties"].get("$ref") in keyed
            ):
                inner["propertyNames"] = ID_NAMES
        part["description"] = part.get("description", "").replace("``", "`")
        part["title"] = name
    schema = {"$schema": DIALECT, **parts.pop(model.__name__), "title": title}
    if parts:
        schema["$defs"] = dict(sorted(parts.items()))
    return schema


def keyed_by_id(schema: Schema, title: str, description: str) -> Schema:
    """Return the schema of a file that holds many of what a ``schema`` describes, each under its id."""
    inner = {key: part for key, part in schema.items() if key not in {"$schema", "$defs"}}
    whole = {"$schema": DIALECT, "title": title, "description": description, "type": "object"}
    more = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    return {**whole, "propertyNames": ID_NAMES, "additionalProperties": inner, **more}


def _without_id(schema: Schema) -> bool:
    """Take the key ``id`` from a schema; tell whether it was there."""
    if schema.get("properties", {}).pop("id", None) is None:
        return False
    schema["required"] = [name for name in schema.get("required", []) if name != "id"]
    return True


def _schemas(schema: Any) -> Iterator[Schema]:
    """Yield a schema and every schema inside it; examples, closed lists and constants are none."""
    if isinstance(schema, list):
        for part in schema:
            yield from _schemas(part)
    if not isinstance(schema, dict):
        return
    yield schema
    for key, part in schema.items():
        if key in {"properties", "patternProperties"}:
            yield from _schemas(list(part.values()))
        elif key not in {"examples", "enum", "const", "default"}:
            yield from _schemas(part)


def _tidy(schema: Schema, lists: str) -> None:
    """Put one schema, not those inside it, into the form in which editors understand it best."""
    for key in NOT_KEPT:
        schema.pop(key, None)
    choices = [part for part in schema.get("anyOf", []) if part != {"type": "null"}]
    if len(choices) == 1 and len(schema["anyOf"]) > 1:
        del schema[
            "anyOf"
        ]  # None means that the key is left out; a key without a value is a problem
        schema.update({**choices[0], **schema})
    for python, bound in BOUNDS.items():
        if python in schema:
            schema[bound] = schema.pop(python)
    if "listed" in schema:
        schema["$ref"] = f"{lists}#/$defs/{schema.pop('listed')}"
    pair = schema.get("prefixItems")
    if pair and all(part == pair[0] for part in pair):
        schema["items"] = schema.pop("prefixItems")[0]
    if "patternProperties" in schema:
        ((pattern, value),) = schema.pop("patternProperties").items()
        schema |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
