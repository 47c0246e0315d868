"""The table of the WHO's portal, whose XML has the same names."""

from __future__ import annotations

from evidence.registry.shapes.table_shape import TableShape

SHAPE = TableShape(
    "ictrp-csv",
    "WHO ICTRP, CSV",
    "ictrp",
    {
        "id": ("TrialID", "Main ID"),
        "title": ("Public title", "Scientific title"),
        "status": ("Recruitment Status", "Overall Recruitment Status"),
        "conditions": ("Condition", "Conditions", "Health Condition", "Health Conditions"),
        "interventions": ("Intervention", "Interventions"),
        "outcomes": ("Primary outcome", "Primary Outcomes", "Primary outcome measures"),
        "keywords": ("Condition Keyword", "Keywords"),
        "phase": ("Phase", "Phases", "Study phase"),
        "sponsor_name": ("Primary sponsor",),
        "results": ("results date posted", "results yes no"),
        "completed": ("results date completed",),
        "study_type": ("Study type",),
        "enrolment": ("Target size", "Target sample size"),
        "other_ids": ("Secondary IDs", "Secondary ID", "SecondaryIDs", "Secondary IDs (others)"),
        "started": ("Date enrollement", "Date enrolment", "Date enrollment",
                    "Date of first enrolment", "Date enrollemente"),
        # The third is 20200617, which has one reading
        "registered": ("Date registration3", "Date registration", "Date of registration",
                       "Registration date"),
        "updated": ("Last Refreshed on", "Last updated", "Last update"),
        "countries": ("Countries", "Country", "Countries of recruitment"),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "started", "countries"),
    frozenset({"trialid", "publictitle", "recruitmentstatus", "dateenrollement", "targetsize",
               "sourceregister", "primarysponsor", "webaddress"}),
)  # fmt: skip
