"""One trial is counted once, however many registries know it."""

from __future__ import annotations

import random
from datetime import date as Date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.model.base import PartialDate
from evidence.problems import Place
from evidence.read.registered import COLUMNS
from evidence.registry import shelf as shelves
from evidence.registry.normalising import identity, ids_in
from evidence.registry.record import RegisteredStudy
from evidence.registry.shelf import OTHER_COUNTRY, SAME_ID, SAME_ROW, SAME_TRIAL, Shelf
from evidence.registry.storing import row_of
from tests.registry.exporting import portal, project, provenance, records, run

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


def study(name: str, *others: str, registered: Date | None = None, updated: Date | None = None, year: int = 2020, countries: str = "", part: str = "") -> RegisteredStudy:  # fmt: skip
    registry, identifier = identity(name)
    return RegisteredStudy(
        id=identifier, registry=registry,
        other_ids=frozenset(each for other in others for _, each in ids_in(other)),
        phase="1", status="recruiting", study_type="interventional", sponsor="industry",
        sponsor_name="", enrolment=10, started=PartialDate(year=year), completed=None,
        registered=registered, updated=updated, results="", countries=tuple(countries.split()),
        place="Lyon", texts=(), part=part, at=Place("an export"),
    )  # fmt: skip


def joined(*studies: RegisteredStudy) -> tuple[list[dict[str, str]], dict[str, int]]:
    """Return the records that are kept of studies, and how many are dropped by reason."""
    with Shelf() as shelf:
        for each in studies:
            shelf.add(each, row_of(each, ("", ""), ("", "")), {})
        dropped = dict(shelf.join())
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in shelf.lines()]
        assert shelf.kept == len(rows)
        assert shelf.count == len(studies) == len(rows) + sum(dropped.values())
    return rows, dropped


def kept(*studies: RegisteredStudy) -> list[str]:
    return [identity(row["id"])[1] for row in joined(*studies)[0]]


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


def test_a_number_that_two_records_of_one_registry_name_joins_nothing_in_any_order() -> None:
    records = [
        study("NCT00000000", "NCT00000002"),
        study("NCT00000001", "NCT00000002"),
        study("DRKS00000001", "NCT00000002"),
    ]
    for order in permutations(records):
        assert sorted(kept(*order)) == ["DRKS00000001", "NCT00000000", "NCT00000001"]
    # its own record joins all that name it
    assert kept(*records, study("NCT00000002")) == ["NCT00000000"]


def test_without_clinicaltrials_gov_the_earliest_registered_is_kept() -> None:
    late = study("DRKS00000001", "ISRCTN00000001", registered=Date(2020, 1, 2))
    early = study("ISRCTN00000001", registered=Date(2020, 1, 1))
    assert kept(late, early) == ["ISRCTN00000001"]


def test_without_dates_the_smaller_id_is_kept() -> None:
    assert kept(study("ISRCTN00000001", "DRKS00000001"), study("DRKS00000001")) == ["DRKS00000001"]


def test_the_same_row_and_the_same_id_are_counted_once() -> None:
    old = study("NCT00000001", updated=Date(2020, 1, 1))
    new = study("NCT00000001", updated=Date(2021, 1, 1), year=2021)
    (found,), dropped = joined(old, old, new, old)
    assert found["start"] == "2021"
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
    found, dropped = joined(
        study("NCT00000001", updated=first, year=2019), study("NCT00000001", updated=second)
    )
    assert [row["start"] for row in found] == [str(year)]
    assert dropped == {SAME_ID: 1}


def test_what_is_dropped_and_what_is_kept_is_all_that_was_read() -> None:
    records = [
        study("NCT00000001", "ISRCTN00000001"),
        study("ISRCTN00000001"),
        study("NCT00000002"),
        study("NCT00000002"),
    ]
    found, dropped = joined(*records)
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


# A register that has a record for each country of a trial


