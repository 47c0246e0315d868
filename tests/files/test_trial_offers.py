"""The lists of trials that a search may offer: only those that have a trial."""

from __future__ import annotations

from evidence.files.trial_line import FACET_PLACES, Line
from evidence.files.trial_offers import OTHER, offers_of
from evidence.run import Built


def line(conditions: list[str], status: str, countries: list[str]) -> Line:
    """Return the line of a trial of which nothing else is known."""
    known = {"condition": conditions, "status": [status], "country": countries or ["not-stated"]}
    chosen = tuple(tuple(known.get(name, ["not-stated"])) for name in FACET_PLACES)
    return Line("", (), chosen, "", ())


def test_offers_hold_each_condition_and_status_with_their_countries(gallery_site: Built) -> None:
    report = gallery_site.report
    (narrow, wide) = next(
        report.vocabularies.widening("conditions", name)
        for name in report.vocabularies.conditions
        if len(report.vocabularies.widening("conditions", name)) == 2
    )
    first, second = list(report.vocabularies.countries)[:2]
    offers = offers_of(
        report.vocabularies,
        [
            line([narrow, wide], "recruiting", [first]),
            line([wide], "recruiting", [second, first]),
            line([wide], "last-recruiting", []),
        ],
    )
    (_, conditions, _), (_, statuses, _), (_, countries, _) = offers.facets
    assert countries == [first, second]
    assert "recruiting today" in offers.phrases
    assert "completed" in offers.phrases
    told = {
        (conditions[at], statuses[status] if status != OTHER else ""): (count, letters)
        for at, status, count, letters in offers.lists
    }
    assert told == {
        (narrow, "recruiting"): (1, "0"),
        (wide, "recruiting"): (2, "01"),
        (wide, ""): (1, ""),
    }
