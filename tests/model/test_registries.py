"""The ids of every registry: the true are known in each spelling, nonsense is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.model.registries import REGISTRIES, TABLE, address_of, identity, ids_in, registry_of
from tests.projects import ROOT

# Ids that registries gave, as they print them
REAL = {
    "clinicaltrials-gov": ["NCT01541579", "NCT00000102"],
    "eu-ctr": ["EudraCT 2012-000518-13", "EudraCT 2004-000446-20"],
    "eu-ctis": ["EUCT 2024-514033-37-00", "EUCT 2022-500123-12-01"],
    "isrctn": ["ISRCTN38116436"],
    "irct": ["IRCT20240618062167N1", "IRCT2016070428786N1", "IRCT138902103861N1"],
    "chictr": ["ChiCTR2300072200", "ChiCTR-TRC-10001234", "ChiCTR-IPR-17010001"],
    "jrct": ["jRCT1080224764", "jRCTs031190269", "jRCTb030190130"],
    "umin": ["UMIN000012345"],
    "japiccti": ["JapicCTI-183956"],
    "jma": ["JMA-IIA00412"],
    "cris": ["KCT0000879"],
    "ctri": ["CTRI/2018/09/015785", "CTRI/2010/091/000123"],
    "anzctr": ["ACTRN12615000963572"],
    "drks": ["DRKS00021145"],
    "ntr": ["NTR1234", "NL8577", "NL-OMON49203"],
    "pactr": ["PACTR202004893013257"],
    "tctr": ["TCTR20200404004"],
    "rebec": ["RBR-8h7q82", "RBR-10jbbmwd"],
    "rpcec": ["RPCEC00000316"],
    "slctr": ["SLCTR/2018/012"],
    "lbctr": ["LBCTR2020043495"],
    "repec": ["PER-010-20"],
    "itmctr": ["ITMCTR2024000123"],
    "who-utn": ["U1111-1250-1843"],
}
# What begins like an id of the registry and is none
NONSENSE = {
    "clinicaltrials-gov": ["NCT123", "NCT015415790", "NCT0154157X", "nct"],
    "eu-ctr": ["EudraCT 2012-518-13", "EudraCT", "1999-123456-12", "EudraCT 2012-000518-1"],
    "eu-ctis": ["EUCT 2024-014033-37-00", "EUCT", "EUCT 2024-514033"],
    "isrctn": ["ISRCTN1234567", "ISRCTN"],
    "irct": ["IRCT nonsense", "IRCT20240618062167", "IRCT123N1"],
    "chictr": ["ChiCTR23000", "ChiCTR-TRC-1", "ChiCTR"],
    "jrct": ["jRCT108022476", "jRCTs0311902690", "jRCTx031190269"],
    "umin": ["UMIN12345", "UMIN-CTR"],
    "japiccti": ["JapicCTI-18", "JapicCTI183956"],
    "jma": ["JMA-IIA", "JMA-00412"],
    "cris": ["KCT879", "KCT00008790"],
    "ctri": ["CTRI/2018/015785", "CTRI 2018"],
    "anzctr": ["ACTRN1261500096357", "ACTRN"],
    "drks": ["DRKS21145"],
    "ntr": ["NTR1", "NL61234.000.17", "NL-OMON1"],
    "pactr": ["PACTR2020"],
    "tctr": ["TCTR2020"],
    "rebec": ["RBR-nonsense", "RBR-8h"],
    "rpcec": ["RPCEC316"],
    "slctr": ["SLCTR/18/012", "SLCTR"],
    "lbctr": ["LBCTR2020"],
    "repec": ["PER-10-2020"],
    "itmctr": ["ITMCTR2024"],
    "who-utn": ["U1111-1250"],
}


def pairs(listed: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, written) for name, ids in listed.items() for written in ids]


def test_every_registry_has_true_ids_and_nonsense_here() -> None:
    assert list(REAL) == list(NONSENSE)
    assert set(REAL) == set(REGISTRIES)
    assert len(REGISTRIES) == len(TABLE)


@pytest.mark.parametrize(("name", "written"), pairs(REAL))
def test_an_id_as_it_is_printed_belongs_to_its_registry_alone(name: str, written: str) -> None:
    assert [each.id for each in TABLE if each.in_print.fullmatch(written)] == [name]
    assert getattr(registry_of(written), "id", None) == name
    assert {registry for registry, _ in ids_in(f"see {written}, and (HONEY-1)")} == {name}


@pytest.mark.parametrize(("name", "written"), pairs(NONSENSE))
def test_nonsense_is_an_id_of_no_registry(name: str, written: str) -> None:
    assert not REGISTRIES[name].in_print.fullmatch(written)
    assert registry_of(written) is None
    assert identity(written)[0] == "other"
    assert address_of(written) is None


@pytest.mark.parametrize("registry", TABLE, ids=lambda registry: registry.id)
def test_the_example_of_a_registry_is_an_id_of_it(registry: object) -> None:
    known = next(each for each in TABLE if each is registry)
    assert known.in_print.fullmatch(known.example)
    address = known.address(known.example)
    assert (address is None) == (known.record is None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EudraCT 2010-019670-19", "EUCTR2010-019670-19-ES"),
        ("EudraCT 2010-019670-19", "2010-019670-19"),
        ("EUCT 2022-500123-12-00", "CTIS2022-500123-12-00"),
        ("EUCT 2022-500123-12-00", "2022-500123-12"),
        ("UMIN000012345", "JPRN-UMIN000012345"),
        ("jRCT1080224764", "JPRN-JRCT1080224764"),
        ("NCT01541579", "nct01541579"),
    ],
)
def test_an_id_is_the_same_in_every_spelling(one: str, other: str) -> None:
    assert identity(one) == identity(other)
    assert set(ids_in(one)) == set(ids_in(other))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("NCT01541579", "https://clinicaltrials.gov/study/NCT01541579"),
        (
            "EudraCT 2012-000518-13",
            "https://www.clinicaltrialsregister.eu/ctr-search/search?query=2012-000518-13",
        ),
        (
            "EUCT 2024-514033-37-00",
            "https://euclinicaltrials.eu/ctis-public/view/2024-514033-37-00",
        ),
        ("2024-514033-37", None),  # the page needs the last two digits too
        ("ISRCTN38116436", "https://www.isrctn.com/ISRCTN38116436"),
        (
            "IRCT20240618062167N1",
            "https://trialsearch.who.int/Trial2.aspx?TrialID=IRCT20240618062167N1",
        ),
        (
            "UMIN000012345",
            "https://trialsearch.who.int/Trial2.aspx?TrialID=JPRN-UMIN000012345",
        ),
        ("U1111-1250-1843", None),
        ("2025LP01221", None),
    ],
)
def test_the_address_of_a_record_follows_from_its_id(written: str, address: str | None) -> None:
    assert address_of(written) == address


def test_the_form_of_an_id_stands_in_one_place() -> None:
    """Every other file of the program names at most a registry, never the form of its ids."""
    home = ROOT / "evidence/model/registries.py"
    form = re.compile(r"(NCT|ISRCTN|ChiCTR|IRCT|UMIN|EudraCT|EUCT|jRCT|ACTRN|DRKS)[( ]*(\\d|\[0-9)")
    files = [*(ROOT / "evidence").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    found = [path for path in files if path != home and form.search(path.read_text("utf-8"))]
    found += [path for path in files if path != home and _starts(path)]
    assert found == []


def _starts(path: Path) -> bool:
    return "clinicaltrials.gov/study" in path.read_text("utf-8")
