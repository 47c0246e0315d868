"""A number changes with a reason: findings and the ledger of their readings are held together."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.problems import Problem
from evidence.steps.load import load
from evidence.steps.records import revived_records, sound_records
from tests.projects import build_here, build_in_memory, change, problems_of, write

LEDGER = "data/readings.csv"
STUDY = "data/studies/smith-2020.yaml"
HEADER = "study,finding,quantity,on,by,reason,note,second-on,second-by\n"
LINE = "smith-2020,improved,events 37; n 40,2026-11-21,Ann Reader,new,,,\n"
SECOND = "smith-2020,improved,events 37; n 40,2026-11-21,Ann Reader,new,,2026-11-28,Bo\n"


def with_ledger(root: Path, *lines: str) -> Path:
    write(root, {LEDGER: HEADER + "".join(lines)})
    return root


def only(root: Path) -> Problem:
    (problem,) = problems_of(root)
    return problem


def place_and_rule(root: Path) -> tuple[str, str]:
    problem = only(root)
    return str(problem.place), problem.rule


def test_a_finding_that_is_what_it_was_is_no_problem(minimal: Path) -> None:
    assert problems_of(with_ledger(minimal, LINE)) == []


def test_a_number_that_changed_is_told_with_what_it_was_and_what_to_type(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    change(minimal, STUDY, "events: 37", "events: 36")
    assert str(only(minimal)) == (
        "data/studies/smith-2020.yaml:10:13: 'smith-2020/improved' was 'events 37' when Ann Reader read "
        "it on 21 November 2026, and is now 'events 36' [change-explained]\n"
        "    Put it back; or say why: python build.py accept smith-2020/improved --why corrected "
        '--note "..." (or source-changed, typing-error, new-analysis).'
    )


def test_the_last_line_counts(minimal: Path) -> None:
    older = LINE.replace("37", "35")
    assert problems_of(with_ledger(minimal, older, LINE)) == []
    assert only(with_ledger(minimal, LINE, older)).message.startswith(
        "'smith-2020/improved' was 'events 35'"
    )


def test_what_was_added_and_what_was_taken_away_is_a_change(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    change(minimal, STUDY, "    n: 40\n", "    n: 40\n    p: 0.01\n")
    assert "was without it when" in only(minimal).message
    assert only(minimal).message.endswith("and is now 'p 0.01'")


def test_words_around_a_number_may_change(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    change(minimal, STUDY, "measure: improvement", "measure: getting better\n    note: A 9.")
    assert problems_of(minimal) == []


def test_a_finding_without_a_line_is_told_with_what_to_type(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    text = (
        "  worse:\n    {measure: worse, events: 3, n: 40, source: smith-2020, locator: Abstract}\n"
    )
    (minimal / STUDY).write_text((minimal / STUDY).read_text("utf-8") + text, "utf-8")
    assert str(only(minimal)) == (
        "data/studies/smith-2020.yaml:14:3: no line of data/readings.csv says when 'smith-2020/worse' "
        "was read [change-explained]\n    When it was read in its source: python build.py accept "
        "smith-2020/worse --why new."
    )


TABLE = "id,measure,events,n,source,locator\na,pain,7,20,smith-2020,Table 1\nb,rash,8,20,smith-2020,Table 1\n"
OF_TABLE = LINE.replace("improved,events 37; n 40", "a,events 7; n 20") + LINE.replace(
    "improved,events 37; n 40", "b,events 9; n 20"
)


def with_table(root: Path, rows: str = TABLE) -> Path:
    change(root, STUDY, "findings:", "table: pain.csv\nfindings:")
    write(root, {"data/tables/pain.csv": rows})
    return root


def test_a_finding_in_a_table_has_its_own_line_and_cell(minimal: Path) -> None:
    with_table(with_ledger(minimal, LINE, OF_TABLE))
    assert place_and_rule(minimal) == ("data/tables/pain.csv:3:3", "change-explained")


def test_a_study_of_which_nothing_was_read_is_one_problem(minimal: Path) -> None:
    with_table(with_ledger(minimal))
    assert str(only(minimal)) == (
        "data/studies/smith-2020.yaml:9:3: no line of data/readings.csv says when the 3 findings of "
        "'smith-2020' were read [change-explained]\n    When each was read in its source: "
        "python build.py accept smith-2020 --why new."
    )


def test_a_line_of_what_is_not_there_stands_at_its_line(minimal: Path) -> None:
    with_ledger(minimal, LINE, LINE.replace("improved", "worse"))
    assert str(only(minimal)) == (
        "data/readings.csv:3:1: 'smith-2020/worse' is not there any more, and no line says "
        "that it is gone [change-explained]\n    Put it back; or say what became of it: python build.py "
        'accept smith-2020/worse --why gone --note "..."; or, where it has another name now: '
        "python build.py accept NAME --was smith-2020/worse."
    )


def test_what_is_said_to_be_gone_is_no_problem_and_has_to_be_new_to_come_back(
    minimal: Path,
) -> None:
    gone = "smith-2020,{},,2026-11-22,Ann Reader,gone,Not of this trial.,,\n"
    worse = LINE.replace("improved", "worse")
    assert problems_of(with_ledger(minimal, LINE, worse, gone.format("worse"))) == []
    assert only(with_ledger(minimal, LINE, gone.format("improved"))).message == (
        "no line of data/readings.csv says when 'smith-2020/improved' was read"
    )


def test_a_renamed_study_is_a_problem_on_either_side(minimal: Path) -> None:
    with_ledger(minimal, LINE, OF_TABLE)
    with_table(minimal, TABLE.replace("8,20", "9,20"))
    (minimal / STUDY).rename(minimal / "data/studies/jones-2020.yaml")
    change(minimal, "content/index.md", "smith-2020", "jones-2020")
    assert [(str(found.place), found.message) for found in problems_of(minimal)] == [
        (
            "data/readings.csv:2:1",
            "the 3 findings of 'smith-2020' are not there any more, and no line says that it is gone",
        ),
        (
            "data/studies/jones-2020.yaml:9:3",
            "no line of data/readings.csv says when the 3 findings of 'jones-2020' were read",
        ),
    ]


def test_a_study_that_cannot_be_read_gives_no_second_problem(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    change(minimal, STUDY, "condition: cold", "condition: [cold")
    assert {found.rule for found in problems_of(minimal)} == {"yaml-syntax"}


def test_a_project_without_a_ledger_is_not_held_to_one(minimal: Path) -> None:
    change(minimal, STUDY, "events: 37", "events: 36")
    assert problems_of(minimal) == []


def test_a_site_that_keeps_a_ledger_cannot_lose_it_unseen(minimal: Path) -> None:
    site = minimal / "data/site.yaml"
    site.write_text(f"{site.read_text('utf-8')}readings: true\n", "utf-8")
    assert place_and_rule(minimal) == (LEDGER, "site-complete")
    assert problems_of(with_ledger(minimal, LINE)) == []


@pytest.mark.parametrize(
    ("line", "place", "rule"),
    [
        (LINE.replace("2026-11-21", "21/11/2026"), "2:4", "date-valid"),
        (LINE.replace(",new,", ",because,"), "2:6", "value-known"),
        (LINE.replace("Ann Reader", ""), "2:5", "key-present"),
        (LINE.replace("events 37; n 40", ""), "2:3", "key-present"),
        (LINE.replace("improved", "Improved"), "2:2", "id-valid"),
        (LINE.replace(",,,\n", ",\n"), "2:1", "csv-shape"),
        (SECOND.replace("2026-11-28", ""), "2:8", "key-present"),
        (SECOND.replace("Bo", "ann  reader"), "2:9", "value-valid"),
    ],
)
def test_a_broken_line_is_told_at_its_cell(line: str, place: str, rule: str, minimal: Path) -> None:
    assert place_and_rule(with_ledger(minimal, line)) == (f"{LEDGER}:{place}", rule)
    assert only(minimal).hint


def test_another_header_is_told(minimal: Path) -> None:
    write(minimal, {LEDGER: HEADER.replace("reason", "why") + LINE})
    assert place_and_rule(minimal) == (f"{LEDGER}:1:1", "csv-shape")


def test_a_build_tells_the_share_that_two_readings_confirm(minimal: Path) -> None:
    assert "second reading" not in build_here(minimal).out
    with_ledger(minimal, LINE)
    told = "Confirmed by a second reading: {} findings ({}%).\n"
    assert told.format("0 of 1", "0.0") in build_here(minimal).out
    with_ledger(minimal, SECOND)
    assert told.format("1 of 1", "100.0") in build_here(minimal).out


def test_a_line_more_changes_no_page(minimal: Path) -> None:
    before = build_in_memory(with_ledger(minimal, LINE))
    after = build_in_memory(with_ledger(minimal, SECOND))
    assert dict(before.site.files) == dict(after.site.files)
    assert before.report.without_bodies().key == after.report.without_bodies().key


def test_a_number_that_changed_hides_nothing_else(minimal: Path) -> None:
    with_ledger(minimal, LINE)
    change(minimal, STUDY, "events: 37", "events: 36")
    change(minimal, "content/about.md", "kind: plain", "kind: plain\nreviewed: 2027-01-01")
    assert {found.rule for found in problems_of(minimal)} == {"change-explained", "dates-in-order"}


def test_records_are_kept_also_while_a_number_is_not_explained(minimal: Path) -> None:
    texts = load(with_ledger(minimal, LINE)).texts
    texts[STUDY] = texts[STUDY].replace("37", "36")
    of_records = {name: text for name, text in texts.items() if name.startswith("data/")}
    pages = [name[len("content/") : -len(".md")] for name in texts if name.startswith("content/")]
    made = sound_records(of_records, pages, [])
    assert made.card == "sound"
    (problem,) = revived_records(made.body).unexplained
    assert problem.rule == "change-explained"


def test_days_that_a_spreadsheet_wrote_its_own_way_are_one_problem(minimal: Path) -> None:
    other = LINE.replace("improved", "worse")
    with_ledger(minimal, *(line.replace("2026-11-21", "21/11/2026") for line in (LINE, other)))
    problem = only(minimal)
    assert (str(problem.place), problem.rule) == (f"{LEDGER}:2:4", "date-valid")
    assert problem.message.endswith("as '21/11/2026', in 2 cells")
