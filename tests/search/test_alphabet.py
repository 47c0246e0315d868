from __future__ import annotations

import pytest

from evidence.search import alphabet
from evidence.search.alphabet import NamedThing, letter_of, sheets


def named(*names: str) -> list[NamedThing]:
    return [NamedThing(name, "study", f"studies/{name}.html") for name in names]


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Álvaro", "A"), ("“Quoted”", "Q"), ("95% CI", "0–9"), ("β cell", "B"), ("…", "0–9")],
)
def test_a_name_stands_under_its_first_letter(name: str, letter: str) -> None:
    assert letter_of(name).title == letter


def test_names_stand_in_the_order_of_the_alphabet_without_accents_and_case() -> None:
    (sheet,) = sheets(named("beta", "Alpha", "álvaro", "9 lives", "alps"))
    assert [letter.title for letter, _ in sheet.groups] == ["0–9", "A", "B"]
    assert [item.name for item in sheet.groups[1][1]] == ["Alpha", "alps", "álvaro"]


def test_the_same_name_with_the_same_address_stands_once() -> None:
    (sheet,) = sheets(named("Alpha", "Alpha"))
    assert len(sheet.groups[0][1]) == 1


def test_many_names_get_a_sheet_for_each_letter_and_several_for_a_long_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alphabet, "ONE_SHEET", 5)
    monkeypatch.setattr(alphabet, "PIECE", 3)
    made = sheets(named("a1", "a2", "a3", "a4", "b1", "c1"))
    assert [sheet.name for sheet in made] == ["a", "a-2", "b", "c"]
    assert [sheet.span for sheet in made] == ["a1 to a2", "a3 to a4", "b1", "c1"]
    shown = [item.name for sheet in made for _, items in sheet.groups for item in items]
    assert shown == ["a1", "a2", "a3", "a4", "b1", "c1"]


def test_no_names_make_a_sheet_without_letters() -> None:
    (sheet,) = sheets([])
    assert sheet.groups == ()
