"""The re-analysis: which studies it pools, and that every number in it was computed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.numbers.analysis import _p_text, findings
from evidence.numbers.pooling import pooled_share, unknown
from evidence.numbers.quantity import default
from evidence.run import Built
from tests.findings import finding, study

RESULTS = {
    "all": {"label": "All", "reanalysis": ["strict", "doubtful"]},
    "strict": {"label": "Strict", "reanalysis": ["strict"]},
    "acute": {"label": "Acute", "reanalysis": ["strict", "doubtful"], "phases": ["acute"]},
    "complete": {
        "label": "Complete",
        "reanalysis": ["strict", "doubtful"],
        "completeness": ["complete"],
    },
    "eggs": {"label": "Eggs", "reanalysis": ["strict", "doubtful"], "cells": ["egg"]},
}


def one(name: str, events: int, n: int, **fields: object) -> Study:
    return study(finding(events=events, n=n), id=name, short=name.upper(), **fields)


STUDIES = {
    each.id: each
    for each in (
        one("a", 10, 20, reanalysis="strict", population={"phase": "acute"}),
        one("b", 5, 30, reanalysis="strict", intervention={"cell": "egg"}),
        one("c", 9, 10, reanalysis="doubtful", population={"completeness": "complete"}),
        one("d", 7, 9, reanalysis="excluded", population={"phase": "acute"}),
        one("e", 7, 9),
    )
}


def analysis(*left_out: str) -> Study:
    declared = {
        "finding": "improved",
        "measure": "improvement",
        "source": "smith-2020",
        "locator": "Files",
        "results": RESULTS,
        "leave-one-out": list(left_out),
    }
    return study(analysis=declared)


def made(*left_out: str) -> dict[str, Finding]:
    return findings(analysis(*left_out), STUDIES, pooled_share)


def people(result: str) -> tuple[int | None, int | None]:
    found = made()[f"{result}-people"]
    return found.events, found.n


@pytest.mark.parametrize(
    ("result", "counts"),
    [("all", (24, 60)), ("strict", (15, 50)), ("acute", (10, 20)), ("complete", (9, 10)),
     ("eggs", (5, 30))],
)  # fmt: skip
def test_a_result_pools_the_studies_that_it_selects(result: str, counts: tuple[int, int]) -> None:
    assert people(result) == counts


def test_the_number_of_studies_is_stated() -> None:
    found = made()
    assert [str(found[f"{name}-studies"].value) for name in ("all", "strict", "acute")] == [
        "3",
        "2",
        "1",
    ]


def test_a_result_names_every_study_that_went_into_it() -> None:
    derivation = made()["all"].derivation or ""
    for words in ("A (10 of 20)", "B (5 of 30)", "C (9 of 10)"):
        assert words in derivation
    assert "7 of 9" not in derivation


def test_a_result_can_be_shown_without_each_study() -> None:
    found = made("all")
    assert {name for name in found if "without" in name} == {
        "all-without-a",
        "all-without-b",
        "all-without-c",
    }
    assert found["all-without-c"].value == made()["strict"].value


def test_everything_pooled_says_that_it_is_derived() -> None:
    assert {each.counts for each in made("all").values()} == {"derived"}


def test_a_result_without_any_event_is_people_and_not_pooled() -> None:
    nobody = {
        each.id: each
        for each in (one("a", 0, 20, reanalysis="strict"), one("b", 0, 30, reanalysis="strict"),
                     one("c", 0, 15, reanalysis="strict"), one("d", 4, 9, reanalysis="doubtful"))
    }  # fmt: skip
    found = findings(analysis("all"), nobody, pooled_share)
    strict = found["strict"]
    assert (strict.events, strict.n, strict.value) == (0, 65, None)
    assert default(strict).text == "0 of 65 (0%, 95% CI 0.0 to 5.5)"
    assert strict.interval == (Decimal("0.0"), Decimal("5.5"))
    assert strict.measure == "improvement, everybody counted as one group"
    assert "nothing pooled" in (strict.note or "")
    assert [name for name in found if name.startswith("strict-")] == [
        "strict-studies", "strict-people",
    ]  # fmt: skip
    # and without the one study that has events
    assert found["all-without-d"].measure.endswith("everybody counted as one group")
    assert found["all"].measure.endswith("pooled, in a study in the middle")


def test_everything_about_the_spread_is_a_finding_of_one_model() -> None:
    found, pooled = made(), pooled_share([(10, 20), (9, 10), (5, 30)])
    assert float(found["all-heterogeneity"].value or 0) == round(pooled.i_squared or 0)
    assert float(found["all-tau-squared"].value or 0) == round(pooled.tau_squared or 0, 3)
    assert float(found["all-q"].value or 0) == round(pooled.q or 0, 1)
    assert found["all-q"].unit == "on 2 degrees of freedom"
    assert found["all-q"].p == "<0.001"
    notes = {found[f"all-{name}"].note for name in ("heterogeneity", "tau-squared", "q")}
    assert notes == {pooled.method}


def test_few_studies_and_wide_intervals_are_marked() -> None:
    found = made()
    texts = [mark.text.partition(":")[0] for mark in found["strict"].marks]
    assert texts == ["Only two studies"]
    for name in ("all", "all-prediction"):
        (mark,) = found[name].marks
        assert mark.text.startswith("Only three studies: ")
        assert "The prediction interval covers nearly the whole scale" in mark.text
    for name in ("strict-logit", "strict-double-arcsine"):  # the other methods carry theirs too
        (mark,) = found[name].marks
        assert mark.text.startswith("Only two studies: ")
        assert "The interval covers nearly the whole scale" in mark.text
    assert found["acute"].marks == ()  # one study: nothing was pooled


def test_the_people_stand_beside_the_study_in_the_middle() -> None:
    found = made()["all"]
    assert "Everybody counted as one group: 24 of 60 people (40%), which differs much from" in (
        found.note or ""
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_what_can_be_referred_to_is_what_will_be_computed(count: int) -> None:
    counts = [(10, 20), (5, 30), (9, 10), (7, 9)][:count]
    promised, kept = unknown(counts), pooled_share(counts)
    assert (promised.prediction is None) == (kept.prediction is None)
    assert (promised.i_squared is None) == (kept.i_squared is None)
    assert [each.name for each in promised.others] == [each.name for each in kept.others]


def test_a_site_shows_only_numbers_that_were_computed(gallery_site: Built) -> None:
    shown = gallery_site.report.studies["our-analysis"]
    wanted = findings(shown, gallery_site.report.studies, pooled_share)
    assert shown.findings == wanted
    assert "doubtful-prediction" not in wanted
    assert "strict-prediction" not in wanted


def test_the_projects_own_analysis_shows_only_numbers_that_were_computed(real_site: Built) -> None:
    studies = real_site.report.studies
    for each in studies.values():
        if each.analysis is not None:
            pooled = findings(each, studies, pooled_share)
            made_here = {name: each.findings[name] for name in pooled}
            assert made_here == pooled
            ours = {name for name, found in each.findings.items() if found.population}
            assert {name for name in ours if name.endswith("-prediction")} <= pooled.keys()


def test_the_largest_study_is_named_first_and_then_by_id() -> None:
    same = {each.id: each for each in (one("z", 1, 9, reanalysis="strict"),
                                       one("y", 2, 9, reanalysis="strict"))}  # fmt: skip
    made = findings(analysis(), {**same, **STUDIES}, unknown)
    assert made["strict"].derivation == (
        "Computed by this site from B (5 of 30), A (10 of 20), Y (2 of 9), Z (1 of 9)."
    )


def test_each_finding_of_a_result_has_its_unit_and_its_level() -> None:
    found = made("all")
    assert {name: each.unit for name, each in found.items() if name.startswith("all")} == {
        "all": "percent", "all-studies": "studies", "all-people": None, "all-logit": "percent",
        "all-double-arcsine": "percent", "all-prediction": "percent",
        "all-heterogeneity": "percent", "all-tau-squared": "on the logit scale",
        "all-q": "on 2 degrees of freedom",
        **{f"all-without-{name}": "percent" for name in "abc"},
    }  # fmt: skip
    assert found["strict-q"].unit == "on 1 degree of freedom"
    for name in ("all", "all-logit", "all-without-a", "eggs"):
        assert found[name].level == Decimal(95), name


def test_a_small_p_value_of_heterogeneity_is_a_bound_and_others_have_three_decimals() -> None:
    assert [_p_text(p) for p in (0.0009999, 0.001, 0.0014, 0.0015, 0.25)] == [
        "<0.001", "0.001", "0.001", "0.002", "0.250",
    ]  # fmt: skip


def test_what_was_not_pooled_says_whom_it_counts() -> None:
    found = made()
    assert found["eggs"].measure == "improvement, one study alone"
    nobody = {each.id: each for each in (one("x", 0, 9, reanalysis="strict"),
                                         one("y", 0, 8, reanalysis="strict"))}  # fmt: skip
    counted = findings(analysis(), nobody, pooled_share)
    assert counted["strict"].measure == "improvement, everybody counted as one group"
    assert found["all"].measure == "improvement, pooled, in a study in the middle"


def test_cautions_are_the_words_of_one_mark_each_a_sentence() -> None:
    (mark,) = made()["strict"].marks
    assert mark.kind == "uncertain"
    assert mark.text.startswith("Only two studies: how far studies lie apart cannot be known")
    assert "so do not rely on the interval." in mark.text
    assert ".." not in mark.text
