"""``changes`` compares an export of a registry with the one before."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence.commands.registry_words import begins_with
from evidence.commands.verb import Surroundings, Verb


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "words", nargs="*", metavar="registry EXPORT", help="an export (the newest)"
    )


def _compare(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.registry import comparing  # noqa: PLC0415 - seldom asked for

    name = asked.words[1] if len(asked.words) > 1 else ""
    surroundings.say("\n".join(comparing.compare_again(root, name)))
    return 0


VERB = Verb(
    "changes",
    "compare an export with the one before",
    _compare,
    _options,
    begins_with("registry"),
    usage="build.py changes registry [EXPORT]",
    about="Compare an export with the one before of the same search, print what is new, gone "
    "and changed, and keep it as changes.csv of that export.",
    left="Nothing was written.",
)
