"""ClinicalTrials.gov's table of 27 columns, until 2024."""

from __future__ import annotations

from evidence.registry.shapes.table_shape import TableShape, at_the_end, towns_before

SHAPE = TableShape(
    "clinicaltrials-gov-classic-csv",
    "ClinicalTrials.gov, classic CSV (until 2024)",
    "clinicaltrials-gov",
    {
        "id": ("NCT Number",),
        "title": ("Title",),
        "status": ("Status",),
        "conditions": ("Conditions",),
        "interventions": ("Interventions",),
        "outcomes": ("Outcome Measures",),
        "phase": ("Phases",),
        "sponsor": ("Funded Bys",),
        "sponsor_name": ("Sponsor/Collaborators",),
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
     "started", "updated", "countries"),
    frozenset({"title", "status", "fundedbys", "gender", "studydesigns", "url", "rank"}),
    at_the_end,
    towns_before,
)  # fmt: skip
