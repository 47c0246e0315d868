"""``import`` reads exports of a trial registry."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.commands.registry_words import add_shared, begins_with
from evidence.commands.verb import Surroundings, Verb

QUIET_SECONDS = 5  # where nobody watches, a long import still says that it goes on


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "words", nargs="*", metavar="registry FILE", help="the exports of one search"
    )
    options.add_argument(
        "--search", default="", help="what the registry was asked for, word by word"
    )
    options.add_argument("--exported", default="", help="the day of the download: 2022-10-07")
    add_shared(options)


def _import(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.registry import comparing, importing, summary  # noqa: PLC0415 - seldom asked for

    say, tick = surroundings.say, surroundings.tick
    started = last = tick()

    def progress(line: str) -> None:
        nonlocal last
        now = tick()
        if now - last > (0.5 if sys.stderr.isatty() else QUIET_SECONDS):
            last = now
            say(line, aloud=False)

    files = tuple(Path(word) for word in asked.words[1:])
    wanted = importing.wanted(files, asked.search, asked.exported, asked.name, asked.rules)
    imported = importing.import_registry(root, wanted, progress)
    say("\n".join(summary.lines(imported)))
    say(f"Written in {tick() - started:.2f} s: {comparing.FOLDER}/{imported.id}")
    return 0


VERB = Verb(
    "import",
    "count what a trial registry exported",
    _import,
    _options,
    begins_with("registry"),
    usage="build.py import registry FILE [FILE ...] --search WORDS --exported DAY",
    about="Read exports of a trial registry, and write their records to data/registry/. "
    "The format is found by what a file holds: tables, JSON or XML of ClinicalTrials.gov, WHO "
    "ICTRP, ISRCTN, EU CTIS and the EU Clinical Trials Register, also packed (docs/importing.md).",
    left="Nothing was written.",
)
