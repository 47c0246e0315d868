"""A form for a kind of file, made of its JSON Schema: what is asked for each key, and how the file is read and written.

A form is two values. Its ``fields`` are what the editor shows, in the words of its configuration; its ``shape`` tells
``written_form.js`` what of the file is in the form. Both are made of the same schema, so that they agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.model.json_schema import Schema

KEY, VALUE, ENTRIES = "key", "value", "entries"  # as in written_form.js
TEXT: Schema = {"is": "text"}
ONE_LINE = 60  # characters of an example, from which on more than a line is asked for
TRUTH = "true"


@dataclass(frozen=True)
class Form:
    """What an editor is shown of a kind of file, and what of the file that is."""

    fields: list[Schema]
    shape: Schema


@dataclass(frozen=True)
class KeyForm:
    """One key: its ``field`` without a name, and its ``shape``."""

    field: Schema
    shape: Schema


class Forms:
    """Makes forms of schemas whose closed lists stand in ``lists``, by the name behind '#/$defs/'."""

    def __init__(self, schema: Schema, lists: Mapping[str, Schema]) -> None:
        """Take the schema of a file, with what it refers to."""
        self._schema = schema
        self._parts: Mapping[str, Schema] = schema.get("$defs", {})
        self._lists = lists

    def form(self) -> Form:
        """Return the form of the file."""
        if "properties" in self._schema:
            fields, shape = self._map(self._schema)
            return Form(fields, shape)
        asked = self._keyed(self._schema)
        entries = {"name": ENTRIES, "label": self._schema["title"], **asked.field}
        return Form([entries], asked.shape)

    def _asked(self, given: Schema) -> KeyForm:
        """Return what is asked where a value has this schema."""
        schema = self._whole(given)
        if (
            "properties" in schema and "pattern" not in schema
        ):  # else it may be a text as well, and mostly is
            fields, shape = self._map(schema)
            return KeyForm({"widget": "object", "fields": fields, "collapsed": "auto"}, shape)
        if isinstance(schema.get("additionalProperties"), dict):
            return self._keyed(schema)
        if schema.get("type") == "array":
            return self._list(schema)
        return KeyForm(self._text(schema), TEXT)

    def _whole(self, schema: Schema) -> Schema:
        """Return a schema with what it refers to; its own words stay."""
        reference = schema.get("$ref", "")
        if not reference:
            return schema
        name = reference.rpartition("/")[2]
        found = self._parts[name] if reference.startswith("#/") else self._lists[name]
        return {**found, **{key: part for key, part in schema.items() if key != "$ref"}}

    def _map(self, schema: Schema) -> tuple[list[Schema], Schema]:
        required = schema.get("required", [])
        fields, keys = [], {}
        for name, given in schema["properties"].items():
            asked = self._asked(given)
            told = {"name": name, "label": label_of(name), "required": name in required}
            fields.append(told | hint_of(given) | asked.field)
            keys[name] = asked.shape
        return fields, {"is": "map", "keys": keys}

    def _keyed(self, schema: Schema) -> KeyForm:
        """Return a list in which each entry has the name that stands above it in the file."""
        inner = self._asked(schema["additionalProperties"])
        names = schema.get("propertyNames", {})
        key = {"name": KEY, "label": "Name", "widget": "string", **pattern_of(names)}
        key["hint"] = names.get("patternErrorMessage", "The name that stands above it in the file.")
        if inner.shape["is"] == "map":
            inside = inner.field["fields"]
        else:
            inside = [{"name": VALUE, "label": "Value", "required": False, **inner.field}]
        field = {"widget": "list", "fields": [key, *inside], **folded(_summary([key, *inside]))}
        return KeyForm(field, {"is": "keyed", "of": inner.shape})

    def _list(self, schema: Schema) -> KeyForm:
        inner = self._asked(schema.get("items", {}))
        shape = {"is": "list", "of": inner.shape}
        if inner.shape["is"] == "map":
            fields = inner.field["fields"]
            return KeyForm({"widget": "list", "fields": fields, **folded(_summary(fields))}, shape)
        if "options" in inner.field:
            options = inner.field["options"]
            return KeyForm({"widget": "select", "multiple": True, "options": options}, shape)
        if inner.shape["is"] == "text":
            return KeyForm({"widget": "list"}, shape)
        return KeyForm(
            {"widget": "list", "field": {"name": VALUE, "label": "List", **inner.field}}, shape
        )

    def _text(self, schema: Schema) -> Schema:
        """Return the field of a scalar: it is edited as it is written, so that 52.0 stays 52.0."""
        if "enum" in schema:
            meanings = schema.get("markdownEnumDescriptions", [])
            return {"widget": "select", "options": options_of(schema["enum"], meanings)}
        if schema.get("type") == "boolean" or "boolean" in schema.get("type", ()):
            return {"widget": "select", "options": options_of([TRUTH, "false"], ["Yes", "No"])}
        long = any(
            len(str(example)) > ONE_LINE or str(example).endswith(".")
            for example in schema.get("examples", [])
        )
        return {"widget": "text" if long else "string", **pattern_of(schema)}


def label_of(name: str) -> str:
    """Return a key as words: ``review-due`` is asked for as "Review due"."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def hint_of(schema: Schema) -> Schema:
    """Return what an editor is told of a key, with an example."""
    words = schema.get("description", "").strip()
    examples = [
        str(it) for it in schema.get("examples", []) if not isinstance(it, (dict, list, bool))
    ]
    if examples and "enum" not in schema and "$ref" not in schema:
        words = f"{words} Example: {examples[0]}".strip()
    return {"hint": words} if words else {}


def pattern_of(schema: Schema) -> Schema:
    """Return the pattern that a text has to match, with the words for one that does not."""
    if "pattern" not in schema:
        return {}
    said = schema.get("patternErrorMessage", "This is not written as it has to be.")
    return {"pattern": [schema["pattern"], said]}


def options_of(words: list[Any], meanings: list[str]) -> list[Schema]:
    """Return the words of a closed list once each, with what they mean: ``3`` and ``"3"`` are the same word."""
    told = dict.fromkeys(str(word) for word in words)
    for word, meaning in zip(words, meanings, strict=False):
        told[str(word)] = told[str(word)] or meaning.partition(". ")[0]
    return [
        {
            "label": word if not said or said.casefold() == word.casefold() else f"{word} ({said})",
            "value": word,
        }
        for word, said in told.items()
    ]


def folded(summary: str) -> Schema:
    """Return how a long list is shown: each entry as a line, until somebody opens it."""
    return {"summary": summary, "collapsed": True}


def _summary(fields: list[Schema]) -> str:
    """Return which fields tell entries of a list apart: the first two that are texts."""
    names = [field["name"] for field in fields if field["widget"] in {"string", "text", "select"}]
    return " · ".join(f"{{{{fields.{name}}}}}" for name in names[:2])
