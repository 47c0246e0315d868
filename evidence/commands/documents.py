"""``rules``, ``schemas`` and ``hosting`` write the documents that are made of the program."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from evidence.commands.verb import Surroundings, Verb


def _writing(name: str, written: str) -> Callable[[argparse.Namespace, Path, Surroundings], int]:
    def write(_asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
        from evidence import documentation  # noqa: PLC0415 - each verb loads only what it needs

        for path, text in documentation.documents(name, root).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        surroundings.say(f"{written} is written.")
        return 0

    return write


RULES = Verb(
    "rules",
    "write docs/rules.md and docs/markdown.md",
    _writing("rules", "docs/rules.md and docs/markdown.md"),
)
SCHEMAS = Verb(
    "schemas",
    "write what editors use: JSON Schemas, docs/keys.md, docs/words.md, and names to complete",
    _writing("schemas", "What editors use (docs/schemas/, docs/keys.md, docs/words.md, .vscode/)"),
)
HOSTING = Verb(
    "hosting",
    "write the recipes in docs/hosting.md",
    _writing("hosting", "docs/hosting.md"),
)
