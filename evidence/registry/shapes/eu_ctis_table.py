"""The table of the European CTIS's search."""

from __future__ import annotations

import re

from evidence.registry.shapes.table_shape import TableShape

# "Germany:Ongoing, recruiting, Austria:Ended": a country stands before each colon
COUNTRY = re.compile(r"(?:^|[,;|])([^,;:|]+):")


def _countries(written: str) -> tuple[str, ...]:
    """Return the countries of "country:status, country:status"."""
    names = (name.strip() for name in COUNTRY.findall(written))
    return tuple(dict.fromkeys(name for name in names if name))


SHAPE = TableShape(
    "eu-ctis-csv",
    "EU CTIS, CSV",
    "eu-ctis",
    {
        "id": ("Trial number",),
        "title": ("Title of the trial",),
        "status": ("Overall trial status",),
        "conditions": ("Medical conditions",),
        "interventions": ("Product",),
        "outcomes": ("Primary endpoint", "Primary end point"),
        "phase": ("Trial phase",),
        "sponsor": ("Sponsor type",),
        "sponsor_name": ("Sponsor/Co-Sponsors",),
        "enrolment": ("Number of participants enrolled",),
        "other_ids": ("Protocol code",),
        "started": ("Start date",),
        "completed": ("Global end of the trial", "End date"),
        "results": ("Trial results",),
        "registered": ("Decision date",),
        "updated": ("Last updated",),
        "countries": ("Location(s) and recruitment status",),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "started", "countries"),
    frozenset({"trialnumber", "titleofthetrial", "overalltrialstatus", "sponsorcosponsors",
               "locationsandrecruitmentstatus", "decisiondate", "trialphase"}),
    _countries,
    fixed={"study_type": "Interventional"},
)  # fmt: skip
