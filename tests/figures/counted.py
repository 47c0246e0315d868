"""Invented tables of counts, and a figure of each kind that shows one."""

from __future__ import annotations

from evidence.model.figure import Figure
from evidence.model.report import Report
from tests.figures.declaring import report_with, table_figure

PHASES = {"1": "Phase 1", "1/2": "Phase 1/2", "2": "Phase 2", "2/3": "Phase 2/3",
          "3": "Phase 3", "not-stated": "No phase stated"}  # fmt: skip
GROWTH = (2, 3, 5, 0, 9, 14, 22, 25, 38, 44, 41, 52, 63, 71, 66, 80, 58)
SHARES = {"1": 0.2, "1/2": 0.34, "2": 0.25, "2/3": 0.04, "3": 0.07, "not-stated": 0.1}


def by_year() -> str:
    """Return a table of trials by year and phase, without a row for 2009."""
    rows = ["year,phase,trials"]
    for number, every in enumerate(GROWTH):
        for phase, share in SHARES.items():
            if round(every * share):
                rows.append(f"{2006 + number},{phase},{round(every * share)}")
    return "\n".join(rows)


def by_status() -> str:
    """Return a table of trials by phase and status."""
    numbers = {"1": (310, 122, 40, 21), "1/2": (402, 180, 66, 73), "2": (281, 99, 31, 44),
               "3": (61, 24, 9, 4), "not-stated": (18, 7, 0, 12)}  # fmt: skip
    statuses = ("Completed", "Recruiting", "Terminated or withdrawn", "not-stated")
    rows = [
        f"{phase},{status},{number}"
        for phase, found in numbers.items()
        for status, number in zip(statuses, found, strict=True)
    ]
    return "\n".join(["phase,status,trials", *rows])


def by_country() -> str:
    """Return a table of trials by country, with small countries and trials without one."""
    numbers = {"not-stated": 213, "China": 1520, "United States": 804, "Spain": 95, "Iran": 131,
               "Bosnia and Herzegovina": 3, "Norway": 12, "Jordan": 45, "Japan": 51,
               "Republic of Korea": 121, "Brazil": 40, "Chile": 2}  # fmt: skip
    return "\n".join(["country,trials", *(f"{name},{n}" for name, n in numbers.items())])


CONDITIONS = ("Lupus", "Crohn's disease", "Graft-versus-host disease", "Multiple sclerosis",
              "Chronic inflammatory demyelinating polyneuropathy (CIDP)",
              "Type 1 diabetes", "not-stated")  # fmt: skip
CELLS = ("bone-marrow-msc", "adipose-msc", "umbilical-cord-msc", "blood-stem-cells", "not-stated")
DESIGNS = ("randomised-and-blinded", "randomised", "controlled", "single-arm", "not-stated")


def by_condition() -> str:
    """Return a table of trials by condition and phase, with crossings that it does not have."""
    rows = ["condition,phase,trials"]
    for first, condition in enumerate(CONDITIONS):
        for second, phase in enumerate(SHARES):
            number = (first * 7 + second * 13) % 11 * (90 - 13 * first) // 4 - 3
            if number >= 0:
                rows.append(f"{condition},{phase},{number}")
    return "\n".join(rows)


def by_design() -> str:
    """Return a table of trials by condition, source of the cells and design."""
    rows = ["condition,cell,design,trials"]
    for first, condition in enumerate(CONDITIONS):
        for second, cell in enumerate(CELLS):
            for third, design in enumerate(DESIGNS):
                number = (first * 5 + second * 3 + third * 7) % 9 * (7 - first) // 2 - 9
                if number > 0:
                    rows.append(f"{condition},{cell},{design},{number}")
    return "\n".join(rows)


def by_condition_and_year() -> str:
    """Return a table of trials by condition and year, without rows for years with none."""
    rows = ["condition,year,trials"]
    for first, condition in enumerate(CONDITIONS):
        for second, every in enumerate(GROWTH):
            number = every * (7 - first) * (3 + (first + second) % 4) // 60
            if number:
                rows.append(f"{condition},{2006 + second},{number}")
    return "\n".join(rows)


NAMED = {phase: words for phase, words in PHASES.items() if phase != "not-stated"}
SOURCES = {"bone-marrow-msc": "Bone marrow", "adipose-msc": "Fat tissue",
           "umbilical-cord-msc": "Umbilical cord", "blood-stem-cells": "Blood"}  # fmt: skip
RANKING = {"category": "country", "value": "trials"}
STACKED_BARS = {"category": "phase", "series": "status", "value": "trials"}
STACKED_YEARS = {"year": "year", "series": "phase", "value": "trials"}
CASES: dict[str, tuple[Figure, Report]] = {
    "stacked-years": (
        table_figure("stacked-years", "by-year.csv", STACKED_YEARS, labels=PHASES, ordered=True,
                     until="2022-10"),
        report_with("by-year.csv", by_year()),
    ),
    "stacked-bars": (
        table_figure("stacked-bars", "by-status.csv", STACKED_BARS, labels=NAMED),
        report_with("by-status.csv", by_status()),
    ),
    "ranking": (
        table_figure("ranking", "by-country.csv", RANKING, share=True, most=8),
        report_with("by-country.csv", by_country()),
    ),
    "grid": (
        table_figure("grid", "by-condition.csv",
                     {"category": "condition", "series": "phase", "value": "trials"},
                     labels=NAMED, total=True,
                     short={"1": "1", "1/2": "1/2", "2": "2", "2/3": "2/3", "3": "3"}),
        report_with("by-condition.csv", by_condition()),
    ),
    "evidence-map": (
        table_figure("evidence-map", "by-design.csv",
                     {"category": "condition", "series": "cell", "design": "design",
                      "value": "trials"}, labels=SOURCES, short={"umbilical-cord-msc": "Cord"}),
        report_with("by-design.csv", by_design()),
    ),
    "small-multiples": (
        table_figure("small-multiples", "by-condition-and-year.csv",
                     {"facet": "condition", "year": "year", "value": "trials"}, until="2022-10"),
        report_with("by-condition-and-year.csv", by_condition_and_year()),
    ),
}  # fmt: skip
EXTRA: dict[str, tuple[Figure, Report]] = {
    "years-plain": (
        table_figure("stacked-years", "by-year.csv", {"year": "year", "value": "trials"},
                     where={"phase": "2"}),
        CASES["stacked-years"][1],
    ),
    "years-total": (
        table_figure("stacked-years", "by-year.csv", STACKED_YEARS, total=True,
                     labels={**PHASES, "1/2": "Early phases, 1 and 1/2", "1": "Early phases, 1 and 1/2"}),
        CASES["stacked-years"][1],
    ),
    "bars-share": (
        table_figure("stacked-bars", "by-status.csv", STACKED_BARS, labels=NAMED, share=True,
                     order="number"),
        CASES["stacked-bars"][1],
    ),
    "bars-ordered": (
        table_figure("stacked-bars", "by-status.csv",
                     {"category": "status", "series": "phase", "value": "trials"},
                     labels=PHASES, ordered=True),
        CASES["stacked-bars"][1],
    ),
    "multiples-line": (
        table_figure("small-multiples", "by-condition-and-year.csv",
                     {"facet": "condition", "year": "year", "value": "trials"}, line=True,
                     order="number", where={"condition": list(CONDITIONS[:4])}),
        CASES["small-multiples"][1],
    ),
    "grid-letters": (
        table_figure("grid", "by-design.csv",
                     {"category": "condition", "series": "design", "value": "trials"}),
        CASES["evidence-map"][1],
    ),
}  # fmt: skip
