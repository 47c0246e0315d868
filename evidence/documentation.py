"""Documentation made from the code: the rules, JSON Schemas for editors, and recipes for hosts."""

from __future__ import annotations

import json
import re
from pathlib import Path

from evidence.files.hosts import RECIPES
from evidence.model.base import Model
from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.page import FrontMatter
from evidence.model.search import Search
from evidence.model.site import Site, Term, Vocabularies
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.synonyms import Synonyms
from evidence.model.trial import Trial
from evidence.rules import RULES

SCHEMAS: dict[str, type[Model]] = {
    "search.json": Search,
    "source.json": Source,
    "study.json": Study,
    "trial.json": Trial,
    "vocabularies.json": Vocabularies,
    "claims.json": Ledger,
    "figure.json": Figure,
    "site.json": Site,
    "synonyms.json": Synonyms,
    "page.json": FrontMatter,
}


def documents(verb: str, root: Path) -> dict[str, str]:
    """Return the documents that a verb of the command line writes, by their paths below ``root``."""
    if verb == "rules":
        return {"docs/rules.md": rules()}
    if verb == "schemas":
        return {f"docs/schemas/{name}": schema for name, schema in schemas().items()}
    return {"docs/hosting.md": hosting((root / "docs/hosting.md").read_text("utf-8"))}


def rules() -> str:
    """Return docs/rules.md: every rule with the sentence that says what holds."""
    lines = [
        "# The rules",
        "",
        "Every problem that the build prints names one of these rules. Each has the smallest site",
        "that breaks it in `tests/sites/invalid/`. This page is made by `python build.py rules`.",
        "",
        "| Rule | What holds |",
        "| --- | --- |",
    ]
    lines += [f"| `{name}` | {sentence} |" for name, sentence in RULES.items()]
    return "\n".join(lines) + "\n"


def schemas() -> dict[str, str]:
    """Return a JSON Schema by file name, for completion and hover help in editors.

    The id of a thing is its file's name or its key, so it is not asked for.
    """
    texts = {}
    for name, model in SCHEMAS.items():
        schema = model.model_json_schema(by_alias=True)
        _without_ids(schema)
        texts[name] = json.dumps(schema, indent=2) + "\n"
    glossary = {"type": "object", "additionalProperties": Term.model_json_schema(by_alias=True)}
    _without_ids(glossary["additionalProperties"])  # type: ignore[arg-type]
    texts["glossary.json"] = json.dumps(glossary, indent=2) + "\n"
    return texts


MADE = re.compile(r"(?ms)^(<!-- made: ([a-z-]+) -->\n```\w*\n).*?^(```)$")


def hosting(text: str) -> str:
    """Return docs/hosting.md with each recipe that it names as the program makes it today."""
    return MADE.sub(lambda found: f"{found[1]}{RECIPES[found[2]]()}{found[3]}", text)


def _without_ids(schema: dict[str, object]) -> None:
    definitions = schema.get("$defs")
    parts = [schema, *(definitions.values() if isinstance(definitions, dict) else [])]
    for part in parts:
        properties = part.get("properties")
        if isinstance(properties, dict) and "id" in properties and part.get("title") != "Section":
            del properties["id"]
            required = [name for name in part.get("required", []) if name != "id"]
            part["required"] = required
