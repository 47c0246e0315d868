"""``status`` lists what waits for somebody: reviews, second readings, what nothing uses, what is unfinished."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.options import add_day
from evidence.commands.verb import Surroundings, Verb

if TYPE_CHECKING:
    from evidence.problems import Place
    from evidence.read.sources import Sources

SOON = timedelta(days=30)
MOST = 8  # lines of one kind, unless all are asked for
UNUSED = {
    "source": "sources",
    "figure": "figures",
    "table": "tables",
    "picture": "pictures",
    "download": "downloads",
}


def _options(options: argparse.ArgumentParser) -> None:
    add_day(options)
    options.add_argument("--all", action="store_true", help="list everything, not the first few")


def _status(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.steps.load import load  # noqa: PLC0415 - each verb loads only what it needs

    sources = load(root)
    parts = (
        *_reviews(sources, surroundings.day(asked)),
        _read_once(sources),
        *_of_mentions(sources),
        _unfinished(sources),
    )
    for title, lines in parts:
        surroundings.say("\n".join(_part(title, lines, every=asked.all)))
    return 0


def _part(title: str, lines: list[str], *, every: bool) -> Iterator[str]:
    yield f"{title}: {len(lines):,}" if lines else f"{title}: none"
    listed = lines if every else lines[:MOST]
    yield from (f"  {line}" for line in listed)
    if len(lines) > len(listed):
        yield f"  and {len(lines) - len(listed):,} more (--all lists them)"


def _reviews(sources: Sources, today: Date) -> Iterable[tuple[str, list[str]]]:
    due = sorted(_days(sources))
    over = [f"{place}: due on {day}" for day, place in due if day < today]
    soon = [f"{place}: due on {day}" for day, place in due if today <= day <= today + SOON]
    return ("Overdue for review", over), ("Due for review in 30 days", soon)


def _days(sources: Sources) -> Iterator[tuple[Date, Place]]:
    """Yield when each page is to be reviewed next, with the place that says so."""
    from pydantic_core import PydanticCustomError  # noqa: PLC0415

    from evidence.model.base import parse_partial_date  # noqa: PLC0415
    from evidence.read.pages import front_document  # noqa: PLC0415
    from evidence.read.reading import Reading  # noqa: PLC0415

    reading = Reading(sources)
    for file in sources.below("content/", ".md"):
        document = front_document(reading, file)
        content = document.content if document else None
        written = content.get("review-due") if isinstance(content, dict) else None
        if document is None or written is None:
            continue
        try:
            day = parse_partial_date(written).first_day
        except PydanticCustomError:  # 'check' says so
            continue
        yield day, document.place(("review-due",))


def _read_once(sources: Sources) -> tuple[str, list[str]]:
    """Return how many findings of each study nobody has read a second time."""
    from evidence.model.readings import GONE  # noqa: PLC0415
    from evidence.read.reading import Reading  # noqa: PLC0415
    from evidence.read.readings import read_readings  # noqa: PLC0415

    readings = read_readings(Reading(sources))
    last = readings.last if readings else {}
    once = Counter(
        line.study for line in last.values() if line.second_by is None and line.reason != GONE
    )
    title = f"Studies with findings that were read once only ({once.total():,} findings)"
    ordered = sorted(once.items(), key=lambda counted: (-counted[1], counted[0]))
    return title, [f"{study}: {number:,}" for study, number in ordered]


def _of_mentions(sources: Sources) -> Iterator[tuple[str, list[str]]]:
    """Yield what is named nowhere, and the numbers that are marked as carrying no evidence."""
    from evidence.check.sources.mentions import mentions, written_things  # noqa: PLC0415

    found = list(mentions(sources))
    named = {(mention.kind, mention.target) for mention in found}
    things = written_things(sources)
    for kind, kinds in UNUSED.items():
        unused = [
            str(place.file)
            for thing, place in things.items()
            if thing[0] == kind and thing not in named
        ]
        yield f"Unused {kinds}", sorted(unused)
    exempt = sorted(mention for mention in found if mention.kind == "exempt")
    yield (
        "Numbers marked as carrying no evidence",
        [f"{mention.place}: {mention.written}" for mention in exempt],
    )


def _unfinished(sources: Sources) -> tuple[str, list[str]]:
    from evidence.check.sources.mentions import Text  # noqa: PLC0415
    from evidence.problems import shown  # noqa: PLC0415
    from evidence.prose.constructs.unfinished import UNFINISHED  # noqa: PLC0415

    lines = []
    for file, text in sources.texts.items():
        if file.startswith(("content/", "data/")) and not file.startswith("data/registry/"):
            whole = Text(file, text)
            for match in UNFINISHED.finditer(text):
                place = whole.place(match.start())
                line = text.split("\n")[place.line - 1].strip()
                lines.append(f"{place}: {shown(line[:80])}")
    return "Unfinished (TODO, lorem ipsum)", lines


VERB = Verb(
    "status",
    "what waits: reviews, second readings, what nothing uses",
    _status,
    _options,
    about="List what waits for somebody: pages overdue or soon due for review, findings that were read once "
    "only, sources, figures, tables, pictures and downloads that nothing names, numbers marked as carrying no evidence, and what is unfinished.",
)
