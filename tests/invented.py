"""Invented trials, as many as wanted and always the same ones, to test and to time with."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import Any

import yaml

from evidence.check.sources.trials import PACK
from evidence.files.trial_downloads import lines_of_trials, trial_downloads
from evidence.finished.file import Files
from evidence.model.report import Report
from evidence.model.trial import Trial, TrialName, TrialPack
from evidence.model.vocabularies import Vocabularies
from evidence.pages.trial import TrialFrame
from evidence.pages.view import Frame
from evidence.store import Store, content_key, packs
from tests.projects import ROOT

SPONSORS = ("University of {}", "{} General Hospital", "{} Cell Therapeutics", "Ministry of {}")
PLACES = (
    "Aarhus",
    "Bergen",
    "Cádiz",
    "Delft",
    "Évora",
    "Freiburg",
    "Göteborg",
    "Harbin",
    "Isfahan",
)
# The days of what records say: a quarter has none, and a quarter is old
DAYS = (None, "2016", "2026-03", "2025-12-01")
ROUTES = ("into a vein", "into the spinal canal", "into the joint", "at the fistula")


def real_words() -> Vocabularies:
    """Return the closed lists of the project itself."""
    return Vocabularies.model_validate(
        yaml.safe_load((ROOT / "data/vocabularies.yaml").read_text())
    )


def with_trials(report: Report, count: int) -> Report:
    """Return a report with ``count`` trials: its own, and invented ones in the project's words."""
    words = real_words()
    lists = {
        name: {**getattr(words, name), **getattr(report.vocabularies, name)}
        for name in Vocabularies.model_fields
        if name != "wording"
    }
    invented = invented_models(count - len(report.trials), words)
    return replace(
        report,
        trials={**report.trials, **{name: TrialName.of(trial) for name, trial in invented.items()}},
        packs=(*report.packs, *(_pack(names, invented) for names in packs(list(invented), PACK))),
        vocabularies=Vocabularies(wording=words.wording, **lists),
        made_of=f"{count} trials",
    )


def _pack(names: list[str], trials: dict[str, Trial]) -> TrialPack:
    lines = [trials[name].model_dump_json(by_alias=True, exclude_unset=True) for name in names]
    return TrialPack(tuple(names), content_key(*lines), lambda: lines)


def explorer_pages() -> dict[str, str | bytes]:
    """Return the project's own page of the explorer, and a page for where it leads to."""
    return {
        "content/trials/index.md": (ROOT / "content/trials/index.md").read_bytes(),
        "content/trials/joining.md": "---\ntitle: Can I join a trial?\nkind: plain\n---\nAsk.\n",
    }


def explorer_files(report: Report) -> Files:
    """Return the files that the explorer loads of the trials of a report, and the downloads."""
    words, templates = report.vocabularies, report.templates
    frame = TrialFrame(report.site, words, templates, report.today, Frame.of(report), ())
    store = Store(None)
    return Files(trial_downloads(frame, lines_of_trials(frame, report, store), store))


def assigned(raw: bytes) -> Any:
    """Return what a script of the explorer assigns to its name."""
    _, _, value = re.split(
        r"^(?:globalThis\.\w+|\(globalThis\.trialParts\?\?=\[\]\)\[(\d+)\])=",
        raw.decode(),
        maxsplit=1,
    )
    return json.loads(value.removesuffix(";\n"))


def invented_trials(count: int, words: Vocabularies, seed: int = 7) -> dict[str, dict[str, Any]]:
    """Return ``count`` invented trials by their ids, in the keys of their files."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return {f"nct{90000000 + place}": _trial(place, words, chance) for place in range(count)}


def invented_models(count: int, words: Vocabularies, seed: int = 7) -> dict[str, Trial]:
    """Return the same trials as models."""
    return {
        name: Trial.model_validate({"id": name, **fields})
        for name, fields in invented_trials(count, words, seed).items()
    }


def invented_files(count: int, words: Vocabularies, seed: int = 7) -> dict[str, str | bytes]:
    """Return the same trials as files; every JSON text is a YAML text."""
    return {
        f"data/trials/{name}.yaml": json.dumps(said(fields), ensure_ascii=False, indent=1) + "\n"
        for name, fields in invented_trials(count, words, seed).items()
    }


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields without those that have no value: a file leaves them out."""
    return {
        name: said(value) if isinstance(value, dict)
        else [said(item) if isinstance(item, dict) else item for item in value] if isinstance(value, list)
        else value
        for name, value in fields.items()
        if value is not None
    }  # fmt: skip


def _trial(place: int, words: Vocabularies, chance: random.Random) -> dict[str, Any]:
    condition = _one(chance, words.conditions)
    cell = _one(chance, words.cells)
    says = _said(chance, words, cell)
    title, illness = words.cells[cell].title, words.conditions[condition].title
    says["condition"] = illness.lower()
    readings: list[dict[str, Any]] = [
        {
            "url": f"https://example.org/records/{place}",
            "locator": "registry page",
            "kind": "registry",
            "read": "2026-11-21",
            "as-of": DAYS[place % len(DAYS)],
            "says": says,
        }
    ]
    if chance.random() < 0.1:
        differing = {"phase": _one(chance, words.phases), "status": _one(chance, words.statuses)}
        readings.append(
            {
                "url": f"https://example.org/reviews/{place % 40}",
                "locator": "Table 2",
                "kind": "paper",
                "read": "2026-11-20",
                "as-of": 2020,
                "says": differing,
            }
        )
    return {
        "name": f"{title} for {illness.lower()}, {says['sponsor']}",
        "condition": condition,
        "registry": "clinicaltrials-gov",
        "registry-id": f"NCT{90000000 + place}",
        "readings": readings,
    }


def _said(chance: random.Random, words: Vocabularies, cell: str) -> dict[str, Any]:
    """Return what a record says; about one in ten fields is left out."""
    countries = chance.sample(sorted(words.countries), chance.choice((1, 1, 1, 1, 2, 3)))
    said: dict[str, Any] = {
        "cell": cell,
        "donor": _one(chance, words.donors),
        "route": chance.choice(ROUTES),
        "phase": _one(chance, words.phases),
        "enrolment": chance.randrange(5, 400),
        "status": _one(chance, words.statuses),
        "countries": countries,
        "start": f"{chance.randrange(2004, 2026)}-{chance.randrange(1, 13):02d}",
        "sponsor-type": _one(chance, words.sponsor_types),
    }
    kept = {name: value for name, value in said.items() if chance.random() > 0.1}
    return {**kept, "sponsor": chance.choice(SPONSORS).format(chance.choice(PLACES))}


def _one(chance: random.Random, listed: dict[str, Any]) -> str:
    """Return a word of a closed list; early words come up more often, as in life."""
    names = list(listed)
    return names[min(int(chance.expovariate(4 / len(names))), len(names) - 1)]
