"""The page of a registry export: what its tables are called."""

from __future__ import annotations

from evidence.pages.exports import ONE_WAY, TWO_WAY, CrossTable


def test_a_table_is_headed_by_its_questions_and_its_rows_by_the_first() -> None:
    one = CrossTable("phase", "Phase", "", ("All",), (("1", (2,)),))
    two = CrossTable("year-by-phase", "Year of start", "Phase", ("1", "All"), (("2020", (2, 2)),))
    assert (one.question, one.heading) == ("Phase", "Phase")
    assert (two.question, two.heading) == ("Year of start", "Year of start by phase")


def test_each_table_of_two_questions_asks_two_that_have_a_table_of_their_own() -> None:
    for name, (down, across) in TWO_WAY.items():
        assert name == f"{down}-by-{across}"
        assert {down, across} <= ONE_WAY.keys()


def test_a_table_is_summed_down_its_columns() -> None:
    rows = (("1", (2, 3, 5)), ("2", (1, 0, 1)))
    assert CrossTable("a", "A", "", ("x", "y", "All"), rows).sums == (3, 3, 6)
