"""The summary of findings on the site: near the answer, of the same findings, each number bound."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml.html import HtmlElement

from evidence.model.report import Report
from evidence.model.search import Search
from evidence.numbers.comparisons import compared, searches_of
from evidence.numbers.summary_of_findings import summarised
from evidence.pages.summary_table import outcome_summary
from evidence.prose.references import find_references
from evidence.run import Built
from tests.figures.declaring import figure_of, report_of, result_of
from tests.outline import main_of, text_of

FISTULAS = "autoimmune-disease/crohns-disease.html"
PREVENTION = "autoimmune-disease/graft-versus-host-prevention.html"
KNEES = "autoimmune-disease/arthritis.html"
REANALYSIS = "spinal-cord-injury/re-analysis.html"


def summary_of(site: Built, address: str) -> HtmlElement:
    (box,) = [
        each
        for each in main_of(site.site.files[address]).iter("div")
        if each.get("id") == "summary"
    ]
    return child(box, "table")


def child(element: HtmlElement, tag: str) -> HtmlElement:
    """Return the first child of a tag."""
    return next(each for each in element if each.tag == tag)


def row_of(table: HtmlElement, *words: str) -> HtmlElement:
    """Return the first row whose head has all ``words``."""
    return next(
        row
        for row in table.iter("tr")
        if all(word in text_of(child(row, "th")) for word in words) and len(row) > 1
    )


def cells(row: HtmlElement) -> list[str]:
    return [text_of(cell) for cell in row]


def search(pooled: str) -> Search:
    """Return a search with one outcome, for which a figure pools."""
    query = {"aim": "trials", "where": "A", "words": "b", "on": "2026-01-01", "gave": 1}
    return Search.model_validate(
        {
            "id": "colds",
            "pages": ["colds"],
            "conditions": ["cough"],
            "question": dict.fromkeys(("people", "treatment", "comparator", "outcomes"), "All"),
            "outcomes": {"better": {"title": "Better", "better": "higher", "pooled": pooled}},
            "queries": [query],
            "items": [{"study": "a", "became": "shown"}],
        }
    )


def outcomes_on(report: Report, page: str) -> list[str]:
    references = find_references(report.pages[page].body)[0]
    return [each.target for each in references if each.kind == "outcome"]


def test_every_topic_with_a_comparison_by_lot_sums_it_up(real_site: Built) -> None:
    report = real_site.report
    summed_up = set()
    for page in report.pages.values():
        searches = searches_of(report.searches, page.id)
        found = [
            summarised(compared(report, searches, name)) for name in outcomes_on(report, page.id)
        ]
        has = 'id="summary"' in real_site.site.files[page.address].decode()
        assert has or not any(each.lines for each in found), page.id
        summed_up |= {page.id} if has else set()
    assert len(summed_up) > 10


def test_admire_cd_stands_with_its_own_numbers(real_site: Built) -> None:
    row = row_of(summary_of(real_site, FISTULAS), "ADMIRE-CD", "24 weeks; 212 people")
    assert cells(row) == [
        "ADMIRE-CDAll randomised; 24 weeks; 212 people",
        "3436 of 105",
        "5053 of 107",
        "15 more (2 to 28 more)number needed to treat 7 (4 to 51)",
        "risk ratio 1.44 (1.04 to 2.00)",
        "In this trial, 15 more of 100 had this; the interval runs from 2 to 28 more.",
    ]


def test_the_larger_trial_that_found_nothing_stands_above_it(real_site: Built) -> None:
    rows = [cells(row)[0] for row in summary_of(real_site, FISTULAS).iter("tr")]
    admire = [head for head in rows if head.startswith("ADMIRE-CD") and "24 weeks" in head]
    assert [head.startswith("ADMIRE-CD II") for head in admire] == [True, False]


def test_nobody_has_judged_it_is_said_of_each_outcome(real_site: Built) -> None:
    table = summary_of(real_site, FISTULAS)
    heads = [text_of(row) for row in table.xpath(".//tr[@class='group']")]
    assert len(heads) == 5
    assert all("How certain this is: not judged in the sources we read." in head for head in heads)
    assert "Certainty" not in text_of(child(table, "thead"))


def test_a_judged_review_stands_at_two_risks_with_who_judged_it(real_site: Built) -> None:
    table = summary_of(real_site, PREVENTION)
    low = row_of(table, "Fisher 2019")
    (high,) = low.xpath("following-sibling::tr[1]")
    assert cells(low)[1:4] == [
        "35lowest, in Kuzmina 2012",
        "23 (17 to 31)",
        "12 fewer (4 to 18 fewer)number needed to treat 9 (6 to 26)",
    ]
    assert cells(high)[0] == "The same, where more people have it without"
    assert cells(high)[1:4] == [
        "49highest, in Gao 2016",
        "32 (24 to 44)",
        "17 fewer (5 to 25 fewer)number needed to treat 7 (5 to 19)",
    ]
    assert cells(low)[5] == "Treatment with cells may result in fewer people with this."
    assert cells(low)[6].startswith("Low, the review’s authors say")
    assert "Paragraph 3" in cells(low)[6]


def test_what_matters_to_people_is_a_number_with_its_source(real_site: Built) -> None:
    table = summary_of(real_site, KNEES)
    heads = table.xpath(".//tr[@class='group']")
    (head,) = [row for row in heads if text_of(row).startswith("Knee osteoarthritis: pain")]
    (link,) = head.xpath(".//a[@class='bound']")
    assert (text_of(link), link.get("href")) == (
        "1.5 cm",
        "#note-knee-pain-review-2024--pain-smallest-important",
    )


@pytest.mark.parametrize("address", [FISTULAS, PREVENTION, KNEES])
def test_every_row_leads_to_a_note_of_this_page(address: str, real_site: Built) -> None:
    page = main_of(real_site.site.files[address])
    notes = {note.get("id") for note in page.xpath("//li[@class='note']")}
    rows = page.xpath("//div[@id='summary']//tbody/tr[not(@class)]")
    assert len(rows) > 5
    for row in rows:
        links = row.xpath(".//a[@class='bound']/@href")
        assert links, text_of(row)
        assert {link.removeprefix("#") for link in links} <= notes


@pytest.mark.parametrize("address", [FISTULAS, PREVENTION, KNEES])
def test_the_table_can_be_read_aloud(address: str, real_site: Built) -> None:
    table = summary_of(real_site, address)
    assert "Table 1. What the trials by lot found" in text_of(child(table, "caption"))
    assert {head.get("scope") for head in child(table, "thead").iter("th")} == {"col"}
    heads = [child(row, "th").get("scope") for row in table.xpath(".//tbody/tr")]
    assert set(heads) == {"rowgroup", "row"}
    columns = len(table.findall("thead/tr/th"))
    for row in table.xpath(".//tbody/tr"):
        assert sum(int(cell.get("colspan", "1")) for cell in row) == columns


def test_what_a_figure_pools_stands_in_the_line_of_its_outcome() -> None:
    arms = {"treated": {"events": 20, "n": 50}, "control": {"events": 10, "n": 50}}
    stated = {f"{name}/x": {"arms": arms, "outcome": "better"} for name in ("a", "b")}
    design = {"design": {"kind": "randomised-controlled-trial"}}
    made = report_of(stated, a=design, b=design)
    figure = figure_of("forest", list(stated), measure="risk-ratio", pooled="overall")
    asked = search(figure.id)
    report = replace(made, figures={figure.id: figure}, searches={asked.id: asked})
    result = result_of(figure, report)
    (line,) = outcome_summary(report, {figure.id: result}, "colds", "better").lines
    assert (line.kind, line.address, line.people, line.trials) == ("pooled", figure.id, 200, 2)
    assert line.ratio is not None
    assert result.synthesis is not None
    assert result.synthesis.overall is not None
    assert line.ratio.amount.value == result.synthesis.overall.estimate == pytest.approx(2)
    assert [round(risks.treated.value) for risks in line.risks] == [40]


def test_the_results_stand_below_their_forest_plot(real_site: Built) -> None:
    page = main_of(real_site.site.files[REANALYSIS])
    (words,) = page.xpath("//p[@class='results']")
    (before,) = words.xpath("preceding-sibling::*[1]")
    assert (before.tag, before.get("id")) == ("figure", "figure-readable-forest")
    assert re.match(r"\d+ studies with \d+ people were pooled; ", text_of(words))
    assert "(95% prediction interval)" in text_of(words)
