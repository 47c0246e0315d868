"""The summaries of the older European register, as text of labelled lines or as a table."""

from __future__ import annotations

import re

from evidence.registry.shapes.table_shape import TableShape

# "GB(GB - no longer in EU/EEA) SE(Completed)": the code of a country before each bracket
COUNTRY = re.compile(r"\b([A-Z]{2})\s?\(")


def _countries(written: str) -> tuple[str, ...]:
    """Return the names of the countries in which a trial was authorised."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    codes = dict.fromkeys(COUNTRY.findall(written))
    found = ((code, pycountry.countries.get(alpha_2=code)) for code in codes)
    return tuple(country.name if country else code for code, country in found)


SHAPE = TableShape(
    "eu-ctr-summary",
    "EU Clinical Trials Register, summaries",
    "eu-ctr",
    {
        "id": ("EudraCT Number",),
        "title": ("Full Title",),
        "conditions": ("Medical condition",),
        "other_ids": ("Sponsor Protocol Number",),
        "sponsor_name": ("Sponsor Name",),
        "started": ("Start Date",),
        "countries": ("Trial protocol",),
    },
    ("id", "title", "conditions", "started", "countries"),
    frozenset({"eudractnumber", "sponsorprotocolnumber", "populationage", "trialprotocol"}),
    _countries,
    beside={"conditions": ("Disease",)},
    fixed={"study_type": "Interventional"},
)  # fmt: skip
