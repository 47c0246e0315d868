"""Forms of the editor are made of the schemas: every key is asked for once, in the words of its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evidence.editors import lists_of
from evidence.files.browser_editor.forms import ENTRIES, KEY, VALUE, Form, Forms
from evidence.model.file_kinds import FILE_KINDS, FileKind, schema_of_kind
from tests.projects import GALLERY

LISTS = lists_of(GALLERY)["$defs"]
FORMS = {
    kind.schema: Forms(schema_of_kind(kind), LISTS).form()
    for kind in FILE_KINDS
    if "registry" not in kind.files
}


def field(form: Form, *names: str) -> dict[str, Any]:
    """Return the field of a key inside others."""
    fields, found = form.fields, {}
    for name in names:
        (found,) = (one for one in fields if one["name"] == name)
        fields = found.get("fields", [])
    return found


def agreeing(fields: list[dict[str, Any]], shape: dict[str, Any]) -> Iterator[str]:
    """Yield where fields and a shape do not say the same."""
    names = [one["name"] for one in fields]
    if shape["is"] == "keyed":
        inside = shape["of"].get("keys", {VALUE: shape["of"]})
        yield from (
            agreeing(fields[1:], {"is": "map", "keys": inside}) if names[0] == KEY else ["no key"]
        )
        return
    if names != list(shape["keys"]):
        yield f"{names} and {list(shape['keys'])}"
    for one, inner in zip(fields, shape["keys"].values(), strict=True):
        inner = inner["of"] if inner["is"] == "list" else inner  # noqa: PLW2901 - a list has the fields of its items
        if inner["is"] in {"map", "keyed"}:
            yield from agreeing(one["fields"], inner)
        elif "fields" in one:
            yield f"{one['name']} is a text with fields"


@pytest.mark.parametrize("name", FORMS)
def test_what_is_asked_is_what_is_written(name: str) -> None:
    form = FORMS[name]
    fields = form.fields[0]["fields"] if form.fields[0]["name"] == ENTRIES else form.fields
    assert list(agreeing(fields, form.shape)) == []


@pytest.mark.parametrize(
    "kind", [kind for kind in FILE_KINDS if kind.schema in FORMS and not kind.many]
)
def test_every_key_of_a_schema_is_asked_for_with_its_words(kind: FileKind) -> None:
    schema = schema_of_kind(kind)
    for name, key in schema["properties"].items():
        asked = field(FORMS[kind.schema], name)
        assert asked["required"] is (name in schema.get("required", ()))
        assert asked["hint"].startswith(key["description"].strip())


def test_no_key_of_a_file_is_called_as_the_form_calls_something_else() -> None:
    """Of a map under names of the author's choice the form calls the name so; of a page the text."""

    def keys(shape: dict[str, Any], *, named: bool = False) -> Iterator[str]:
        if shape["is"] == "map":
            yield from shape["keys"] if named else ()
            for inner in shape["keys"].values():
                yield from keys(inner)
        elif shape["is"] != "text":
            yield from keys(shape["of"], named=shape["is"] == "keyed")

    assert KEY not in {name for form in FORMS.values() for name in keys(form.shape)}
    assert "body" not in FORMS["page.json"].shape["keys"]
    assert not any("file-as-read" in form.shape.get("keys", {}) for form in FORMS.values())


def test_a_number_is_edited_as_it_is_written() -> None:
    value = field(FORMS["study.json"], "findings", "value")
    assert value["widget"] == "string"  # in a field for numbers 52.0 is 52
    assert value["pattern"][1].startswith("Write digits with a decimal point")


def test_a_closed_list_is_chosen_from_in_the_words_of_the_site() -> None:
    condition = field(FORMS["study.json"], "condition")
    assert condition["widget"] == "select"
    assert {"label": "cold (Common cold)", "value": "cold"} in condition["options"]
    words = [option["value"] for option in field(FORMS["study.json"], "design", "phase")["options"]]
    assert len(words) == len(set(words))  # 3 and "3" are one word
    assert field(FORMS["page.json"], "conditions")["multiple"] is True


def test_findings_are_a_list_with_their_names() -> None:
    findings = field(FORMS["study.json"], "findings")
    assert (findings["widget"], findings["fields"][0]["name"]) == ("list", KEY)
    assert findings["summary"].startswith("{{fields.key}}")
    assert FORMS["study.json"].shape["keys"]["findings"]["is"] == "keyed"


def test_a_date_is_a_line_although_it_may_be_written_in_parts() -> None:
    assert FORMS["source.json"].shape["keys"]["issued"] == {"is": "text"}
