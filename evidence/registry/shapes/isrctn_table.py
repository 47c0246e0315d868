"""The table of the ISRCTN registry's search."""

from __future__ import annotations

from evidence.registry.shapes.table_shape import TableShape

SHAPE = TableShape(
    "isrctn-csv",
    "ISRCTN, CSV",
    "isrctn",
    {
        "id": ("ISRCTN",),
        "title": ("Title",),
        "status": ("Overall study status",),
        "conditions": ("Health condition(s) or problem(s) studied", "Condition"),
        "interventions": ("Drug/device/biological/vaccine name(s)",),
        "phase": ("Phase",),
        "sponsor_name": ("Sponsor",),
        "study_type": ("Study type(s)", "Primary study design"),
        "enrolment": ("Total final enrolment", "Target sample size"),
        "other_ids": ("EudraCT/CTIS number",),
        "started": ("Date of first enrolment",),
        "completed": ("Overall study end date", "Overall trial end date"),
        "registered": ("Date assigned", "Registration date"),
        "updated": ("Last edited", "Last updated"),
        "countries": ("Country of recruitment", "Countries of recruitment"),
    },
    ("id", "title", "status", "conditions", "phase", "started", "countries"),
    frozenset({"isrctn", "overallstudystatus", "healthconditionsorproblemsstudied",
               "drugdevicebiologicalvaccinenames", "studytypes"}),
    beside={
        "interventions": ("Intervention type", "Interventions"),
        "other_ids": ("ClinicalTrials.gov number", "Secondary identifying numbers"),
    },
)  # fmt: skip
