"""Editors are given a schema for every kind of file, and it says what the reader of files says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatch
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from referencing import Registry, Resource

from evidence.editors import (
    FILE_KINDS,
    TABLES,
    first_line,
    lists_of,
    names,
    schemas,
    table_schema,
)
from evidence.model.base import ListedIn, PartialDate, kebab
from evidence.model.caution import MARK_KINDS, MarkKind
from evidence.model.claim import VERDICTS, Verdict
from evidence.model.design import BLINDINGS, CONTROLS, DESIGN_KINDS, Design, DesignKind
from evidence.model.file_kinds import LISTS, FileKind, schema_of_kind
from evidence.model.finding import Finding
from evidence.model.search import FoundItem
from evidence.model.search_words import (
    AIMS,
    BECAME,
    ITEM_KINDS,
    REASONS,
    Aim,
    Became,
    ItemKind,
    Reason,
)
from evidence.model.source_reading import DISCREPANCY_STATES, DiscrepancyState
from evidence.model.trial_reading import LISTED, TrialReading
from evidence.problems import ProblemsFoundError
from evidence.read.binding import bind
from evidence.read.front_matter import FENCE
from evidence.read.sources import is_binary
from evidence.read.yaml_file import read_yaml
from tests.projects import GALLERY, INVALID, MINIMAL, ROOT

SITES = {"real": ROOT, "gallery": GALLERY, "minimal": MINIMAL}
KINDS = {kind.schema: kind for kind in FILE_KINDS}
HAS_FRONT = "page.json"
NOT_YET = {"picture.json", "table.json"}  # of which the real site has none so far


def files_of(site: Path, folder: str) -> list[str]:
    paths = (path.relative_to(site).as_posix() for path in (site / folder).rglob("*"))
    return sorted(path for path in paths if (site / path).is_file() and not is_binary(path))


def schemas_for(file: str) -> list[str]:
    globs = {kind.schema: kind.files for kind in FILE_KINDS}
    globs |= {name: files for name, (files, _) in TABLES.items()}
    return [name for name, files in globs.items() if fnmatch(file, files.replace("**/", "*"))]


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_every_file_that_an_editor_writes_is_of_one_kind_and_has_a_schema(site: Path) -> None:
    files = [*files_of(site, "data"), *files_of(site, "content")]
    assert len(files) > 4
    assert {file: schemas_for(file) for file in files if len(schemas_for(file)) != 1} == {}


# What the reader accepts, the schema accepts


def yaml_of(file: Path) -> str:
    text = file.read_text("utf-8-sig")
    return FENCE.split(text)[1] if file.suffix == ".md" else text


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each site with its schemas, and the front matter of its pages as YAML files."""
    folder = tmp_path_factory.mktemp("schemas")
    for name, site in SITES.items():
        (folder / name / "fronts").mkdir(parents=True)
        for schema, text in schemas(site).items():
            (folder / name / schema).write_text(text, "utf-8")
        for page in files_of(site, "content"):
            front = folder / name / "fronts" / f"{page.replace('/', '--')}.yaml"
            front.write_text(yaml_of(site / page), "utf-8")
    return folder


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
@pytest.mark.parametrize("site", SITES)
def test_check_jsonschema_passes_on_every_file(site: str, kind: FileKind, written: Path) -> None:
    root = SITES[site]
    files = [root / file for file in files_of(root, "data") if schemas_for(file) == [kind.schema]]
    if kind.schema == HAS_FRONT:
        files = sorted((written / site / "fronts").iterdir())
    if not files:
        assert site != "real" or kind.schema in NOT_YET
        return
    schema = written / site / kind.schema
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
    ran = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_schemas_are_themselves_schemas(written: Path) -> None:
    files = [str(written / "real" / name) for name in (*KINDS, LISTS)]
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *files]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


