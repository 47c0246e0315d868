"""Spoil files at random, and count what is no message: ``python -m benchmarks.fuzz [N] [SEED] [STATE]``.

Files of the two small sites of the tests, and exports of registries, are spoilt one at a time and
read in memory; a few make a whole site. Whatever is written, the answer has to be a site or problems,
within two seconds (twenty for a whole site).
Each case is made from the seed and its number alone. With a state file, a run that was stopped goes on
where it was; ``python -m benchmarks.fuzz --case NUMBER SEED`` shows one case.
"""

from __future__ import annotations

import faulthandler
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pydantic import BaseModel

from benchmarks.spoiling import spoilt
from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.search import Search
from evidence.model.site import Site
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.problems import Problem, ProblemsFoundError, listed
from evidence.read.binding import bind
from evidence.read.csv_file import read_csv
from evidence.read.sources import STATIC
from evidence.read.yaml_file import read_yaml
from evidence.registry.importing import Asked, import_registry, parse_day
from evidence.rules import RULES
from evidence.steps.check import check
from evidence.steps.compute import compute
from evidence.steps.load import sorted_out, source_files
from evidence.steps.render import render
from evidence.steps.validate import validate
from evidence.store import Store
from tests.projects import GALLERY, MINIMAL, TODAY, make_project
from tests.registry.exporting import (
    CTIS_STUDY,
    ISRCTN_STUDY,
    SUMMARIES,
    answer,
    api,
    classic,
    classic_xml,
    full_study,
    isrctn_xml,
    page,
    portal,
    portal_xml,
    present,
    project,
    table,
)

PATIENCE = 2.0  # seconds of this program: others may be busy
HANGS = 300  # seconds for a hundred cases, after which nothing will come
EVERY = 1000
MODELS: dict[str, type[BaseModel]] = {
    "claims": Ledger, "figures": Figure, "searches": Search, "sources": Source,
    "studies": Study, "trials": Trial, "site.yaml": Site, "vocabularies.yaml": Vocabularies,
}  # fmt: skip
DAY = parse_day("2022-10-07")
TWO: tuple[dict[str, str], ...] = ({}, {"NCT Number": "NCT00000002", "TrialID": "DRKS00000002"})
EXPORTS = {
    "classic": classic(*TWO), "present": present(*TWO), "portal": portal(*TWO),
    "page": page(api(1), api(2)),
    "lines": "\n".join(json.dumps(api(number)) for number in (1, 2)),
    "answer": answer(full_study(1), full_study(2)), "classic-xml": classic_xml(),
    "portal-xml": portal_xml(*TWO), "isrctn-xml": isrctn_xml(), "summaries": SUMMARIES,
    "isrctn": table(tuple(ISRCTN_STUDY), ISRCTN_STUDY), "ctis": table(tuple(CTIS_STUDY), CTIS_STUDY),
}  # fmt: skip
PREFIXES = {"template": ("templates/",), "whole": ("content/", "templates/")}
BYTES = (STATIC, "data/downloads/", "data/pictures/")  # what is no text, and what belongs to it
# How many of a hundred cases are read in which way
SHARES = {"read": 81, "minimal": 14, "gallery": 2, "template": 1, "export": 2, "whole": 0.4}


class TooLongError(Exception):
    """Raised in the middle of what takes more than two seconds."""


@dataclass
class Bench:
    """What is spoilt: files of the small sites and exports, and a project to import into."""

    files: dict[str, dict[str, bytes]]
    root: Path
    store: Store
    kept: Store

    def pool(self, way: str) -> dict[str, bytes]:
        """Return the files that can be spoilt in one way of reading."""
        if way == "export":
            return {name: text.encode() for name, text in EXPORTS.items()}
        site = self.files["minimal" if way in {"minimal", "whole"} else "gallery"]
        prefix = PREFIXES.get(way, ("content/", "data/"))
        return {name: raw for name, raw in site.items() if name.startswith(prefix)}


@dataclass
class Tally:
    """What was found so far."""

    seed: str
    following: int = 0
    seconds: float = 0.0
    sound: int = 0
    faults: dict[str, list[int | str]] = field(default_factory=dict)

    def add(self, sign: str, number: int, where: str) -> None:
        """Count a fault under its sign; the first case of each is named."""
        known = self.faults.setdefault(sign, [0, number, where])
        known[0] = int(known[0]) + 1
        if known[0] == 1:
            print(f"case {number}, {where}: {sign}", flush=True)


def prepared(folder: Path) -> Bench:
    """Lay the two small sites and a project to import into; return their files."""
    files = {}
    for name, layer in (("minimal", MINIMAL), ("gallery", GALLERY)):
        root = make_project(folder / name, layer)
        files[name] = {file: raw for file, raw in source_files(root) if not file.startswith(BYTES)}
    return Bench(files, project(folder / "importing"), Store(None), Store(folder / "kept"))


def chosen(bench: Bench, seed: str, number: int) -> tuple[str, str, bytes]:
    """Return the way, the file and the spoilt bytes of one case."""
    draw = random.Random(f"{seed}:{number}")
    way = draw.choices(list(SHARES), list(SHARES.values()))[0]
    pool = bench.pool(way)
    name = draw.choice(sorted(pool))
    others = [pool[draw.choice(sorted(pool))]]
    return way, name, spoilt(draw, pool[name], others)


