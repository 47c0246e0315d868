"""Dates of any precision; day and month are told apart by what a file shows, and never guessed."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.registry.dates import DAY, MONTH, DateOrders, date_of, order_shown
from tests.registry.exporting import classic, counts, portal, project, provenance, run

DATES = {
    "June 17, 2020": "2020-06-17",
    "June 2020": "2020-06",
    "2020": "2020",
    "2020-06": "2020-06",
    "2020-06-17": "2020-06-17",
    "2020/6/7": "2020-06-07",
    "17 June 2020": "2020-06-17",
    "17-Jun-2020": "2020-06-17",
    "Sept 3, 2011": "2011-09-03",
    "17/06/2020": "2020-06-17",
    "06/17/2020": "2020-06-17",
    "17-06-2020": "2020-06-17",
    "17.6.2020": "2020-06-17",
    "02/02/2020": "2020-02-02",
    "01/02/2020": "2020",
    "1.2.2020": "2020",
    "01/02/2020 10:00": "2020",
    "20200617": "2020-06-17",
    "2020-06-17 00:00:00": "2020-06-17",
    "2020-06-17T10:30:00Z": "2020-06-17",
    "  June   17,   2020 ": "2020-06-17",
}
NO_DATES = [
    "soon",
    "June 31, 2020",
    "2020-13",
    "31/02/2020",
    "13/13/2020",
    "1/2-2020",
    "0/5/2020",
    "1820",
    "3020-01-01",
    "Juny 2020",
    "12",
]
CTRI = "CTRI/2020/01/00000"
NAME = "ictrp-2022-10-07"


@pytest.mark.parametrize("written", DATES)
def test_a_date_of_any_precision_is_understood(written: str) -> None:
    assert str(date_of(written)) == DATES[written]


@pytest.mark.parametrize("written", NO_DATES)
def test_what_is_not_in_the_calendar_is_no_date(written: str) -> None:
    assert date_of(written) is None


@given(st.dates(Date(1900, 1, 1), Date(2100, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: Date) -> None:
    for form in ("%B %d, %Y", "%Y-%m-%d", "%d %B %Y", "%Y%m%d", "%d-%b-%Y", "%Y.%m.%d"):
        found = date_of(day.strftime(form))
        assert found is not None
        assert found.first_day == day
    for form, order in (
        ("%d/%m/%Y", DAY),
        ("%d-%m-%Y", DAY),
        ("%m/%d/%Y", MONTH),
        ("%m.%d.%Y", MONTH),
    ):
        found = date_of(day.strftime(form), order)
        assert found is not None
        assert found.first_day == day
        assert order_shown(day.strftime(form)) in {order, "", None}


def test_a_file_shows_its_order_by_dates_that_have_one() -> None:
    orders = DateOrders()
    orders.see("a", "ctri", "start-date", "21-10-2019")
    orders.see("b", "ctri", "start-date", "10-21-2019")
    assert orders.of("a", "ctri", "start-date") == (DAY, "21-10-2019")
    assert orders.of("a", "ctri", "last-update") == (DAY, "21-10-2019")
    assert orders.of("a", "isrctn", "start-date") == (DAY, "21-10-2019")
    assert orders.of("b", "ctri", "start-date") == (MONTH, "10-21-2019")
    assert orders.of("c", "ctri", "start-date") == ("", "")


def test_a_file_that_shows_both_orders_shows_none() -> None:
    orders = DateOrders()
    orders.see("a", "ctri", "start-date", "21-10-2019")
    orders.see("a", "ctri", "start-date", "10-21-2019")
    assert orders.of("a", "ctri", "start-date") == ("", "")


def test_each_registry_has_an_order_of_its_own() -> None:
    orders = DateOrders()
    orders.see("a", "ctri", "start-date", "21-10-2019")
    orders.see("a", "isrctn", "start-date", "10-21-2019")
    assert orders.of("a", "ctri", "start-date")[0] == DAY
    assert orders.of("a", "isrctn", "start-date")[0] == MONTH
    assert orders.of("a", "drks", "start-date")[0] == ""


def dated(*starts: str) -> str:
    return portal(
        *(
            {"TrialID": f"{CTRI}{number}", "Date enrollement": start, "Date registration": ""}
            for number, start in enumerate(starts)
        )
    )


def test_the_day_may_stand_first(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(root, dated("21-10-2019"))
    assert printed.code == 0, printed.problems
    assert counts(root, NAME, "year") == {("other", "2019"): 1}
    assert "unrecognised" not in printed.out
    assert "day or the month" not in printed.out


def test_how_a_date_was_read_is_said_with_the_date_that_shows_it(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(root, dated("21-10-2019", "05-07-2020", "06-07-2020"))
    assert printed.code == 0, printed.problems
    said = (
        "2 of its dates could have the day or the month first, and the day was taken to stand "
        "first, as in '21-10-2019' (start-date)."
    )
    assert f"The file: {said}" in printed.out
    (file,) = provenance(root, NAME)["files"]
    assert file["notes"] == [said]
    assert provenance(root, NAME)["unrecognised"] == {}


def test_where_nothing_shows_the_order_the_year_is_taken_and_the_date_counted(
    tmp_path: Path,
) -> None:
    root = project(tmp_path)
    printed = run(root, dated("05-07-2020", "05-07-2020", "06/07/2020"))
    assert printed.code == 0, printed.problems
    assert counts(root, NAME, "year") == {("other", "2020"): 3}
    assert (
        "Day or month first is not shown, so at most the year counts, as start-date: "
        "'05-07-2020' (2), '06/07/2020' (1)."
    ) in printed.out
    assert provenance(root, NAME)["unrecognised"] == {
        "start-date-day-or-month": [
            {"value": "05-07-2020", "studies": 2},
            {"value": "06/07/2020", "studies": 1},
        ]
    }


def test_a_day_that_may_be_another_is_not_the_newest(tmp_path: Path) -> None:
    root = project(tmp_path)
    export = portal(
        {"Date enrollement": "", "Date registration": "", "Last Refreshed on": "05/07/2020"}
    )
    assert run(root, export).code == 0
    assert provenance(root, NAME)["newest-update"] is None


def test_another_file_shows_nothing_of_this_one(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(root, dated("05-07-2020"), classic({"Start Date": "17/06/2020"}))
    assert printed.code == 0, printed.problems
    assert "start-date-day-or-month" in provenance(root, "registries-2022-10-07")["unrecognised"]
