"""ClinicalTrials.gov's table, since 2023."""

from __future__ import annotations

from evidence.registry.shapes.table_shape import TableShape, at_the_end, towns_before

SHAPE = TableShape(
    "clinicaltrials-gov-csv",
    "ClinicalTrials.gov, present CSV",
    "clinicaltrials-gov",
    {
        "id": ("NCT Number",),
        "title": ("Study Title",),
        "status": ("Study Status",),
        "conditions": ("Conditions",),
        "interventions": ("Interventions",),
        "outcomes": ("Primary Outcome Measures",),
        "phase": ("Phases",),
        "sponsor": ("Funder Type",),
        "sponsor_name": ("Sponsor",),
        "study_type": ("Study Type",),
        "enrolment": ("Enrollment",),
        "other_ids": ("Other IDs",),
        "started": ("Start Date",),
        "completed": ("Completion Date",),
        "results": ("Results First Posted", "Study Results"),
        "registered": ("First Posted",),
        "updated": ("Last Update Posted",),
        "countries": ("Locations",),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "sponsor", "study_type",
     "started", "countries"),
    frozenset({"studytitle", "studystatus", "studyurl", "fundertype", "briefsummary", "sex"}),
    at_the_end,
    towns_before,
)  # fmt: skip
