"""The columns of tables come from the fields of models, and cells are no formulas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, create_model

from evidence.model.arms import Arm
from evidence.model.base import Model
from evidence.model.claim import Claim
from evidence.model.columns import STARTS, cells_of, columns_of, content_of, meant, safe
from evidence.model.finding import Finding
from evidence.model.open_data import CLAIMS, FINDINGS
from evidence.read.tables import TABLE_COLUMNS
from tests.findings import ARMS, DIFFERENCE, finding
from tests.projects import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/study.json").read_text("utf-8"))


def leaves(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the keys of an object of a JSON Schema, joined, and whether each is a list."""
    for key, part in schema["properties"].items():
        inner = part
        if "$ref" in part:
            inner = SCHEMA["$defs"][part["$ref"].rpartition("/")[2]]
        name = f"{above}{key}"
        if "properties" in inner:
            yield from leaves(inner, f"{name}-")
        elif inner.get("maxItems") == 2:
            yield from ((f"{above}{end}", False) for end in ("low", "high"))
        else:
            yield name, inner.get("type") == "array"


def of_schema(name: str) -> dict[str, bool]:
    return dict(leaves(SCHEMA["$defs"][name]))


def test_downloads_tables_and_schema_have_one_list_of_columns_for_a_finding() -> None:
    schema = of_schema("Finding")  # the schema asks for no id: it is the key above
    assert set(FINDINGS.names) == {"study", "finding", "reported", "computed", *schema}
    single = {name for name, is_list in schema.items() if not is_list}
    assert set(TABLE_COLUMNS) == {"id", "uncertain", *single}
    assert len(set(FINDINGS.names)) == len(FINDINGS.names)


def test_the_schema_is_read_to_the_arms_and_ends_of_intervals() -> None:
    wanted = {"arms-treated-events", "arms-control-n", "difference-low", "low", "high",
              "baseline-time", "outcome", "rating-by"}  # fmt: skip
    assert wanted <= of_schema("Finding").keys()


def test_every_field_of_a_claim_is_a_column() -> None:
    fields = {info.alias or name for name, info in Claim.model_fields.items()}
    assert set(CLAIMS.names) == {"ledger", "document", "claim", *(fields - {"id"})}


def test_a_field_that_is_added_is_a_column_at_once() -> None:
    wider = create_model("Wider", __base__=Arm, dropped_out=(int | None, None))
    longer = create_model("Longer", __base__=Finding, arm=(wider | None, None))
    new = {each.name for each in columns_of(longer)} - {each.name for each in columns_of(Finding)}
    assert "arm-dropped-out" in new
    assert {each.removeprefix("arm-") for each in new} == {
        "dropped-out", "label", "percent", "value", "sd", "events", "n", "person-years",
    }  # fmt: skip


def test_a_column_has_the_title_and_the_meaning_of_its_field() -> None:
    described = Field(default=None, title="Left early", description="How many left early.")
    wider = create_model("Wider", __base__=Arm, dropped_out=(int | None, described))
    longer = create_model("Longer", __base__=Finding, arm=(wider | None, None))
    (column,) = (each for each in columns_of(longer) if each.name == "arm-dropped-out")
    assert (column.title, column.meaning) == ("Arm, left early", "How many left early.")


def test_both_ends_of_an_interval_have_its_meaning_and_closed_lists_their_words() -> None:
    columns = {each.name: each for each in columns_of(Finding)}
    assert columns["difference-low"].title == "Difference, interval, low"
    assert columns["difference-high"].title == "Difference, interval, high"
    assert (
        columns["low"].meaning
        == columns["high"].meaning
        == "The interval of the number, as printed."
    )
    assert columns["counts"].words == ("reported", "derived")
    assert columns["measure"].words == ()


def test_two_arms_stand_in_columns_with_the_digits_that_were_printed() -> None:
    cells = cells_of(finding(arms=ARMS, difference=DIFFERENCE, p="0.010"))
    assert {name: cell for name, cell in cells.items() if cell and "-" in name} == {
        "arms-treated-label": "honey", "arms-treated-percent": "56.3",
        "arms-treated-events": "58", "arms-treated-n": "103",
        "arms-control-label": "placebo", "arms-control-percent": "38.6",
        "arms-control-events": "39", "arms-control-n": "101",
        "difference-value": "17.7", "difference-low": "4.2", "difference-high": "31.2",
        "difference-level": "95", "difference-unit": "percentage points",
    }  # fmt: skip
    assert cells["value"] == cells["low"] == ""


def test_lists_are_words_in_one_cell() -> None:
    found = finding(
        value="5",
        unit="points",
        also=[{"source": "b", "locator": "Table 2"}, {"source": "c", "locator": "page 4"}],
        marks=[{"kind": "uncertain", "text": "Two numbers."}],
    )
    assert cells_of(found)["also"] == "b: Table 2; c: page 4"
    assert cells_of(found)["marks"] == "uncertain: Two numbers."


FOUND = [
    finding(arms=ARMS, difference=DIFFERENCE, p="<0.001", outcome="remission"),
    finding(value="-5.50", unit="points", interval=["-9", "-2.0"], level="95", date=None),
    finding(events=3, n=10, baseline={"time": "within 7 days", "phase": "acute"}),
    finding(date="2024-12", as_of="2025"),
    finding(statement="Nobody asked.", rating={"certainty": "low", "by": "Cochrane",
                                               "source": "c", "locator": "Table 1"}),
]  # fmt: skip


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.id)
def test_what_a_download_holds_makes_the_same_finding_again(found: Finding) -> None:
    made = Finding.model_validate(content_of(cells_of(found), Finding))
    assert made == found


def test_the_end_of_an_interval_that_is_missing_stays_missing() -> None:
    content = content_of({"low": "3", "difference-high": "4"}, Finding)
    assert content == {"interval": ["3", None], "difference": {"interval": [None, "4"]}}


class _Odd(Model):
    name: str | None = None


def test_a_cell_that_is_empty_is_no_key() -> None:
    assert content_of({"name": "", "other": "x"}, _Odd) == {}


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("http://a")', "+ Ferguson 1949", "-1+2", "- none", "@SUM(A1)", "\tx", "＝1", "-"],  # noqa: RUF001
)
def test_a_cell_that_would_be_carried_out_is_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["1/2", "2/3", "5-10", "1/2/2020", "12-11-20"])
def test_a_cell_that_would_become_a_date_is_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "2022-10-07",
        "2022",
        "10/100",
        "7 of 12",
        "-12.2",
        "+3",
        "-0.5",
        "1e-5",
        "-1e-05",
        "-1,234.5",
        "-3%",
        "<0.001",
        "2024-12",
        "a=b",
        "",
        "5",
    ],
)
def test_numbers_and_plain_words_are_left_alone(cell: str) -> None:
    assert safe(cell) == cell


def test_nothing_is_an_empty_cell() -> None:
    assert safe(None) == ""
    assert safe(0) == "0"


@given(st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False)))
def test_every_number_stays_a_number(number: object) -> None:
    assert safe(number) == str(number)


@given(st.text())
def test_nothing_is_lost_and_nothing_begins_a_formula(text: str) -> None:
    made = safe(text)
    assert made in {text, f"'{text}"}
    if made.startswith(STARTS):
        assert any(sign in "0123456789" for sign in made)


@given(st.text())
def test_what_was_made_safe_can_be_read_as_it_was_meant(cell: str) -> None:
    assert cell.startswith("'") or meant(safe(cell)) == cell
