"""Which lists of trials have a trial: by condition, status and country, as a search may offer them."""

from __future__ import annotations

from collections import defaultdict

from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Trial
from evidence.numbers.status import status_of
from evidence.pages.trials import TrialFrame
from evidence.search.start import Offers
from evidence.store import Later, Made, Store

OTHER = -1  # a status that no reader names
FIRST = ord("0")  # the letter of the first country


def trial_offers(frame: TrialFrame, report: Report, store: Store) -> Offers:
    """Return the lists of trials that a search may offer, and how many trials each has."""
    values = [(Later(pack.key, pack.fetch), report.sources_of(pack)) for pack in report.packs]
    kept = store.keep_all(trial_traits, values, of=frame, share=1)
    return offers_of(report, [traits for pack in kept for traits in pack.card])


def trial_traits(frame: TrialFrame, models: list[str], sources: dict[str, Source]) -> Made:
    """Return of each trial its conditions, the narrowest first, its status of today, and its countries."""
    report = frame.report(sources, {})
    traits = []
    for trial in map(Trial.model_validate_json, models):
        status = status_of(trial, report)
        conditions = report.vocabularies.widening("conditions", trial.condition)
        counts_as = "" if status is None else status.counts_as
        traits.append([conditions, counts_as, trial.value("countries") or ()])
    return Made(traits)


def offers_of(report: Report, traits: list[tuple[list[str], str, list[str]]]) -> Offers:
    """Return the offers that follow from conditions, status and countries of all trials."""
    words = report.vocabularies
    used = {name for names, _, _ in traits for name in names}
    abroad = {name for _, _, names in traits for name in names}
    conditions = {name: word.title for name, word in words.conditions.items() if name in used}
    statuses = {name: word.title for name, word in words.statuses.items()}
    countries = {name: word.title for name, word in words.countries.items() if name in abroad}
    places = [
        {name: at for at, name in enumerate(own)} for own in (conditions, statuses, countries)
    ]
    counts: dict[tuple[int, int], int] = defaultdict(int)
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for names, status, own in traits:
        for name in names:
            at = places[0][name], places[1].get(status, OTHER)
            counts[at] += 1
            found[at] |= {places[2][country] for country in own}
    phrases = [
        f"{word.title[:1].lower()}{word.title[1:]}{' today' if word.ages else ''}"
        for word in words.statuses.values()
    ]
    titles = (("condition", conditions), ("status", statuses), ("country", countries))
    return Offers(
        facets=[[name, list(own), list(own.values())] for name, own in titles],
        phrases=phrases,
        lists=[
            [*at, count, "".join(chr(FIRST + place) for place in sorted(found[at]))]
            for at, count in sorted(counts.items())
        ],
    )