def test_rows_of_one_trial_for_each_country_are_one_trial_in_all_of_them() -> None:
    found, dropped = joined(
        study("EUCTR2012-000518-13-IT", countries="ITA", part="IT"),
        study("EUCTR2012-000518-13-ES", countries="ESP", part="ES", updated=Date(2020, 1, 1)),
        study("EUCTR2012-000518-13-GB", countries="GBR", part="GB"),
    )
    (row,) = found
    assert row["countries"] == "ESP; GBR; ITA"
    assert row["updated"] == "2020-01-01"
    assert row["place"] == "", "its places are in several countries"
    assert dropped == {OTHER_COUNTRY: 2}


def test_a_country_that_stands_twice_is_a_row_that_stands_twice() -> None:
    spain = study("EUCTR2012-000518-13-ES", countries="ESP", part="ES")
    italy = study("EUCTR2012-000518-13-IT", countries="ITA", part="IT")
    found, dropped = joined(spain, italy, spain)
    assert [row["countries"] for row in found] == ["ESP; ITA"]
    assert dropped == {OTHER_COUNTRY: 1, SAME_ROW: 1}


def test_two_records_of_another_registry_are_not_joined() -> None:
    found, _ = joined(study("NCT00000001", countries="ESP"), study("NCT00000001", countries="ITA"))
    assert [row["countries"] for row in found] == ["ESP"]


def test_an_import_joins_the_countries_of_a_trial_and_says_so(tmp_path: Path) -> None:
    root = project(tmp_path)
    rows = [
        {"TrialID": "EUCTR2012-000518-13-ES", "Countries": "Spain"},
        {"TrialID": "EUCTR2012-000518-13-IT", "Countries": "Italy"},
        {"TrialID": "EUCTR2012-000518-13-GB", "Countries": ""},
    ]
    printed = run(root, portal(*rows))
    assert printed.code == 0, printed.problems
    assert printed.out.startswith("3 rows read, 1 studies kept, 2 dropped.")
    assert (
        "     2 Rows of one trial, one for each country; their countries are joined." in printed.out
    )
    (record,) = records(root, "ictrp-2022-10-07")
    assert record.countries == ("ESP", "GBR", "ITA")
    assert provenance(root, "ictrp-2022-10-07")["dropped"] == {"other-country": 2}


# The shelf itself


def test_studies_go_down_and_come_up_in_any_number_of_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    studies = [study(f"NCT{number:08d}", f"ISRCTN{number // 2:08d}") for number in range(1, 40)]
    studies += [study(f"ISRCTN{number:08d}") for number in range(10)]
    whole = joined(*studies)
    monkeypatch.setattr(shelves, "TOGETHER", 3)
    assert joined(*studies) == whole


NAMES = st.sampled_from([f"{start}{number}" for start in ("NCT0000000", "DRKS0000000", "ISRCTN0000000")
                         for number in range(3)] + ["2010-019670-19"])  # fmt: skip
DAYS = st.none() | st.dates(Date(2020, 1, 1), Date(2020, 1, 3))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(study, NAMES, NAMES, registered=DAYS, updated=DAYS), max_size=12))
def test_the_shelf_keeps_what_one_would_keep_by_hand(studies: list[RegisteredStudy]) -> None:
    found, dropped = joined(*studies)
    by_id: dict[str, RegisteredStudy] = {}
    for each in studies:
        known = by_id.get(each.id)
        if known is None or (each.updated or Date.min) > (known.updated or Date.min):
            by_id[each.id] = each
    groups = {name: {name} for name in by_id}
    for number in {other for each in by_id.values() for other in each.other_ids}:
        namers = [name for name, each in by_id.items() if number in each.other_ids]
        if number not in by_id and len({by_id[name].registry for name in namers}) < len(namers):
            continue
        together = {number} & set(by_id)
        together |= {member for name in namers for member in groups[name]}
        together |= {member for name in together for member in groups[name]}
        for member in together:
            groups[member] = together
    best = {
        min(group, key=lambda name: (by_id[name].registry != "clinicaltrials-gov",
                                     by_id[name].registered or Date.max, name))
        for group in groups.values()
    }  # fmt: skip
    assert {identity(row["id"])[1] for row in found} == best
    assert dropped.get(SAME_TRIAL, 0) == len(by_id) - len(best)
