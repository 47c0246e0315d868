"""Published trials as findings, for the tests of figures that show studies together."""

from __future__ import annotations

from typing import Any

from evidence.model.figure import Figure
from tests.figures.declaring import Stated, figure_of

# Colditz et al., JAMA 1994;271:698-702: tuberculosis with BCG vaccine and without, as metafor's
# dat.bcg has them: study, year, events and people with, events and people without, allocation
BCG = (
    ("Aronson", 1948, 4, 123, 11, 139, "random"),
    ("Ferguson & Simes", 1949, 6, 306, 29, 303, "random"),
    ("Rosenthal et al", 1960, 3, 231, 11, 220, "random"),
    ("Hart & Sutherland", 1977, 62, 13598, 248, 12867, "random"),
    ("Frimodt-Moller et al", 1973, 33, 5069, 47, 5808, "alternate"),
    ("Stein & Aronson", 1953, 180, 1541, 372, 1451, "alternate"),
    ("Vandiviere et al", 1973, 8, 2545, 10, 629, "random"),
    ("TPT Madras", 1980, 505, 88391, 499, 88391, "random"),
    ("Coetzee & Berjak", 1968, 29, 7499, 45, 7277, "random"),
    ("Rosenthal et al", 1961, 17, 1716, 65, 1665, "systematic"),
    ("Comstock et al", 1974, 186, 50634, 141, 27338, "systematic"),
    ("Comstock & Webster", 1969, 5, 2498, 3, 2341, "systematic"),
    ("Comstock et al", 1976, 27, 16913, 29, 17854, "systematic"),
)


def _name(author: str, year: int) -> str:
    return f"{author.lower().replace(' & ', '-').replace(' ', '-')}-{year}/tuberculosis"


def _arms(events: int, n: int, others: int, of: int) -> dict[str, Any]:
    treated = {"events": events, "n": n, "label": "BCG"}
    return {"arms": {"treated": treated, "control": {"events": others, "n": of, "label": "no BCG"}}}


BCG_STATED: Stated = {_name(author, year): _arms(*counts) for author, year, *counts, _ in BCG}
BCG_ROWS: list[dict[str, Any]] = [
    {
        "finding": _name(author, year),
        "label": f"{author} {year}",
        "group": f"{allocation.capitalize()} allocation",
        "first_year": year,
    }
    for author, year, *_, allocation in BCG
]


def ungrouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without their groups."""
    return [{key: value for key, value in row.items() if key != "group"} for row in rows]


ALIVE: dict[str, Any] = {"events": 37, "n": 40}
FEW = dict(list(BCG_STATED.items())[:4])
FEW_ROWS = ungrouped(BCG_ROWS[:4])
CASES: dict[str, tuple[Figure, Stated]] = {
    "cumulative": (figure_of("cumulative", FEW_ROWS, measure="risk-ratio"), FEW),
    "leave-one-out": (figure_of("leave-one-out", FEW_ROWS, measure="risk-ratio"), FEW),
    "funnel": (figure_of("funnel", FEW_ROWS, measure="odds-ratio"), FEW),
    "icons": (figure_of("icons", ["wang-2014/survival"]), {"wang-2014/survival": ALIVE}),
    "forest": (figure_of("forest", FEW_ROWS, measure="risk-ratio", pooled="overall"), FEW),
}
