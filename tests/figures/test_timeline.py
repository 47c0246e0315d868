from __future__ import annotations

import re
from datetime import date as Date
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence.figures import missing
from evidence.figures.figure_item import items_of
from evidence.figures.look import WIDE
from evidence.figures.measures import AxisScale
from evidence.figures.timeline import _flags
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    place_of,
    report_of,
    result_of,
    words_of,
)
from tests.figures.marked import marks_of

STATED: Stated = {
    "history/withdrawn": {"measure": "withdrawn", "date": "2024-12-13"},
    "history/licensed": {"measure": "licensed", "date": "2018-03-23"},
    "history/advised": {"measure": "advised against", "date": "2019-01"},
    "history/designated": {"measure": "designated", "date": 2019},
}


def test_events_stand_in_order_of_time_however_they_are_declared() -> None:
    figure, report = figure_of("timeline", list(STATED)), report_of(STATED)
    result = result_of(figure, report)
    dates = [row[0] for row in result.table]
    assert dates == ["23 March 2018", "January 2019", "2019", "13 December 2024"]
    narrow = drawn(figure, report).narrow
    heights = [place_of(narrow, date)[1] for date in dates]
    assert heights == sorted(heights)
    wide = drawn(figure, report).wide
    assert place_of(wide, dates[0])[0] < place_of(wide, dates[1])[0] < place_of(wide, dates[3])[0]


def test_a_month_and_a_year_are_drawn_as_long_as_they_are() -> None:
    wide = drawn(figure_of("timeline", list(STATED)), report_of(STATED)).wide
    bars = re.findall(r'<path d="M[\d.]+,[\d.]+h([\d.]+)v[^"]*" fill="var\(--series-1,', wide)
    month, year = sorted(float(length) for length in bars)
    assert 0.07 < month / year < 0.1
    assert wide.count("A4.5,4.5") + wide.count("A5,5") >= 2


def test_the_sentence_and_the_file_are_as_precise_as_the_source() -> None:
    result = result_of(figure_of("timeline", list(STATED)), report_of(STATED))
    assert [item.sentence for item in result.items[:3]] == [
        "23 March 2018: Licensed",
        "January 2019: Advised against",
        "2019: Designated",
    ]


dates = st.dates(Date(2010, 1, 1), Date(2023, 12, 31))


@given(st.lists(dates, min_size=1, max_size=9, unique=True))
@settings(max_examples=200, deadline=None)
@example([Date(2022, 3, 1), Date(2022, 4, 1), Date(2020, 1, 1)])
def test_no_words_overlap_and_no_line_runs_through_words(days: list[Date]) -> None:
    stated: Stated = {
        f"history/event-{number}": {"measure": "an event with some words", "date": str(day)}
        for number, day in enumerate(days)
    }
    shown = items_of(result_of(figure_of("timeline", list(stated)), report_of(stated)))
    flags = _flags(shown, AxisScale(2010, 2024, 6, 674))
    assert len(flags) in {0, len(days)}
    for flag in flags:
        assert flag.left >= 0
        assert flag.right <= 674
    for one, other in combinations(flags, 2):
        inner, outer = sorted((one, other), key=lambda flag: flag.level)
        if one.above == other.above:
            apart = one.right <= other.left or other.right <= one.left
            assert apart or one.level != other.level
            assert not inner.left < outer.at < inner.right or inner.level == outer.level


def test_events_too_close_to_stand_on_the_band_become_a_list() -> None:
    stated: Stated = {
        f"history/event-{each}": {
            "measure": f"event number {each} with words of some length",
            "date": f"2024-11-{each + 1:02}",
        }
        for each in range(9)
    }
    stated["history/first"] = {"measure": "first", "date": 2001}
    wide = drawn(figure_of("timeline", list(stated)), report_of(stated)).wide
    assert len({place_of(wide, f"{each + 1} November 2024")[1] for each in range(9)}) == 9


def test_a_finding_without_a_date_cannot_be_drawn() -> None:
    stated: Stated = {**STATED, "a/b": {"events": 3, "n": 4}}
    ((position, message, _),) = missing(
        figure_of("timeline", list(stated)), report_of(stated).findings
    )
    assert (position, message) == (4, "'a/b' has no date")


def test_the_last_year_of_the_calendar_can_be_drawn() -> None:
    stated: Stated = {"a/b": {"date": 9999}, "a/c": {"date": "0001-12"}}
    assert "9999" in words_of(drawn(figure_of("timeline", list(stated)), report_of(stated)).wide)


def test_a_year_begins_and_ends_where_its_neighbours_do() -> None:
    stated: Stated = {f"a/{year}": {"date": year} for year in (2018, 2019, 2021)}
    result = result_of(figure_of("timeline", list(stated)), report_of(stated))
    first, second, last = marks_of(result, WIDE)
    assert abs(first.right - second.left) < 0.2
    assert abs((last.left - first.left) / 3 - first.width) < 0.2
