"""A status is believed for two years; then it is unknown, and says what was last known."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from evidence.finished.file import Files
from evidence.model.base import parse_partial_date
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Trial
from evidence.model.trial_reading import TrialReading
from evidence.numbers.quantity import printed
from evidence.numbers.status import (
    Status,
    confirmed_of,
    confirmed_titles,
    date_of,
    facet_titles,
    is_old,
    status_of,
)
from evidence.pages.trial_lists import line_of
from evidence.run import Built
from evidence.store import Store
from tests.findings import finding
from tests.invented import assigned, explorer_files, real_words
from tests.outline import main_of, text_of
from tests.projects import KEPT, Drawn, build_in_memory, change, trials_of

TODAY = Date(2026, 11, 28)
HONEY = "nct00000001"


@pytest.mark.parametrize(
    ("as_of", "old"),
    [
        ("2026-11-28", False),
        ("2024-11-28", False),  # two years ago to the day
        ("2024-11-27", True),
        ("2024-11", True),  # a month counts from its first day
        ("2024-12", False),
        ("2024", True),
        ("2025", False),
        ("2027-01", False),
    ],
)
def test_two_years_after_its_date_a_status_is_old(as_of: str, *, old: bool) -> None:
    assert is_old(parse_partial_date(as_of), TODAY) is old


def test_a_leap_day_has_its_anniversary() -> None:
    assert not is_old(parse_partial_date("2022-02-28"), Date(2024, 2, 28))
    assert is_old(parse_partial_date("2022-02-28"), Date(2024, 2, 29))
    assert not is_old(parse_partial_date("2024-02-29"), Date(2026, 2, 28))


def test_without_a_date_nothing_vouches_for_today() -> None:
    assert is_old(None, TODAY)


def test_words_that_can_stop_being_true_age_and_no_others() -> None:
    aging = {name for name, word in real_words().statuses.items() if word.ages}
    assert aging == {
        "not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting",
        "ongoing", "not-recruiting", "suspended",
    }  # fmt: skip


def told(report: Report, readings: list[dict[str, Any]], **changed: Any) -> tuple[str, str]:
    """Return how a table tells the status of a trial with these readings, and its date."""
    whole = [{"locator": "Table 1", "kind": "paper", "read": "2026-11-21", **each}
             for each in readings]  # fmt: skip
    trial = Trial.model_validate({"id": "one", "name": "One", "condition": "cold",
                                  "readings": whole})  # fmt: skip
    line = line_of(trial, replace(report, today=TODAY, **changed))
    return line.status, line.status_when


URL = {"url": "https://example.org/"}
SAYS = {"says": {"status": "recruiting"}}


@pytest.mark.parametrize(
    ("as_of", "told_as"),
    [
        ({"as-of": "2026-02-03"}, ("Recruiting", "as of 3 February 2026")),
        ({"as-of": "2016"}, ("Unknown, last known as recruiting", "in 2016")),
        ({"as-of": "2016-04"}, ("Unknown, last known as recruiting", "in April 2016")),
        ({"as-of": "2016-04-05"}, ("Unknown, last known as recruiting", "on 5 April 2016")),
        ({}, ("Unknown, last known as recruiting", "on a date not stated")),
    ],
)
def test_a_status_is_told_with_its_date(
    gallery_site: Built, as_of: dict[str, str], told_as: tuple[str, str]
) -> None:
    assert told(gallery_site.report, [{**URL, **SAYS, **as_of}]) == told_as


def test_what_has_ended_is_told_with_its_date_and_never_ages(gallery_site: Built) -> None:
    ended = {"says": {"status": "completed"}}
    assert told(gallery_site.report, [{**URL, **ended, "as-of": "2011"}]) == (
        "Completed", "as of 2011",
    )  # fmt: skip
    assert told(gallery_site.report, [{**URL, **ended}]) == ("Completed", "on a date not stated")
    assert told(gallery_site.report, [{**URL}]) == ("", "")


@pytest.mark.parametrize(
    ("own", "issued", "when"),
    [
        ({}, "2026-05", "as of May 2026"),
        ({"as-of": "2026-01"}, "2019", "as of January 2026"),  # the reading's own date decides
        ({}, None, "on a date not stated"),
    ],
)
def test_a_reading_without_a_date_has_that_of_its_source(
    gallery_site: Built, own: dict[str, str], issued: str | None, when: str
) -> None:
    sources = gallery_site.report.sources
    dated = Source.model_validate(
        {**sources["honey-2019"].model_dump(by_alias=True), "id": "paper", "issued": issued}
    )
    readings = [{"source": "paper", **SAYS, **own}]
    told_as = told(gallery_site.report, readings, sources={**sources, "paper": dated})
    assert told_as[1] == when


def test_the_first_reading_that_says_a_status_dates_it(gallery_site: Built) -> None:
    newer = {**URL, "says": {"status": "completed"}, "as-of": "2025-03"}
    silent = {**URL, "says": {"phase": "1"}, "as-of": "2026-03"}
    older = {**URL, **SAYS, "as-of": "2016"}
    assert told(gallery_site.report, [silent, newer, older]) == ("Completed", "as of March 2025")


def test_old_words_stand_after_the_others_in_the_filter() -> None:
    words = real_words().statuses
    titles = facet_titles(["last-recruiting", "completed", "recruiting", "unknown"], words)
    assert list(titles.items()) == [
        ("recruiting", "Recruiting (dated within two years)"),
        ("completed", "Completed"),
        ("unknown", "Unknown"),
        ("last-recruiting", "Unknown, last known as recruiting"),
    ]


@pytest.mark.parametrize("form", ["", "statement"])
@pytest.mark.parametrize(
    ("said", "as_of", "text"),
    [
        ("Recruiting.", "2025-07", "Recruiting (as of July 2025)."),
        ("Submitted for approval", "2025-07-02", "Submitted for approval (as of 2 July 2025)"),
        ("Recruiting in July 2025.", "2025-07", "Recruiting in July 2025."),
        ("Recruiting.", None, "Recruiting."),
    ],
)
def test_prose_says_when_a_statement_was_true(
    said: str, as_of: str | None, text: str, form: str
) -> None:
    assert printed(finding(statement=said, as_of=as_of), form, None).text == text


def when_built(gallery: Path, cache: Store, today: Date) -> Files:
    """Return the files of a build on a day; with what was kept as without."""
    files = build_in_memory(gallery, cache, today).site.files
    assert files == build_in_memory(gallery, Drawn(), today).site.files
    return files


SHOWING = (
    f"trials/{HONEY}.html", "trials/index.html", "trials/condition/cough.html",
    "trials/cell/honey-cell.html", "trials/facets.js", "downloads/trials.csv",
    "downloads/trials.json",
)  # fmt: skip


def test_everything_that_shows_a_status_ages_with_it_and_nothing_is_kept_too_long(
    gallery: Path,
) -> None:
    change(gallery, f"data/trials/{HONEY}.yaml", "as-of: 2021-04", "as-of: 2025-04")
    kept = Store(KEPT)
    before = when_built(gallery, kept, Date(2027, 4, 1))
    after = when_built(gallery, kept, Date(2027, 4, 2))
    for path in SHOWING:
        assert b"Recruiting" in before[path] or b'"counts-as": "recruiting"' in before[path], path
        assert b"last known as recruiting" not in before[path]
        assert before[path] != after[path], path
    sheets = [raw for path, raw in after.items() if path.startswith("search/sheets-")]
    assert any(b"last known as recruiting" in raw for raw in sheets)
    assert before["trials/sweet-plan.html"] == after["trials/sweet-plan.html"]


def test_the_downloads_say_what_counts_what_was_said_and_when(gallery_site: Built) -> None:
    files = gallery_site.site.files
    rows = csv.DictReader(io.StringIO(files["downloads/trials.csv"].decode("utf-8-sig")))
    (honey,) = (each for each in rows if each["id"] == HONEY)
    assert honey["status"] == "Unknown, last known as recruiting"
    assert honey["status-as-of"] == "2021-04"
    (entry,) = (each for each in json.loads(files["downloads/trials.json"]) if each["id"] == HONEY)
    assert entry["status"] == {"said": "recruiting", "as-of": "2021-04", "counts-as": "unknown"}


def test_the_filter_counts_an_old_status_as_unknown(gallery_site: Built) -> None:
    files = explorer_files(gallery_site.report)
    facet = assigned(files["trials/facets.js"])["facets"]["status"]
    ids = assigned(files["trials/values.js"])["columns"]["id"]
    counted = {
        name: facet["ids"][ord(mark) - 35] for name, mark in zip(ids, facet["at"], strict=True)
    }
    assert counted["nct00000001"] == "last-recruiting"
    assert counted["nct00000002"] == "recruiting"
    titles = dict(zip(facet["ids"], facet["titles"], strict=True))
    assert titles["last-recruiting"] == "Unknown, last known as recruiting"
    assert titles["recruiting"] == "Recruiting (dated within two years)"
    words = dict(zip(facet["ids"], facet["words"], strict=True))
    assert words["recruiting"] == "Recruiting"


@pytest.mark.parametrize(
    ("word", "as_of", "key"),
    [
        ("completed", "2024-11-28", "recently"),
        ("completed", "2024-11-27", "longer-ago"),  # also what cannot stop being true
        ("recruiting", "2024-12", "recently"),
        ("recruiting", "2016", "longer-ago"),
        ("recruiting", None, "no-date"),
    ],
)
def test_whether_a_status_was_confirmed_within_two_years(
    word: str, as_of: str | None, key: str
) -> None:
    date = None if as_of is None else parse_partial_date(as_of)
    assert confirmed_of(Status(word, date, old=False), TODAY) == key


def test_without_a_status_nothing_was_confirmed_and_only_what_is_used_is_offered() -> None:
    assert confirmed_of(None, TODAY) == "no-date"
    assert confirmed_titles(["no-date", "recently"]) == {
        "recently": "Within two years", "no-date": "No date",
    }  # fmt: skip


def test_a_list_without_a_script_shows_the_date(gallery_site: Built) -> None:
    main = main_of(gallery_site.site.files["trials/condition/cough.html"])
    rows = [[text_of(cell) for cell in row] for row in main.xpath("//tbody/tr")]
    (cells,) = (cells for cells in rows if "HIVE" in cells[0])
    assert "Unknown, last known as recruiting in April 2021" in cells


def test_no_recruiting_trial_of_the_site_is_older_than_two_years(real_site: Built) -> None:
    report = real_site.report
    for trial in trials_of(report).values():
        status = status_of(trial, report)
        if status is not None and status.counts_as == "recruiting":
            assert status.as_of is not None, trial.id
            assert (report.today - status.as_of.first_day).days <= 731, trial.id


READ = {"part": "abstract", "date": "2026-01-01", "extent": "whole"}
SMITH = Source.model_validate(
    {
        "id": "smith-2020",
        "type": "article-journal",
        "title": "A trial",
        "short": "Smith 2020",
        "kind": "journal-article",
        "issued": "2020-05",
        "reading": [READ],
    }
)


@pytest.mark.parametrize(
    ("where", "date"),
    [
        ({"source": "smith-2020"}, "2020-05"),
        ({"source": "smith-2020", "as-of": "2021"}, "2021"),
        ({"url": "https://example.org/", "as-of": "2021"}, "2021"),
        ({"url": "https://example.org/"}, None),
    ],
)
def test_a_reading_is_of_its_own_date_or_else_of_the_day_of_its_source(
    where: dict[str, str], date: str | None
) -> None:
    reading = TrialReading.model_validate(
        {"locator": "Table 1", "kind": "paper", "read": "2026-11-21", **where}
    )
    found = date_of(reading, {"smith-2020": SMITH})
    assert (None if found is None else str(found)) == date


@pytest.mark.parametrize(
    ("as_of", "old", "when", "counts_as"),
    [
        ("2021-04", False, "as of April 2021", "recruiting"),
        ("2021-04", True, "in April 2021", "last-recruiting"),
        ("2021", True, "in 2021", "last-recruiting"),
        ("2021-04-05", True, "on 5 April 2021", "last-recruiting"),
        (None, True, "on a date not stated", "last-recruiting"),
    ],
)
def test_a_status_says_when_it_was_true_and_what_it_counts_as(
    as_of: str | None, when: str, counts_as: str, *, old: bool
) -> None:
    date = None if as_of is None else parse_partial_date(as_of)
    made = Status("recruiting", date, old)
    assert (made.when, made.counts_as) == (when, counts_as)


def test_a_status_that_we_concluded_has_no_date_and_none_is_no_status(minimal_site: Built) -> None:
    report = replace(minimal_site.report, vocabularies=real_words(), today=TODAY)
    reading = {"url": "https://example.org/", "locator": "1", "kind": "paper", "read": "2026-01-01"}
    bare = {"id": "one", "name": "One", "condition": "cold", "readings": [reading]}
    concluded = Trial.model_validate(
        {**bare, "inferred": {"status": "completed"}, "basis": "It is."}
    )
    assert status_of(concluded, report) == Status("completed", None, old=False)
    open_still = Trial.model_validate(
        {**bare, "inferred": {"status": "recruiting"}, "basis": "So."}
    )
    assert status_of(open_still, report) == Status("recruiting", None, old=True)
    assert status_of(Trial.model_validate(bare), report) is None
