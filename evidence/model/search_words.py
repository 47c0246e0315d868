"""The closed lists of a search: what is looked for, what is found, and what becomes of it."""

from __future__ import annotations

from typing import Literal

from evidence.model.design import DesignKind

# What every search has to look for
Aim = Literal[
    "trials",
    "meta-analyses",
    "follow-up",
    "regulators",
    "stopped-programmes",
    "retractions",
    "other",
]


AIMS: dict[Aim, str] = {
    "trials": "Randomised and controlled trials",
    "meta-analyses": "Meta-analyses",
    "follow-up": "Long-term and safety follow-up",
    "regulators": "Decisions of regulators",
    "stopped-programmes": "Failed and stopped programmes",
    "retractions": "Retractions of what is cited",
    "other": "Other",
}


ItemKind = Literal[
    "randomised-trial",
    "controlled-study",
    "uncontrolled-study",
    "meta-analysis",
    "review",
    "cohort",
    "follow-up",
    "regulator-decision",
    "programme",
    "registry-record",
    "retraction",
    "report",
]


ITEM_KINDS: dict[ItemKind, str] = {
    "randomised-trial": "Randomised trial",
    "controlled-study": "Comparison without randomisation",
    "uncontrolled-study": "Study without a comparison",
    "meta-analysis": "Meta-analysis",
    "review": "Review",
    "cohort": "Cohort without the treatment",
    "follow-up": "Follow-up",
    "regulator-decision": "Decision of a regulator",
    "programme": "Programme of a company or hospital",
    "registry-record": "Registry record",
    "retraction": "Retraction or correction",
    "report": "Report, news or statement",
}


KIND_OF_DESIGN: dict[DesignKind, ItemKind] = {
    "randomised-controlled-trial": "randomised-trial",
    "non-randomised-controlled-trial": "controlled-study",
    "single-arm-trial": "uncontrolled-study",
    "case-series": "uncontrolled-study",
    "case-report": "uncontrolled-study",
    "expanded-access": "uncontrolled-study",
    "systematic-review": "meta-analysis",
    "own-analysis": "meta-analysis",
    "review": "review",
    "registry-analysis": "review",
    "letter": "review",
    "cohort": "cohort",
    "registered-trial": "registry-record",
    "regulatory-history": "regulator-decision",
    "company-programme": "programme",
    "not-stated": "uncontrolled-study",
}


Became = Literal["shown", "background", "left-out", "not-readable"]


BECAME: dict[Became, str] = {
    "shown": "Shown",
    "background": "Background",
    "left-out": "Left out",
    "not-readable": "Wanted, could not be read",
}


Reason = Literal[
    "other-disease",
    "other-treatment",
    "other-outcome",
    "no-results",
    "same-people",
    "newer-one-shown",
    "no-data-of-its-own",
    "not-in-people",
    "not-traceable",
]


REASONS: dict[Reason, str] = {
    "other-disease": "About another disease or other people",
    "other-treatment": "About another treatment",
    "other-outcome": "Reports no outcome of this question",
    "no-results": "No results yet",
    "same-people": "The same people as in an item that is shown",
    "newer-one-shown": "A newer version is shown",
    "no-data-of-its-own": "No data of its own",
    "not-in-people": "In animals or in the laboratory",
    "not-traceable": "What it says could not be traced to a source",
}