# Values such as the reader of YAML gives, of every kind that an author might type
PROBES: list[Any] = [
    "", "x", "X y", "a-b", "A-b", "a--b", 0, 1, -1, 5, 50, 95, 100, 1000, 2024, 10000, Decimal("1.5"),
    Decimal("0.010"), Decimal("3.0"), Decimal("99.99"), "1", "007", "1e3", "1,000", "−5", "+5", "-5.20", ".5", "½",
    "٣", True, False, "true", "yes", "no", "Yes", "on", [], ["x"], ["a-b"], [1], [1, 2], ["1", "2"], [1, 2, 3], {},
    {"x": "y"}, {"a-b": "c"}, {"A b": "c"}, "2024-12", "2024-13", "2024-12-31", "2024-12-32", "0000", "24", "2024-1-1",
    "<0.001", "< 0.001", "p<0.05", "1.0", "2", "https://example.org/", "http://x", "https://exa mple.org",
    "example.org", "javascript:1", "https://a..b", "https://.a", "https://x.org/a b", "HTTPS://X.ORG",
    "https://1.2.3.4/", "https://x:8080/y", "10.1002/abc", "doi:10.1002/abc", "https://doi.org/10.1002/abc", "10.1/x",
    "doi: 10.1002/abc", "PMC12", "PMC0", "a@b.org", "https://e.org/?(page)(number)(finding)", "https://e.org/?(page)",
    "NOR", "nor", "supported", "trials", "none", ">", "about", "1/2",
]  # fmt: skip
# What no schema can say: how large a number is that stands in quotes, and that 3.0 is not 3
NOT_SAID = {"1", "2", "24", "007", "0000", "−5", "-5.20", Decimal("3.0")}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation)
    for argument in get_args(annotation):
        yield from models_in(argument)


def is_listed(annotation: Any) -> bool:
    marks = getattr(annotation, "__metadata__", ())
    return any(isinstance(mark, ListedIn) for mark in marks) or any(
        is_listed(argument) for argument in get_args(annotation)
    )


