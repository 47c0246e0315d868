"""The closed lists into which values of registries are brought."""

from __future__ import annotations

from evidence.model.export import NOT_STATED

# The closed lists into which values of registries are brought, each in its natural order.

PHASES = ("early-1", "1", "1/2", "2", "2/3", "3", "4", "not-applicable", NOT_STATED)
STATUSES = (
    "not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting",
    "ongoing", "not-recruiting", "completed", "suspended", "terminated", "withdrawn",
    "expanded-access", "unknown", NOT_STATED,
)  # fmt: skip
SPONSORS = ("industry", "government", "network-or-individual", "academic-or-other", NOT_STATED)

# What registries write, without case, spaces and punctuation
STATUS_WORDS = {
    "not-yet-recruiting": "notyetrecruiting pending prospective preinitiation "
    "scheduled authorisedrecruitmentpending underevaluation",
    "recruiting": "recruiting opentorecruitment openpublicrecruiting "
    "ongoingrecruiting authorisedrecruiting",
    "enrolling-by-invitation": "enrollingbyinvitation enrolingbyinvitation",
    "active-not-recruiting": "activenotrecruiting closedtorecruitmentoffollowupcomplete "
    "closedtorecruitmentfollowupcontinuing recruitmentcompleted recruitmentcomplete "
    "completerecruitment nolongerrecruiting opennotrecruiting "
    "ongoingrecruitmentended",
    "ongoing": "ongoing active authorised authorisedrecruitmentmaybeongoingorfinished",
    "not-recruiting": "notrecruiting",
    "suspended": "suspended temporarilyhalted temporaryhalt temporaryclosed temporarilyclosed",
    "terminated": "terminated prematurelyended stopped stoppedearly halted discontinued",
    "withdrawn": "withdrawn withdrawnpriortoenrolment withdrawnpriortoenrollment",
    "completed": "completed complete completefollowupcomplete mainresultsalreadypublished finished "
    "ended",
    "expanded-access": "available nolongeravailable temporarilynotavailable approvedformarketing",
    "unknown": "unknown unknownstatus withheld",
    NOT_STATED: "na notavailable notspecified notstated null other",
}
STUDY_TYPE_WORDS = {
    "interventional": "interventional intervention interventionalstudy treatmentstudy treatment "
    "interventionalclinicaltrialofmedicinalproduct interventionaltrial prevention",
    "observational": "observational observationalstudy observationalpatientregistry "
    "observationalnoninvasive observationalinvasive epidemiologicalresearch epidemilogicalresearch",
    "expanded-access": "expandedaccess",
    NOT_STATED: "na other others notstated notspecified",
}
SPONSOR_WORDS = {
    "industry": "industry pharmaceuticalcompany pharmaceuticalassociationfederation",
    "government": "nih fed usfed othergov usfederalgovernment",
    "network-or-individual": "network indiv individual",
    "academic-or-other": "other hospitalclinicotherhealthcarefacility educationalinstitution "
    "laboratoryresearchtestingfacility patientorganisationassociation",
    NOT_STATED: "unknown ambig",
}


def squashed(written: str) -> str:
    """Return the letters and digits of ``written``, without case."""
    return "".join(character for character in written.casefold() if character.isalnum())


def _table(words: dict[str, str]) -> dict[str, str]:
    return {spelling: value for value, spellings in words.items() for spelling in spellings.split()}


STATUS_OF = _table(STATUS_WORDS)
STUDY_TYPE_OF = _table(STUDY_TYPE_WORDS)
SPONSOR_OF = _table(SPONSOR_WORDS)


def status_of(written: str) -> str | None:
    """Return the status that ``written`` means; None when it is not known."""
    return STATUS_OF.get(squashed(written)) if written.strip() else NOT_STATED


def study_type_of(written: str) -> str | None:
    """Return the type of study; what follows a colon or a bracket says more than is asked."""
    head = squashed(written.partition(":")[0].partition("[")[0].partition("(")[0])
    return STUDY_TYPE_OF.get(head) if written.strip() else NOT_STATED


def sponsor_of(written: str) -> str | None:
    """Return the class of the first funder, who is the lead sponsor."""
    lead = written.partition("|")[0]
    return SPONSOR_OF.get(squashed(lead)) if written.strip() else NOT_STATED
