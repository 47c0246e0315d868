"""One trial is counted once, however many registries know it."""

from __future__ import annotations

import random
from datetime import date as Date

import pytest

from evidence.model.base import PartialDate
from evidence.problems import Place
from evidence.registry.duplicates import SAME_ID, SAME_ROW, SAME_TRIAL, without_duplicates
from evidence.registry.normalising import identity, ids_in
from evidence.registry.record import RegisteredStudy

IDS = {
    "NCT01234567": "clinicaltrials-gov",
    "ISRCTN12345678": "isrctn",
    "EUCTR2010-019670-19-ES": "eu-ctr",
    "2010-019670-19": "eu-ctr",
    "CTIS2022-500123-12-00": "eu-ctis",
    "2022-500123-12-01": "eu-ctis",
    "ChiCTR2000029990": "chictr",
    "ChiCTR-TRC-10001234": "chictr",
    "IRCT20160809029275N1": "irct",
    "JPRN-UMIN000012345": "umin",
    "JPRN-jRCT2033200034": "jrct",
    "jRCTs031190269": "jrct",
    "JapicCTI-183956": "japiccti",
    "ACTRN12615000963572": "anzctr",
    "CTRI/2020/04/024775": "ctri",
    "KCT0005105": "cris",
    "DRKS00021145": "drks",
    "NTR1234": "ntr",
    "NL8577": "ntr",
    "NL-OMON49203": "ntr",
    "PACTR202004893013257": "pactr",
    "TCTR20200404004": "tctr",
    "RBR-8h7q82": "rebec",
    "SLCTR/2018/012": "slctr",
    "RPCEC00000316": "rpcec",
    "LBCTR2020043495": "lbctr",
    "PER-010-20": "repec",
    "U1111-1250-1843": "who-utn",
}
NO_IDS = [
    "2018-MSC/CSU/PS",
    "NCT123",
    "12345",
    "2020-02238",
    "NL61234.000.17",
    "HONEY-1",
    "1999-123456-12",
]


def study(name: str, *others: str, registered: Date | None = None, updated: Date | None = None, year: int = 2020) -> RegisteredStudy:  # fmt: skip
    registry, identifier = identity(name)
    return RegisteredStudy(
        identifier, registry, frozenset(each for other in others for _, each in ids_in(other)),
        "1", "recruiting", "interventional", "industry", "", 10, PartialDate(year=year), None,
        registered, updated, "", (), "", (), Place("an export"),
    )  # fmt: skip


def kept(*studies: RegisteredStudy) -> list[str]:
    return [each.id for each in without_duplicates(studies)[0]]


@pytest.mark.parametrize("written", IDS)
def test_the_ids_of_every_registry_are_found_in_text(written: str) -> None:
    assert {registry for registry, _ in ids_in(f"see {written}, and (HONEY-1)")} == {IDS[written]}


@pytest.mark.parametrize("written", NO_IDS)
def test_what_is_no_id_of_a_registry_is_not_taken_for_one(written: str) -> None:
    assert ids_in(written) == frozenset()


def test_an_id_is_the_same_with_a_country_or_a_prefix() -> None:
    assert ids_in("EUCTR2010-019670-19-ES") == ids_in("2010-019670-19")
    assert ids_in("JPRN-UMIN000012345") == ids_in("umin000012345")


def test_a_record_that_names_another_is_the_same_trial() -> None:
    assert kept(study("ISRCTN00000001", "NCT00000001"), study("NCT00000001")) == ["NCT00000001"]
    assert kept(study("ISRCTN00000001"), study("NCT00000001", "ISRCTN00000001")) == ["NCT00000001"]


def test_sameness_goes_over_any_number_of_steps() -> None:
    chain = [
        study("DRKS00000001", "ISRCTN00000001"),
        study("ISRCTN00000001", "KCT0000001"),
        study("KCT0000001", "2010-019670-19"),
        study("EUCTR2010-019670-19-ES"),
        study("ACTRN00000000000001"),
    ]
    for seed in range(20):
        random.Random(seed).shuffle(chain)  # noqa: S311 - an order, not a secret
        assert len(kept(*chain)) == 2
        assert "ACTRN00000000000001" in kept(*chain)


def test_a_record_that_names_two_others_joins_them() -> None:
    middle = study("DRKS00000001", "ISRCTN00000001", "KCT0000001", "ACTRN00000000000001")
    others = study("ISRCTN00000001"), study("KCT0000001"), study("ACTRN00000000000001")
    assert kept(middle, *others) == kept(*others, middle) == ["ACTRN00000000000001"]