def keys_of(kind: FileKind) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield the name of every key, the field that it is, and its schema; closed lists of a site are left out."""
    schema = schema_of_kind(kind)
    top = schema["additionalProperties"] if kind.many else schema
    inner = schema.get("$defs", {})
    for model in dict.fromkeys(models_in(kind.model)):
        if model is PartialDate:
            continue
        properties = (top if model is kind.model else inner[model.__name__])["properties"]
        for name, field in model.model_fields.items():
            key = field.alias or kebab(name)
            if key == "id" and key not in properties:
                continue  # the name of a file, or the key above
            if not any(map(is_listed, [Annotated[(field.annotation, *field.metadata, None)]])):
                yield f"{model.__name__}.{key}", field, {**properties[key], "$defs": inner}


def adapter_of(field: Any) -> TypeAdapter[Any]:
    annotated: Any = Annotated[(field.annotation, *field.metadata, None)]
    return TypeAdapter(annotated)


def accepted(adapter: TypeAdapter[Any], probe: Any) -> bool:
    try:
        adapter.validate_python(probe)
    except ValidationError:
        return False
    return True


def as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
def test_a_schema_accepts_what_the_reader_accepts_and_nothing_else(kind: FileKind) -> None:
    refused, let_through = [], []
    for name, field, schema in keys_of(kind):
        validator = Draft202012Validator(schema)
        adapter = adapter_of(field)
        for probe in PROBES:
            is_read, is_valid = accepted(adapter, probe), validator.is_valid(as_json(probe))
            if is_read and not is_valid:
                refused.append((name, probe))
            if (
                is_valid
                and not is_read
                and not (isinstance(probe, (str, Decimal)) and probe in NOT_SAID)
            ):
                let_through.append((name, probe))
    assert refused == []
    assert let_through == []


ARMS = {"treated": {"events": 1, "n": 2}, "control": {"events": 1, "n": 2}}
# Keys that hang on each other: what a thing has in any case, and what it may have
TOGETHER: dict[type[BaseModel], tuple[str, dict[str, Any], dict[str, Any]]] = {
    Finding: (
        "study.json", {"id": "x", "measure": "m", "source": "s", "locator": "l"},
        {"value": 1, "unit": "u", "events": 1, "n": 2, "arms": ARMS, "difference": {"value": 1, "unit": "u"}, "p": "0.1",
         "date": "2024", "statement": "s"},
    ),
    FoundItem: (
        "search.json", {"became": "shown"},
        {"study": "a", "source": "b", "trial": "c", "name": "d", "kind": "report", "reason": "no-results"},
    ),
    TrialReading: (
        "trial.json", {"locator": "l", "kind": "paper", "read": "2024"},
        {"source": "a", "url": "https://example.org", "export": "c"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("model", TOGETHER, ids=lambda model: model.__name__)
def test_keys_that_hang_on_each_other_do_so_in_the_schema(model: type[BaseModel]) -> None:
    name, always, optional = TOGETHER[model]
    schema = schema_of_kind(KINDS[name])
    validator = Draft202012Validator({**schema["$defs"][model.__name__], "$defs": schema["$defs"]})
    counted = {True: 0, False: 0}
    for size in range(len(optional) + 1):
        for keys in combinations(optional, size):
            for became in ("shown", "left-out"):
                content = {**always, **{key: optional[key] for key in keys}}
                if "became" in always:
                    content["became"] = became
                is_read = accepted(TypeAdapter(model), content)
                content.pop("id", None)
                assert validator.is_valid(content) == is_read, content
                counted[is_read] += 1
    assert min(counted.values()) > 1


def test_the_reader_refuses_a_key_without_a_value_as_every_schema_does() -> None:
    (kind,) = (kind for kind in FILE_KINDS if kind.schema == "source.json")
    text = "type: book\ntitle: T\nshort: S\nkind: news\nvolume:\nreading: [{part: a, date: 2024, extent: whole, note: }]\n"
    document = read_yaml("data/sources/x.yaml", text)
    record, problems = bind(document, kind.model, {"id": "x"})
    assert record is None
    assert [(problem.place.line, problem.message) for problem in problems] == [
        (5, "'volume' has no value"),
        (6, "'note' has no value"),
    ]
    found = Draft202012Validator(schema_of_kind(kind)).iter_errors(document.content)
    assert {error.json_path for error in found} == {"$.volume", "$.reading[0].note"}


# Rules that a schema catches in the smallest sites that break them: the squiggle is there before any build
CAUGHT = {
    "id-valid", "key-known", "key-present", "quantity-single", "report-fillable", "value-known",
    "value-valid",
}  # fmt: skip


def registry_of(site: Path) -> Registry[Any]:
    try:
        lists = lists_of(site)
    except ProblemsFoundError:
        lists = lists_of(MINIMAL)
    empty: Registry[Any] = Registry()
    filled: Registry[Any] = empty.with_resource(LISTS, Resource.from_contents(lists))
    return filled


def errors_in(site: Path) -> Iterator[str]:
    for file in [*files_of(site, "data"), *files_of(site, "content")]:
        (kind,) = (KINDS.get(name) for name in schemas_for(file) or [""])
        if kind is None:
            continue
        try:
            document = read_yaml(file, yaml_of(site / file))
        except (UnicodeDecodeError, IndexError):
            continue
        if document.problems or document.content is None:
            continue
        validator = Draft202012Validator(schema_of_kind(kind), registry=registry_of(site))
        for error in validator.iter_errors(document.content):
            yield f"{file}: {error.message}"


def test_a_schema_catches_what_it_can_of_the_sites_that_break_a_rule(tmp_path: Path) -> None:
    caught = {}
    for folder in sorted(INVALID.iterdir()):
        laid = tmp_path / folder.name
        for part in (MINIMAL / "data", MINIMAL / "content", folder / "data", folder / "content"):
            if part.is_dir():
                shutil.copytree(part, laid / part.name, dirs_exist_ok=True)
        if found := list(errors_in(laid)):
            caught[folder.name] = found
    assert caught.keys() == CAUGHT, caught


# What is said of each key


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
def test_every_key_says_what_to_write_and_gives_an_example_that_holds(kind: FileKind) -> None:
    keys = list(keys_of(kind))
    assert keys
    for name, _, schema in keys:
        said = schema["description"]
        assert re.fullmatch(r"[A-Z'(\[]?[^`]{12,}[.:]?", said), name
        assert said[-1] in ".]:", name
        assert schema["examples"], name
        if "words.json" in json.dumps(schema):
            continue  # an example inside has a word of some site
        for example in schema["examples"]:
            assert Draft202012Validator(schema).is_valid(example), (name, example)


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
def test_keys_are_as_authors_type_them_and_patterns_hold_a_value_whole(kind: FileKind) -> None:
    text = json.dumps(schema_of_kind(kind))
    keys = {name.partition(".")[2] for name, _, _ in keys_of(kind)}
    assert {key for key in keys if "_" in key} == set()
    patterns = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', text)
    assert [pattern for pattern in patterns if pattern[0] != "^" or pattern[-1] != "$"] == []
    assert "null" not in re.findall(r'"type": "?([^",\]]+)', text)
    assert schema_of_kind(kind)["additionalProperties"] is False or kind.many


def test_every_closed_value_is_a_closed_list() -> None:
    lists = lists_of(ROOT)["$defs"]
    schema = {name: schema_of_kind(kind) for name, kind in KINDS.items()}
    said = schema["trial.json"]["$defs"]["Said"]["properties"]
    for field, listed in LISTED.items():
        key = said[kebab(field)]
        assert key.get("items", key)["$ref"] == f"{LISTS}#/$defs/{kebab(listed)}"
    assert schema["figure.json"]["properties"]["kind"]["$ref"] == f"{LISTS}#/$defs/figure-kinds"
    assert schema["study.json"]["properties"]["condition"]["$ref"] == f"{LISTS}#/$defs/conditions"
    assert len(lists["figure-kinds"]["enum"]) == 21
    for closed in lists.values():
        assert len(closed["enum"]) == len(closed["markdownEnumDescriptions"])
    assert 2 in lists["phases"]["enum"]
    design = schema["study.json"]["$defs"]["Design"]["properties"]
    assert all("enum" in key for key in design.values())


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
def test_each_word_that_is_explained_has_one_meaning(kind: FileKind) -> None:
    for name, _, schema in keys_of(kind):
        meanings = schema.get("markdownEnumDescriptions", [])
        assert len(meanings) == len(schema["enum"] if meanings else []), name
        assert all(meanings), name


def test_meanings_stand_in_the_order_of_their_words() -> None:
    for kind, listed in (
        (DesignKind, DESIGN_KINDS), (MarkKind, MARK_KINDS), (Verdict, VERDICTS), (Aim, AIMS), (ItemKind, ITEM_KINDS),
        (Became, BECAME), (Reason, REASONS), (DiscrepancyState, DISCREPANCY_STATES),
    ):  # fmt: skip
        assert get_args(kind) == tuple(listed)
    for field, meanings in (("blinding", BLINDINGS), ("control", CONTROLS)):
        assert get_args(Design.model_fields[field].annotation) == tuple(meanings)


def test_a_table_has_a_schema_that_its_own_columns_follow() -> None:
    for name, (files, columns) in TABLES.items():
        known = {field["name"] for field in table_schema(columns)["fields"]}
        assert all(
            field["description"]
            for field in table_schema(columns)["fields"]
            if name != "readings-table.json"
        )
        for path in sorted(ROOT.glob(files)):
            header = path.read_text("utf-8-sig").partition("\n")[0].split(",")
            if (
                "measure" in header or name != "findings-table.json"
            ):  # the others are tables of counts
                assert set(header) <= known, path.name


# Wired


def test_the_settings_name_every_schema_and_every_folder() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    wanted = {
        f"docs/schemas/{kind.schema}": kind.files for kind in FILE_KINDS if kind.schema != HAS_FRONT
    }
    assert settings["yaml.schemas"] == wanted


@pytest.mark.parametrize("kind", FILE_KINDS, ids=KINDS)
def test_the_first_line_of_a_new_file_leads_to_its_schema_and_changes_nothing(
    kind: FileKind,
) -> None:
    file = kind.files.replace("**/", "colds/").replace("*", "new")
    line = first_line(file)
    if kind.schema == HAS_FRONT:
        assert line == ""
        return
    path = line.strip().partition("$schema=")[2]
    assert ((ROOT / file).parent / path).resolve() == ROOT / "docs/schemas" / kind.schema
    text = "title: A\nlist: [1, 2]\n"
    assert read_yaml(file, line + text).content == read_yaml(file, text).content


def test_names_are_complete_for_what_can_be_read() -> None:
    listed = json.loads(names(GALLERY))
    bodies = {snippet["body"]: (name, snippet["scope"]) for name, snippet in listed.items()}
    name, scope = bodies["honey-2019/cough-free"]
    assert name.startswith("no cough: time day 7; arms-treated-percent 56.3;")
    assert name.endswith("(finding honey-2019/cough-free)")
    assert scope == "markdown,yaml"
    assert bodies["@colds-2021"][1] == "markdown"
    kinds = {name.rpartition("(")[2].partition(" ")[0] for name in listed}
    assert kinds == {
        "study", "finding", "citation", "source", "figure", "picture", "outcome", "claim", "page",
    }  # fmt: skip
    assert bodies["honey-jars.jpg"][1] == "markdown"
    assert [name for name, one in listed.items() if one["prefix"] != one["body"]] == []
