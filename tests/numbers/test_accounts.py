"""What became of everything found adds up, and nothing with results is left off in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence.model.base import parse_partial_date
from evidence.model.search import Search
from evidence.model.search_words import KIND_OF_DESIGN, REASONS
from evidence.numbers.accounts import account, figures_of, kind_of
from tests.numbers.test_comparisons import search, study
from tests.projects import ROOT, build_here

STUDY = """title: A study that nobody accounts for
short: {name}
summary: A trial.
condition: {condition}
design: {{kind: randomised-controlled-trial, control: placebo}}
described-in: {{source: {source}, locator: Abstract}}
findings:
  better:
    measure: improvement
    arms:
      treated: {{events: 7, n: 10}}
      control: {{events: 5, n: 14}}
    source: {source}
    locator: Abstract
"""
FORGOTTEN = {
    "forgotten-2019": ("spinal-cord-injury", "cheng-2014"),
    "forgotten-2021": ("multiple-sclerosis", "mist-2019"),
    "forgotten-2024": ("lupus", "deng-2017"),
}


def items(**counts: int) -> Search:
    made = []
    for became, count in counts.items():
        reason = {"reason": became.replace("_", "-")} if became.replace("_", "-") in REASONS else {}
        fate = "left-out" if reason else became.replace("_", "-")
        made += [
            {"name": f"{became} {number}", "kind": "report", "became": fate, **reason}
            for number in range(count)
        ]
    return search(*made)


def test_each_item_is_counted_once() -> None:
    made = account(items(shown=3, background=2, not_readable=1, no_results=4, other_disease=5))
    assert (made.found, made.shown, made.background, made.not_readable) == (15, 3, 2, 1)
    assert made.left_out == (("other-disease", 5), ("no-results", 4))


def test_the_boxes_of_a_study_flow_add_up() -> None:
    made = account(items(shown=1, background=2, not_readable=3, same_people=4))
    assert made.found == made.shown + made.background + made.not_readable + made.left_out_in_all


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    for folder in ("content", "data", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def test_three_studies_that_no_search_accounts_for_stop_the_build(copy: Path) -> None:
    for name, (condition, source) in FORGOTTEN.items():
        written = STUDY.format(name=name, condition=condition, source=source)
        (copy / f"data/studies/{name}.yaml").write_text(written, "utf-8")
    printed = build_here(copy, "check")
    assert printed.code == 1
    for name, (condition, _) in FORGOTTEN.items():
        message = (
            f"data/studies/{name}.yaml:4:12: no search about '{condition}' accounts for this study"
        )
        assert message in printed.problems
    # That nobody says to have read them is told as well
    others = [entry for entry in printed.entries if "[change-explained]" not in entry]
    assert (len(printed.entries), len(others)) == (2 * len(FORGOTTEN), len(FORGOTTEN))


def test_a_page_that_drops_a_study_which_the_account_says_is_shown_stops_the_build(
    copy: Path,
) -> None:
    for name in FORGOTTEN:
        (copy / f"data/studies/{name}.yaml").unlink(missing_ok=True)
    account_of = copy / "data/searches/lupus.yaml"
    account_of.write_text(
        account_of.read_text("utf-8").replace(
            "items:\n", "items:\n  - {source: japan-times-2018, kind: report, became: shown}\n", 1
        ),
        "utf-8",
    )
    printed = build_here(copy, "check")
    assert "'japan-times-2018' is said to be shown, and no page of this search shows it" in (
        printed.problems
    )


def test_a_study_has_the_kind_that_its_item_names_or_else_that_of_its_design() -> None:
    known = {"any": study("any", "case-report", n=1)}
    named, unnamed = search(
        {"study": "any", "kind": "meta-analysis", "became": "shown"},
        {"study": "any", "became": "shown"},
    ).items
    assert kind_of(named, known) == "meta-analysis"
    assert kind_of(unnamed, known) == KIND_OF_DESIGN["case-report"]


def test_a_search_has_a_study_flow_that_names_the_newest_day_of_searching() -> None:
    made = items(shown=3, background=2, not_readable=1, no_results=4)
    asked = [
        made.queries[0].model_copy(update={"on": parse_partial_date(day)})
        for day in ("2026-01-02", "2026-03-04", "2025-12-31")
    ]
    figures = figures_of({"colds": made.model_copy(update={"queries": tuple(asked)})})
    figure = figures["account-colds"]
    assert (figure.id, figure.kind, figure.search) == ("account-colds", "study-flow", "colds")
    assert figure.title == "Of 10 items found, 3 are shown"
    assert figure.subtitle.endswith("Searched to 4 March 2026")
