"""A round of questions to all addresses: what was asked lately is remembered, and hosts take turns."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evidence.commands.external.addresses import DOI
from evidence.commands.external.asking import Answer, Inquiry
from evidence.problems import Place, Problem

KEPT = "addresses.json"
LASTS = timedelta(days=30)  # what was there is asked for again after that
RULE = "address-gone"


def in_turns(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses so that hosts take turns, and none waits for another question to itself."""
    queues: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        queues[DOI if address.startswith(DOI) else urlsplit(address).netloc].append(address)
    while queues:
        for host in list(queues):
            yield queues[host].pop(0)
            if not queues[host]:
                del queues[host]


def answers(
    addresses: Iterable[str],
    asking: Inquiry,
    folder: Path | None,
    today: Date,
    watch: Callable[[int, int], None],
) -> dict[str, Answer]:
    """Return the answer for each address; ``folder`` remembers those of what is there, with their day.

    ``watch`` is told how many of how many are done. What was learnt is kept also when the run is stopped.
    """
    kept = _read(folder)
    found = {
        address: Answer("there") for address in addresses if _is_fresh(kept.get(address), today)
    }
    waiting = [address for address in addresses if address not in found]
    try:
        for done, address in enumerate(in_turns(waiting), start=1):
            watch(done, len(waiting))
            found[address] = asking.answer(address)
            if found[address].state == "there":
                kept[address] = today.isoformat()
            else:
                kept.pop(address, None)
    finally:
        _write(folder, kept)
    return found


def problems(answered: Mapping[str, Answer], places: Mapping[str, list[Place]]) -> list[Problem]:
    """Return a problem for each place that names what is gone."""
    return [
        Problem.of((place.file, place.line, place.column, RULE, *_told(address, answered[address])))
        for address in answered
        if answered[address].state == "gone"
        for place in places[address]
    ]


def _told(address: str, answer: Answer) -> tuple[str, str]:
    message = f"'{address.removeprefix(DOI)}' is gone: {answer.why}"
    if answer.archive:
        return (
            message,
            f"A copy is at {answer.archive}: read it there, with 'via: mirror', or find its new address.",
        )
    return message, "Find its new address; the archive at web.archive.org has no copy of it."


def _is_fresh(day: Any, today: Date) -> bool:
    try:
        return today - LASTS < Date.fromisoformat(day) <= today
    except (TypeError, ValueError):
        return False


def _read(folder: Path | None) -> dict[str, str]:
    try:
        kept = json.loads((folder / KEPT).read_text("utf-8")) if folder else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(folder: Path | None, kept: dict[str, str]) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / KEPT).write_text(json.dumps(dict(sorted(kept.items())), indent=1), "utf-8")
    except OSError:  # without it the next run only asks again
        return
