"""The registries of trials: the one home of their names, their ids, and where a record stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

# WHO's portal shows the records of every primary registry under the id that WHO gives them
PORTAL = "https://trialsearch.who.int/Trial2.aspx?TrialID="


@dataclass(frozen=True)
class Registry:
    """A registry, and the form of its ids.

    ``number`` is the pattern of what tells one record from another. In print ``before`` stands
    before it and what ``after``, a pattern, matches behind it. WHO and its partners write ``who``
    before it and may write ``behind`` behind it. ``record`` is the address of a record with ``{}`` for the number and what
    stands behind it in print, only where its form is certain. ``form`` says the form in words; ``example`` is an id as it is printed.
    """

    id: str
    title: str
    definition: str
    number: str
    form: str
    example: str
    record: str | None = None
    before: str = ""
    after: str = ""
    who: str = ""
    behind: str = ""

    @cached_property
    def in_print(self) -> re.Pattern[str]:
        """Return the pattern of an id as it is printed, with the number as its group."""
        return re.compile(f"{re.escape(self.before)}({self.number}){self.after}")

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """Return the pattern of an id in every spelling, in capitals or not."""
        before = f"(?:{re.escape(self.before)}|{self.who})?"
        after = f"(?P<after>{self.after})?(?:{self.behind})?"
        return re.compile(f"{before}({self.number}){after}", re.IGNORECASE)

    @property
    def in_text(self) -> str:
        """Return the pattern of an id that stands somewhere in a text, with the number as group."""
        name = self.id.replace("-", "_")
        after = f"(?:{self.after})?" if self.after else ""
        if self.before:  # the number alone may stand in other numbers
            return rf"(?<![\d-])(?P<{name}>{self.number}){after}(?!\d)"
        return rf"\b(?P<{name}>{self.number}){after}\b"

    def is_formed(self, written: str) -> bool:
        """Tell whether an id stands as it is printed, or without the word before its number."""
        return any(
            self.in_print.fullmatch(spelling) for spelling in (written, self.before + written)
        )

    def printed(self, number: str) -> str:
        """Return the id of a record as the registry prints it, by its number in any capitals."""
        known = self.example.removeprefix(self.before)
        pairs = zip(number.casefold(), known.casefold(), strict=False)
        same = next((at for at, (ours, its) in enumerate(pairs) if ours != its), len(number))
        spellings = (number[same:], number[same:].lower(), number[same:].upper())
        forms = (f"{self.before}{known[:same]}{rest}" for rest in spellings)
        return next((form for form in forms if self.in_print.fullmatch(form)), number)

    def address(self, written: str) -> str | None:
        """Return the address of the record with an id, or None where no address is certain."""
        number = self.alone.fullmatch(written)
        if self.record is None or number is None or (self.after and not number["after"]):
            return None
        return self.record.format(number[1] + (number["after"] or ""))


TABLE = (
    Registry(
        "clinicaltrials-gov", "ClinicalTrials.gov", "The registry of the United States.",
        r"NCT\d{8}", "NCT and eight digits", "NCT01541579",
        "https://clinicaltrials.gov/study/{}",
    ),
    Registry(
        "eu-ctr", "EU Clinical Trials Register", "The older register of the European Union.",
        r"20[0-3]\d-0\d{5}-\d\d", "EudraCT, the year, six digits and two", "EudraCT 2012-000518-13",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}",
        before="EudraCT ", who="EUCTR", behind="-[A-Z]{2}",
    ),
    Registry(
        "eu-ctis", "EU Clinical Trials Information System",
        "The present register of the European Union.",
        r"20[2-3]\d-5\d{5}-\d\d", "EUCT, the year, six digits, two and two",
        "EUCT 2024-514033-37-00",
        "https://euclinicaltrials.eu/ctis-public/view/{}",
        before="EUCT ", after=r"-\d\d", who="CTIS",
    ),
    Registry(
        "isrctn", "ISRCTN registry", "A registry kept in the United Kingdom, for all countries.",
        r"ISRCTN\d{8}", "ISRCTN and eight digits", "ISRCTN38116436",
        "https://www.isrctn.com/{}",
    ),
    Registry(
        "irct", "Iranian Registry of Clinical Trials", "The registry of Iran.",
        r"IRCT\d{11,14}N\d{1,3}", "IRCT, eleven to fourteen digits, N and a number",
        "IRCT20240618062167N1", PORTAL + "{}",
    ),
    Registry(
        "chictr", "Chinese Clinical Trial Registry", "The registry of China.",
        r"ChiCTR(?:-[A-Za-z]{2,5}-\d{8}|-?\d{10})", "ChiCTR and ten digits",
        "ChiCTR2300072200", PORTAL + "{}",
    ),
    Registry(
        "jrct", "Japan Registry of Clinical Trials", "The registry of Japan.",
        r"jRCT(?:[abcs]\d{9}|\d{10})", "jRCT and ten digits, or one of a, b, c, s and nine",
        "jRCTb030190130", PORTAL + "JPRN-{}", who="JPRN-",
    ),
    Registry(
        "umin", "UMIN Clinical Trials Registry", "A registry of Japan's university hospitals.",
        r"UMIN\d{9}", "UMIN and nine digits", "UMIN000012345", PORTAL + "JPRN-{}", who="JPRN-",
    ),
    Registry(
        "japiccti", "JAPIC Clinical Trials Information", "A registry of Japan, now part of jRCT.",
        r"JapicCTI-\d{5,6}", "JapicCTI, a hyphen and six digits", "JapicCTI-183956",
        PORTAL + "JPRN-{}", who="JPRN-",
    ),
    Registry(
        "jma", "JMA Clinical Trials Registry", "A registry of Japan's doctors, now part of jRCT.",
        r"JMA-IIA\d{5}", "JMA-IIA and five digits", "JMA-IIA00412", PORTAL + "JPRN-{}", who="JPRN-",
    ),
    Registry(
        "cris", "Clinical Research Information Service", "The registry of South Korea.",
        r"KCT\d{7}", "KCT and seven digits", "KCT0000879", PORTAL + "{}",
    ),
    Registry(
        "ctri", "Clinical Trials Registry India", "The registry of India.",
        r"CTRI/\d{4}/\d{2,3}/\d{6}", "CTRI, the year, the month and six digits, with slashes",
        "CTRI/2018/09/015785", PORTAL + "{}",
    ),
    Registry(
        "anzctr", "Australian New Zealand Clinical Trials Registry",
        "The registry of Australia and New Zealand.",
        r"ACTRN\d{14}", "ACTRN and fourteen digits", "ACTRN12615000963572", PORTAL + "{}",
    ),
    Registry(
        "drks", "German Clinical Trials Register", "The registry of Germany.",
        r"DRKS\d{8}", "DRKS and eight digits", "DRKS00021145",
        "https://drks.de/search/en/trial/{}",
    ),
    Registry(
        "ntr", "Dutch Trial Register", "The registries of the Netherlands.",
        r"(?:NTR\d{2,4}|NL\d{3,4}(?![\d.])|NL-OMON\d{3,6})",
        "NTR and four digits, NL and four digits, or NL-OMON and five", "NL-OMON49203",
        PORTAL + "{}",
    ),
    Registry(
        "pactr", "Pan African Clinical Trials Registry", "The registry of Africa.",
        r"PACTR\d{15,16}", "PACTR and fifteen or sixteen digits", "PACTR202004893013257",
        PORTAL + "{}",
    ),
    Registry(
        "tctr", "Thai Clinical Trials Registry", "The registry of Thailand.",
        r"TCTR\d{11}", "TCTR and eleven digits", "TCTR20200404004",
        "https://www.thaiclinicaltrials.org/show/{}",
    ),
    Registry(
        "rebec", "Brazilian Registry of Clinical Trials", "The registry of Brazil.",
        r"RBR-(?=[a-z]*\d)[0-9a-z]{6,8}", "RBR, a hyphen, and six to eight letters and digits",
        "RBR-8h7q82", "https://ensaiosclinicos.gov.br/rg/{}",
    ),
    Registry(
        "rpcec", "Cuban Public Registry of Clinical Trials", "The registry of Cuba.",
        r"RPCEC\d{8}", "RPCEC and eight digits", "RPCEC00000316",
        "https://rpcec.sld.cu/en/trials/{}-En",
    ),
    Registry(
        "slctr", "Sri Lanka Clinical Trials Registry", "The registry of Sri Lanka.",
        r"SLCTR/\d{4}/\d{3}", "SLCTR, the year and three digits, with slashes", "SLCTR/2018/012",
        PORTAL + "{}",
    ),
    Registry(
        "lbctr", "Lebanese Clinical Trials Registry", "The registry of Lebanon.",
        r"LBCTR\d{10}", "LBCTR and ten digits", "LBCTR2020043495", PORTAL + "{}",
    ),
    Registry(
        "repec", "Peruvian Clinical Trial Registry", "The registry of Peru.",
        r"PER-\d{3}-\d{2}", "PER, three digits and two, with hyphens", "PER-010-20", PORTAL + "{}",
    ),
    Registry(
        "itmctr", "International Traditional Medicine Clinical Trial Registry",
        "A registry of traditional medicine, kept in China.",
        r"ITMCTR\d{10}", "ITMCTR and ten digits", "ITMCTR2024000123", PORTAL + "{}",
    ),
    Registry(
        "who-utn", "WHO universal trial number", "A number that is no record of its own.",
        r"U1111-\d{4}-\d{4}", "U1111 and twice four digits, with hyphens", "U1111-1250-1843",
    ),
)  # fmt: skip
REGISTRIES = {registry.id: registry for registry in TABLE}
# A universal number names a trial, and no record of it
NO_REGISTRY = "who-utn"
OTHER = "other"


@cache
def _any_id() -> re.Pattern[str]:
    return re.compile("|".join(registry.in_text for registry in TABLE), re.IGNORECASE)


def ids_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the registry and the number of every id in a text; a number is in capitals."""
    if any(character.isdigit() for character in text):
        for id_ in _any_id().finditer(text):
            name = str(id_.lastgroup)
            yield name.replace("_", "-"), id_[name].upper()


def registry_of(written: str) -> Registry | None:
    """Return the registry whose id a text is, in whatever spelling, or None."""
    return next((registry for registry in TABLE if registry.alone.fullmatch(written)), None)


def identity(written: str) -> tuple[str, str]:
    """Return the registry and the number by which an id is the same in every spelling.

    Text that is an id of no registry has the registry "other", and is itself the number.
    """
    registry = registry_of(written)
    number = registry.alone.fullmatch(written) if registry else None
    if registry is None or number is None:
        return OTHER, " ".join(written.split()).upper()
    return registry.id, number[1].upper()


def address_of(written: str) -> str | None:
    """Return the address of the record with an id, or None where no address is certain."""
    registry = registry_of(written)
    return registry.address(written) if registry else None