def test_two_registries_that_name_the_same_third_number_mean_the_same_trial() -> None:
    records = study("NCT00000001", "2010-019670-19"), study("ISRCTN00000001", "2010-019670-19")
    assert kept(*records) == ["NCT00000001"]


def test_two_records_of_one_registry_that_name_the_same_third_number_are_two_trials() -> None:
    records = study("NCT00000001", "2010-019670-19"), study("NCT00000002", "2010-019670-19")
    assert kept(*records) == ["NCT00000001", "NCT00000002"]


def test_without_clinicaltrials_gov_the_earliest_registered_is_kept() -> None:
    late = study("DRKS00000001", "ISRCTN00000001", registered=Date(2020, 1, 2))
    early = study("ISRCTN00000001", registered=Date(2020, 1, 1))
    assert kept(late, early) == ["ISRCTN00000001"]


def test_without_dates_the_smaller_id_is_kept() -> None:
    assert kept(study("ISRCTN00000001", "DRKS00000001"), study("DRKS00000001")) == ["DRKS00000001"]


def test_the_same_row_and_the_same_id_are_counted_once() -> None:
    old = study("NCT00000001", updated=Date(2020, 1, 1))
    new = study("NCT00000001", updated=Date(2021, 1, 1), year=2021)
    found, dropped = without_duplicates([old, old, new, old])
    assert found == [new]
    assert dropped == {SAME_ROW: 1, SAME_ID: 2}


def test_of_two_registered_on_one_day_the_smaller_id_is_kept_in_either_order() -> None:
    day = Date(2020, 1, 1)
    one = study("ISRCTN00000001", "DRKS00000001", registered=day)
    other = study("DRKS00000001", registered=day)
    assert kept(one, other) == kept(other, one) == ["DRKS00000001"]
    # the id decides, not the name of its registry
    one = study("2010-019670-19", "ACTRN00000000000001", registered=day)
    other = study("ACTRN00000000000001", registered=day)
    assert kept(one, other) == kept(other, one) == ["2010-019670-19"]


def test_a_registration_with_a_date_is_kept_before_one_without() -> None:
    dated = study("ISRCTN00000001", "DRKS00000001", registered=Date(2020, 1, 1))
    undated = study("DRKS00000001")
    assert kept(dated, undated) == kept(undated, dated) == ["ISRCTN00000001"]


@pytest.mark.parametrize(
    ("first", "second", "year"),
    [
        (Date(2021, 1, 1), Date(2021, 1, 1), 2019),  # equally new: the first
        (None, None, 2019),
        (Date(2021, 1, 2), Date(2021, 1, 1), 2019),
        (Date(2021, 1, 1), None, 2019),
        (None, Date(2021, 1, 1), 2020),
        (Date(2021, 1, 1), Date(2021, 1, 2), 2020),
    ],
)
def test_of_two_records_of_one_id_the_newer_is_kept_else_the_first(
    first: Date | None, second: Date | None, year: int
) -> None:
    found, dropped = without_duplicates(
        [study("NCT00000001", updated=first, year=2019), study("NCT00000001", updated=second)]
    )
    assert [str(each.started) for each in found] == [str(year)]
    assert dropped == {SAME_ID: 1}


def test_what_is_dropped_and_what_is_kept_is_all_that_was_read() -> None:
    records = [
        study("NCT00000001", "ISRCTN00000001"),
        study("ISRCTN00000001"),
        study("NCT00000002"),
        study("NCT00000002"),
    ]
    found, dropped = without_duplicates(records)
    assert len(found) + sum(dropped.values()) == len(records)
    assert dropped == {SAME_ROW: 1, SAME_TRIAL: 1}


def test_the_order_of_the_records_does_not_decide_which_is_kept() -> None:
    records = [
        study("NCT00000001", "DRKS00000001"),
        study("DRKS00000001", registered=Date(2019, 1, 1)),
        study("KCT0000001", "ISRCTN00000002", registered=Date(2020, 1, 1)),
        study("ISRCTN00000002", registered=Date(2018, 1, 1)),
    ]
    found = set()
    for seed in range(20):
        random.Random(seed).shuffle(records)  # noqa: S311 - an order, not a secret
        found.add(tuple(sorted(kept(*records))))
    assert found == {("ISRCTN00000002", "NCT00000001")}