def tried(bench: Bench, way: str, name: str, raw: bytes) -> bool:
    """Read one spoilt file; tell whether nothing was wrong with it."""
    try:
        problems = _WAYS[way](bench, way, name, raw)
    except ProblemsFoundError as error:
        problems = list(error.problems)
    "\n".join(listed(problems)).encode()
    for problem in problems:
        if way != "export" and (problem.rule not in RULES or not problem.hint):
            raise AssertionError(f"a problem without a rule or a hint: {problem}")
    return not problems


def _read(_bench: Bench, _way: str, name: str, raw: bytes) -> list[Problem]:
    sources = sorted_out([(name, raw, None)])
    if sources.unreadable:
        return list(sources.unreadable.values())
    text = sources.texts[name]
    if name.endswith(".csv"):
        return read_csv(name, text).problems
    if name.endswith(".md"):
        text = text.removeprefix("---\n").partition("\n---")[0]
    document = read_yaml(name, text)
    parts = name.split("/")
    model = MODELS.get(parts[1])
    if document.problems or model is None or not name.endswith(".yaml"):
        return document.problems
    return bind(document, model, {"id": Path(name).stem} if len(parts) > 2 else None)[1]


def _site(bench: Bench, way: str, name: str, raw: bytes) -> list[Problem]:
    site = bench.files["minimal" if way == "minimal" else "gallery"]
    templates = {name} if way == "template" else set()
    files = [
        (file, raw if file == name else kept, None)
        for file, kept in site.items()
        if not file.startswith("templates/") or file in templates
    ]
    validate(sorted_out(files), TODAY, bench.store)
    return []


def _whole(bench: Bench, _way: str, name: str, raw: bytes) -> list[Problem]:
    files = [
        (file, raw if file == name else kept, None) for file, kept in bench.files["minimal"].items()
    ]
    report = validate(sorted_out(files), TODAY, bench.kept)
    check(render(compute(report, bench.kept), bench.kept))
    return []


def _export(bench: Bench, _way: str, _name: str, raw: bytes) -> list[Problem]:
    download = bench.root / "download"
    download.write_bytes(raw)
    if DAY is not None:
        import_registry(bench.root, Asked((download,), "cells", DAY, "fuzz"))
    return []


_WAYS: dict[str, Callable[[Bench, str, str, bytes], list[Problem]]] = {
    "read": _read, "minimal": _site, "gallery": _site, "template": _site, "export": _export,
    "whole": _whole,
}  # fmt: skip


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError


def sign(error: BaseException) -> str:
    """Return what tells one fault from another: the error and the line of the package it is in."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        frame
        for frame in frames
        if "evidence" in frame.filename and "site-packages" not in frame.filename
    ]
    last = own[-1] if own else frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} ({str(error)[:80]})"


def one(bench: Bench, tally: Tally, number: int) -> None:
    """Try one case, and count a fault or what takes too long."""
    way, name, raw = chosen(bench, tally.seed, number)
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE * (10 if way == "whole" else 1))
    try:
        tally.sound += tried(bench, way, name, raw)
    except TooLongError as error:
        tally.add(f"too long: {sign(error)}", number, f"{way} {name}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        tally.add(sign(error).split(" (")[0], number, f"{way} {name}: {str(error)[:120]}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if way != "whole" and time.process_time() - started > PATIENCE * 1.5:
        tally.add("longer than the alarm", number, f"{way} {name}")


def main(arguments: Sequence[str]) -> int:
    """Try cases up to the number asked for; print what was found."""
    signal.signal(signal.SIGPROF, _too_long)
    with tempfile.TemporaryDirectory() as folder:
        bench = prepared(Path(folder))
        if arguments[:1] == ["--case"]:
            way, name, raw = chosen(bench, arguments[2], int(arguments[1]))
            sys.stdout.buffer.write(f"{way} {name}\n".encode() + raw + b"\n")
            print("sound" if tried(bench, way, name, raw) else "problems")
            return 0
        count = int(arguments[0]) if arguments else 10_000
        seed = arguments[1] if len(arguments) > 1 else str(random.randrange(10**6))
        state = Path(arguments[2]) if len(arguments) > 2 else None
        tally = Tally(seed)
        if state is not None and state.is_file():
            tally = Tally(**json.loads(state.read_text("utf-8")))
        print(f"seed {tally.seed}, from case {tally.following} to {count}", flush=True)
        _run(bench, tally, count, state)
    return 1 if tally.faults else 0


def _run(bench: Bench, tally: Tally, count: int, state: Path | None) -> None:
    before, started = tally.seconds, time.process_time()
    while tally.following < count:
        if state is not None and tally.following % 100 == 0:  # to set this takes longer than a case
            faulthandler.dump_traceback_later(HANGS, exit=True)
        one(bench, tally, tally.following)
        tally.following += 1
        tally.seconds = before + time.process_time() - started
        if tally.following % EVERY == 0 or tally.following == count:
            if state is not None:
                state.write_text(json.dumps(vars(tally)), "utf-8")
            rate = tally.following / tally.seconds
            faults = sum(int(known[0]) for known in tally.faults.values())
            print(f"{tally.following} cases, {rate:.0f} a second, {faults} faults", flush=True)
    faulthandler.cancel_dump_traceback_later()
    for found, (times, number, where) in tally.faults.items():
        print(f"{times} times, first in case {number} ({where}): {found}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
