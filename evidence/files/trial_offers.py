"""Which lists of trials have a trial: by condition, status and country, as a search may offer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from evidence.files.trial_line import Line
from evidence.model.vocabularies import Vocabularies
from evidence.pages.trial import TrialFrame
from evidence.search.start import Offers
from evidence.store import Later, Made, Store

OTHER = -1  # a status that no reader names
FIRST = ord("0")  # the letter of the first country


def trial_offers(frame: TrialFrame, lines: Later, store: Store) -> Offers:
    """Return the lists of trials that a search may offer; ``lines`` are those of the explorer."""
    return Offers(*store.keep(offers_of_trials, lines, of=frame).card)


def offers_of_trials(frame: TrialFrame, lines: list[list[Any]]) -> Made:
    """Return the fields of the offers that follow from all trials."""
    offers = offers_of(frame.words, [Line.of(fields) for fields in lines])
    return Made([offers.facets, offers.phrases, offers.lists])


def offers_of(words: Vocabularies, lines: Sequence[Line]) -> Offers:
    """Return the offers that follow from conditions, status of today and countries of all trials."""
    ill, abroad = (
        {name for line in lines for name in line.chosen_of(facet)}
        for facet in ("condition", "country")
    )
    titles = {
        "condition": {name: word.title for name, word in words.conditions.items() if name in ill},
        "status": {name: word.title for name, word in words.statuses.items()},
        "country": {name: word.title for name, word in words.countries.items() if name in abroad},
    }
    conditions, statuses, countries = (
        {name: place for place, name in enumerate(own)} for own in titles.values()
    )
    counts: dict[tuple[int, int], int] = defaultdict(int)
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for line in lines:
        (status,) = line.chosen_of("status")
        places = {countries[name] for name in line.chosen_of("country") if name in countries}
        for condition in line.chosen_of("condition"):
            at = conditions[condition], statuses.get(status, OTHER)
            counts[at] += 1
            found[at] |= places
    phrases = [
        f"{word.title[:1].lower()}{word.title[1:]}{' today' if word.ages else ''}"
        for word in words.statuses.values()
    ]
    return Offers(
        facets=[[name, list(own), list(own.values())] for name, own in titles.items()],
        phrases=phrases,
        lists=[
            [*at, count, "".join(chr(FIRST + place) for place in sorted(found[at]))]
            for at, count in sorted(counts.items())
        ],
    )
