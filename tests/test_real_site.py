"""Facts of the project's own site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.model.study import Study
from evidence.numbers.accounts import PREFIX
from evidence.run import Built
from tests.outline import main_of, text_of
from tests.projects import ROOT

INVENTORIES = sorted(ROOT.glob("docs/inventory-*.md"))
ROW = re.compile(r"(?m)^\| *(\d+) *\|(.*)\|$")
ADDRESSES = [
    "index.html",
    "404.html",
    "about.html",
    "glossary.html",
    "methods.html",
    "checks.html",
    "claims/index.html",
    "claims/popular-article.html",
    "claims/wu-2025.html",
    "sources/index.html",
    "studies/index.html",
    "spinal-cord-injury/index.html",
    "spinal-cord-injury/bladder-and-bowel.html",
    "spinal-cord-injury/cell-types.html",
    "spinal-cord-injury/company-pipeline.html",
    "spinal-cord-injury/natural-recovery.html",
    "spinal-cord-injury/neurological-outcome.html",
    "spinal-cord-injury/safety.html",
    "spinal-cord-injury/what-to-expect.html",
    "spinal-cord-injury/what-we-cannot-tell.html",
    "autoimmune-disease/index.html",
    "autoimmune-disease/arthritis.html",
    "autoimmune-disease/crohns-disease.html",
    "autoimmune-disease/graft-versus-host-disease.html",
    "autoimmune-disease/lupus.html",
    "autoimmune-disease/obstacles-and-priorities.html",
    "autoimmune-disease/safety.html",
    "autoimmune-disease/trial-landscape.html",
    "autoimmune-disease/type-1-diabetes.html",
]
DISCREPANCIES = {
    "adverse-events",
    "best-subgroup",
    "cell-labels",
    "ci-omitted",
    "conclusion",
    "denominator",
    "msc-commonest",
    "natural-recovery",
    "pmc12547621",
    "registration",
    "study-mix",
    "tumour-caveat",
    "xell-meaning",
    "xell-nmpa-als",
    "xell-sci-nmpa",
    "xell-year-fda",
    *(f"d{number:02d}" for number in range(1, 25)),
}


def rows(inventory: Path) -> list[tuple[int, set[str]]]:
    """Return the number and the ledger entries of every row of an inventory."""
    found = ROW.findall(inventory.read_text("utf-8"))
    return [
        (int(number), set(re.findall(r"`([^`]+)`", cells.rpartition("|")[2])))
        for number, cells in found
    ]


def ledger_of(inventory: Path) -> str:
    return inventory.stem.removeprefix("inventory-")


def improved(site: Built, *kinds: str) -> list[Study]:
    return [each for each in site.report.studies.values() if each.reanalysis in kinds]


def sums(studies: list[Study]) -> tuple[int, int, int]:
    """Return how many studies there are, with the people and the improved in them."""
    counts = [each.findings["ais-improved"] for each in studies]
    return (
        len(studies),
        sum(each.n or 0 for each in counts),
        sum(each.events or 0 for each in counts),
    )


def test_the_site_builds_without_a_problem(real_site: Built) -> None:
    assert real_site.site.pages()


def test_every_finding_says_when_it_was_read(real_site: Built) -> None:
    assert real_site.report.site.readings
    assert real_site.report.confirmed is not None
    assert real_site.report.confirmed[1] > 1800


def test_every_number_that_carries_evidence_is_bound(real_site: Built) -> None:
    coverage = real_site.site.coverage()
    assert coverage.bound == coverage.total
    assert coverage.bound > 1000


def test_no_page_holds_a_number_that_is_typed_and_not_bound(real_site: Built) -> None:
    unbound = {path: facts.unbound for path, facts in real_site.site.facts.items() if facts.unbound}
    assert unbound == {}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_exists_and_says_something(address: str, real_site: Built) -> None:
    assert len(text_of(main_of(real_site.site.files[address]))) > 100


@pytest.mark.parametrize("inventory", INVENTORIES, ids=ledger_of)
def test_an_inventory_counts_its_statements_right(inventory: Path) -> None:
    (stated,) = re.findall(r"(?m)^Statements: (\d+)$", inventory.read_text("utf-8"))
    assert [number for number, _ in rows(inventory)] == list(range(1, int(stated) + 1))


@pytest.mark.parametrize("inventory", INVENTORIES, ids=ledger_of)
def test_every_statement_has_its_entry_in_the_ledger(inventory: Path, real_site: Built) -> None:
    claims = real_site.report.ledgers[ledger_of(inventory)].claims
    for number, named in rows(inventory):
        assert named, number
        assert named - claims.keys() == set(), number


@pytest.mark.parametrize("inventory", INVENTORIES, ids=ledger_of)
def test_every_claim_of_a_ledger_is_in_the_inventory(inventory: Path, real_site: Built) -> None:
    claims = real_site.report.ledgers[ledger_of(inventory)].claims
    named = {name for _, names in rows(inventory) for name in names}
    assert claims.keys() - named == set()


def test_each_of_the_two_documents_has_an_inventory_and_a_ledger(real_site: Built) -> None:
    documents = {"popular-article", "wu-2025"}
    assert {ledger_of(each) for each in INVENTORIES} == documents
    assert documents <= real_site.report.ledgers.keys()


def test_the_known_discrepancies_are_all_in_the_ledgers(real_site: Built) -> None:
    covered = {name for each in real_site.report.claims().values() for name in each.discrepancies}
    assert len(DISCREPANCIES) == 40
    assert covered == DISCREPANCIES


def test_a_claim_with_a_discrepancy_is_not_simply_supported(real_site: Built) -> None:
    plain = [
        address
        for address, claim in real_site.report.claims().items()
        if claim.discrepancies and claim.verdict == "supported" and claim.severity != "none"
    ]
    assert plain == []


def test_the_strict_rows_of_the_reanalysis_add_up(real_site: Built) -> None:
    assert sums(improved(real_site, "strict")) == (15, 278, 112)


def test_all_rows_of_the_reanalysis_add_up(real_site: Built) -> None:
    assert sums(improved(real_site, "strict", "doubtful")) == (23, 409, 184)


@pytest.mark.parametrize(
    ("result", "kinds"), [("strict", ["strict"]), ("all", ["strict", "doubtful"])]
)
def test_the_sums_that_pages_print_are_those_of_the_rows(
    result: str, kinds: list[str], real_site: Built
) -> None:
    findings = real_site.report.studies["readable-ais-studies"].findings
    studies, people = findings[f"{result}-studies"], findings[f"{result}-people"]
    counted, n, events = sums(improved(real_site, *kinds))
    assert studies.value == counted
    assert people.n == n
    assert people.events == events


def test_every_source_says_when_and_how_far_it_was_read(real_site: Built) -> None:
    for source in real_site.report.sources.values():
        for reading in source.reading:
            assert reading.date.first_day <= real_site.report.today, source.id


def test_every_topic_page_has_an_answer_and_its_two_clocks(real_site: Built) -> None:
    for page in real_site.report.pages.values():
        if page.front.kind in {"topic", "section"}:
            assert page.front.answer, page.id
            assert page.front.searched, page.id
            assert page.front.reviewed, page.id
            assert page.front.review_due, page.id


def test_every_topic_page_begins_in_short_and_ends_with_its_limits(real_site: Built) -> None:
    for page in real_site.report.pages.values():
        if page.front.kind == "topic":
            headings = re.findall(r"(?m)^## (.+)$", page.body)
            assert headings[0] == "In short", page.id
            assert headings[-1] == "What this cannot tell you", page.id


def test_every_figure_is_shown_somewhere(real_site: Built) -> None:
    report = real_site.report
    shown = "".join(page.body for page in report.pages.values())
    on_home = {each.figure for page in report.pages.values() for each in page.front.questions}
    declared = {name for name in report.figures if not name.startswith(PREFIX)}
    assert {name for name in declared if f"![[{name}]]" not in shown} - on_home == set()


def test_every_topic_says_how_its_studies_were_chosen(real_site: Built) -> None:
    for page in real_site.report.pages.values():
        if page.front.kind == "topic":
            written = real_site.site.files[page.address].decode()
            assert "How these studies were chosen" in written, page.id
            account = re.search(r'href="\.\./(searches/[^"]+)"', written)
            assert account, page.id
            flow = real_site.site.files[account.group(1)].decode()
            assert f'id="figure-{PREFIX}' in flow, page.id


def test_nothing_on_a_page_speaks_of_a_machine(real_site: Built) -> None:
    for path in real_site.site.pages():
        text = real_site.site.files[path].decode()
        assert "/" + "work/" not in text, path
        assert "localhost" not in text, path
