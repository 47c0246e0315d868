"""The closed lists into which values of registries are brought, and countries by ISO 3166."""

from __future__ import annotations

import re
from functools import cache, lru_cache

# The closed lists into which values of registries are brought, each in its natural order.

NOT_STATED = "not-stated"
UNCLASSIFIED = "unclassified"

PHASES = ("early-1", "1", "1/2", "2", "2/3", "3", "4", "not-applicable", NOT_STATED)
STATUSES = (
    "not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting",
    "ongoing", "not-recruiting", "completed", "suspended", "terminated", "withdrawn",
    "expanded-access", "unknown", NOT_STATED,
)  # fmt: skip
STUDY_TYPES = ("interventional", "observational", "expanded-access", NOT_STATED)
SPONSORS = ("industry", "government", "network-or-individual", "academic-or-other", NOT_STATED)

# What registries write, without case, spaces and punctuation
STATUS_WORDS = {
    "not-yet-recruiting": "notyetrecruiting pending prospective preinitiation",
    "recruiting": "recruiting opentorecruitment openpublicrecruiting",
    "enrolling-by-invitation": "enrollingbyinvitation enrolingbyinvitation",
    "active-not-recruiting": "activenotrecruiting closedtorecruitmentoffollowupcomplete "
    "closedtorecruitmentfollowupcontinuing recruitmentcompleted recruitmentcomplete "
    "completerecruitment nolongerrecruiting opennotrecruiting",
    "ongoing": "ongoing active authorised authorisedrecruitmentmaybeongoingorfinished",
    "not-recruiting": "notrecruiting",
    "suspended": "suspended temporarilyhalted temporaryhalt temporaryclosed temporarilyclosed",
    "terminated": "terminated prematurelyended stopped stoppedearly halted discontinued",
    "withdrawn": "withdrawn withdrawnpriortoenrolment withdrawnpriortoenrollment",
    "completed": "completed complete completefollowupcomplete mainresultsalreadypublished finished",
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
    "industry": "industry",
    "government": "nih fed usfed othergov usfederalgovernment",
    "network-or-individual": "network indiv individual",
    "academic-or-other": "other",
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


# Countries of registries to ISO 3166.

# Names that the library of ISO names does not know, with why registries write them
OTHER_NAMES = {
    "turkey": "TUR",  # the name until 2022
    "turkiye": "TUR",  # without the umlaut
    "turkeyturkiye": "TUR",  # ClinicalTrials.gov since 2023
    "usa": "USA",
    "unitedstatesofamerica": "USA",
    "us": "USA",
    "uk": "GBR",  # everyday names
    "england": "GBR",  # a part of the country; so the next three
    "scotland": "GBR",
    "wales": "GBR",
    "northernireland": "GBR",
    "southkorea": "KOR",
    "korea": "KOR",  # no registered trial is known from the north
    "koreasouth": "KOR",
    "republicofkorea": "KOR",
    "northkorea": "PRK",
    "iran": "IRN",
    "islamicrepublicofiran": "IRN",
    "taiwanprovinceofchina": "TWN",
    "chinesetaipei": "TWN",
    "palestinianterritoriesoccupied": "PSE",  # ClinicalTrials.gov
    "palestinianterritoryoccupied": "PSE",
    "palestine": "PSE",
    "macedonia": "MKD",  # the name until 2019
    "macedoniatheformeryugoslavrepublicof": "MKD",
    "formeryugoslavrepublicofmacedonia": "MKD",
    "swaziland": "SWZ",  # the name until 2018
    "coteivoire": "CIV",
    "cotedivoire": "CIV",
    "ivorycoast": "CIV",
    "congothedemocraticrepublicofthe": "COD",
    "democraticrepublicofcongo": "COD",
    "democraticrepublicofthecongo": "COD",
    "russia": "RUS",
    "vietnam": "VNM",
    "syria": "SYR",
    "laos": "LAO",
    "moldova": "MDA",
    "bolivia": "BOL",
    "venezuela": "VEN",
    "tanzania": "TZA",
    "brunei": "BRN",
    "capeverde": "CPV",
    "burma": "MMR",  # the name until 1989
    "libyanarabjamahiriya": "LBY",  # the name until 2011
    "holysee": "VAT",
    "hongkongsar": "HKG",
    "thenetherlands": "NLD",
    "holland": "NLD",
    "czechrepublic": "CZE",
    "reunion": "REU",
    "antiguaandbarbuda": "ATG",
    "kosovo": "XKX",  # in use, though not in ISO 3166
    "netherlandsantilles": "ANT",  # withdrawn from ISO 3166 in 2010
    "formerserbiaandmontenegro": "SCG",  # withdrawn from ISO 3166 in 2006
    "serbiaandmontenegro": "SCG",
}
NAMES = {"XKX": "Kosovo", "ANT": "Netherlands Antilles", "SCG": "Serbia and Montenegro"}
# "Seoul, Korea, Republic of": the last part is not the country's name alone
REST_OF_NAME = re.compile(
    r"(?i)the |islamic |democratic |united |former |people|republic|.*\bof( the)?$"
)


@cache
def _codes() -> dict[str, str]:
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for form in ("name", "official_name", "common_name"):
            name = getattr(country, form, None)
            if name:
                codes.setdefault(squashed(name), country.alpha_3)
    return codes | OTHER_NAMES


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """Return the alpha-3 code of a country by its name, or None when no country has it."""
    plain = squashed(name)
    codes = _codes()
    return codes.get(plain) or codes.get(_without_accents(plain))


def _without_accents(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - for the few names that need it

    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def name_of(code: str) -> str:
    """Return the short English name of a country by its alpha-3 code."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return NAMES[code]
    return str(getattr(country, "common_name", None) or country.name)


@lru_cache(maxsize=65536)
def last_part(location: str) -> str:
    """Return the country at the end of "hospital, town, country"."""
    parts = [part.strip() for part in location.split(",")]
    if len(parts) > 1 and REST_OF_NAME.match(parts[-1]):
        whole = ", ".join(parts[-2:])
        if country_of(whole):
            return whole
    return parts[-1]


@lru_cache(maxsize=65536)
def listed(written: str) -> tuple[str, ...]:
    """Return the names in a list of countries, which is parted by ; or | or , or line ends."""
    names = [part.strip() for part in re.split(r"[;|\r\n]|<br>", written) if part.strip()]
    countries: list[str] = []
    for name in names:
        parts = [part.strip() for part in name.split(",") if part.strip()]
        whole = country_of(name) or not all(country_of(part) for part in parts)
        countries += [name] if whole else parts
    return tuple(dict.fromkeys(countries))
