"""What pages of each kind hold, whatever they are about."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from evidence.model.claim import VERDICTS
from evidence.pages.limits import limits
from evidence.run import Built, summary
from evidence.store import Store
from tests.conftest import MakeProject
from tests.findings import finding, study
from tests.outline import main_of, parsed, text_of
from tests.projects import KEPT, TODAY, build_in_memory, change


def page(site: Built, path: str) -> HtmlElement:
    return main_of(site.site.files[path])


def section(main: HtmlElement, anchor: str) -> HtmlElement:
    found: list[HtmlElement] = main.xpath(
        f"//*[@id='{anchor}']/ancestor-or-self::*[self::section or self::details][1]"
    )
    return found[0]


def hrefs(element: HtmlElement) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a")]


def test_every_source_and_study_has_a_page(gallery_site: Built) -> None:
    report, files = gallery_site.report, gallery_site.site.files
    assert {f"sources/{name}.html" for name in report.sources} <= files.keys()
    assert {f"studies/{name}.html" for name in report.studies} <= files.keys()
    assert {f"claims/{name}.html" for name in report.ledgers} <= files.keys()
    assert {each.address for each in report.pages.values()} <= files.keys()


def test_a_source_page_lists_every_number_taken_from_it(gallery_site: Built) -> None:
    for source in gallery_site.report.sources.values():
        main = page(gallery_site, f"sources/{source.id}.html")
        listed = {str(row.get("data-bound")) for row in main.iter("tr") if row.get("data-bound")}
        wanted = {
            address
            for address, each in gallery_site.report.findings.items()
            if source.id in {each.source, *(other.source for other in each.also)}
        }
        assert listed == wanted, source.id


def test_a_study_page_has_a_row_with_an_anchor_for_each_finding(gallery_site: Built) -> None:
    for each in gallery_site.report.studies.values():
        main = page(gallery_site, f"studies/{each.id}.html")
        rows = [row.get("id") for row in main.iter("tr") if row.get("data-bound")]
        assert sorted(filter(None, rows)) == sorted(each.findings)


def test_marks_stay_visible_on_a_study_page(gallery_site: Built) -> None:
    for each in gallery_site.report.studies.values():
        text = text_of(page(gallery_site, f"studies/{each.id}.html"))
        of_findings = (mark for found in each.findings.values() for mark in found.marks)
        for mark in (*each.marks, *of_findings):
            assert mark.text in text


def test_a_mark_of_a_finding_stands_in_the_note_of_its_number(gallery_site: Built) -> None:
    main = page(gallery_site, "remedies/honey.html")
    (note,) = main.xpath("//*[@id='note-honey-2019--harm']")
    assert "The abstract and the table differ." in text_of(note)


def test_every_bound_number_leads_to_a_note_and_back(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        main = page(gallery_site, path)
        for link in main.xpath("//a[@class='bound']"):
            (note,) = main.xpath(f"//*[@id='{link.get('href')[1:]}']")
            assert f"#{link.get('id')}" in hrefs(note), path


def test_every_note_names_study_source_and_locator(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        for note in page(gallery_site, path).xpath("//li[@class='note']"):
            study_id, _, name = note.get("id").removeprefix("note-").partition("--")
            found = gallery_site.report.findings[f"{study_id}/{name}"]
            assert found.locator in text_of(note)
            assert gallery_site.report.sources[found.source].short in text_of(note)


def test_a_ledger_shows_each_claim_with_its_verdict_at_its_own_address(gallery_site: Built) -> None:
    main = page(gallery_site, "claims/newspaper.html")
    for claim in gallery_site.report.ledgers["newspaper"].claims.values():
        (entry,) = main.xpath(f"//article[.//*[@id='{claim.id}']]")
        assert claim.says in text_of(entry)
        assert VERDICTS[claim.verdict] in text_of(entry)
        overview = main.xpath(f"//*[@id='verdict-{claim.verdict}']//a[@href='#{claim.id}']")
        assert [text_of(link) for link in overview] == [claim.says]


def test_a_topic_page_lists_the_claims_about_it(gallery_site: Built) -> None:
    links = hrefs(section(page(gallery_site, "remedies/honey.html"), "claims"))
    assert {"../claims/newspaper.html#trial", "../claims/newspaper.html#strong"} <= set(links)


def test_a_topic_page_lists_its_studies_and_sources(gallery_site: Built) -> None:
    main = page(gallery_site, "remedies/honey.html")
    assert set(hrefs(section(main, "studies"))) == {
        f"../studies/{name}.html" for name in ("colds-2021", "honey-2019", "rest-2020")
    }
    inside = {link for link in hrefs(section(main, "sources")) if "doi.org" not in link}
    assert inside == {
        f"../sources/{name}.html" for name in ("colds-2021", "honey-2019", "rest-2020")
    }


def test_what_stands_behind_a_page_is_closed_and_its_address_opens_it(gallery_site: Built) -> None:
    main = page(gallery_site, "remedies/honey.html")
    folds = main.xpath("//details[contains(concat(' ', @class), ' fold')]")
    anchors = [fold.xpath("./div/@id")[0] for fold in folds]
    assert anchors == ["chosen", "claims", "studies", "sources", "words", "notes", "cite"]
    assert not any(fold.get("open") for fold in folds)
    assert not main.xpath("//summary//*[@id='chosen' or @id='claims' or @id='studies']")


def test_results_with_a_comparison_are_shown_and_those_without_closed(gallery_site: Built) -> None:
    report = gallery_site.report
    for address in (each.address for each in report.pages.values() if each.front.kind == "topic"):
        main = page(gallery_site, address)
        for behind in main.xpath("//details[contains(@class, 'behind')]"):
            assert not behind.get("open")
            shown = behind.getprevious()
            assert "Compared" in text_of(shown) or "pool comparisons" in text_of(shown)
            assert "Compared" not in text_of(behind)
            (count,) = behind.xpath("./summary/span")
            rows = behind.xpath(".//tr[not(contains(@class, 'group')) and ./th[@scope='row']]")
            assert text_of(count) == str(len(rows))


def test_the_home_page_counts_the_claims_of_each_verdict(gallery_site: Built) -> None:
    (tally,) = page(gallery_site, "index.html").xpath("//ul[contains(@class, 'tally')]")
    assert [text_of(each) for each in tally.iter("li")] == [
        f"1 {words}" for words in VERDICTS.values()
    ]


def test_the_glossary_is_in_alphabetical_order(gallery_site: Built) -> None:
    terms = [text_of(each) for each in page(gallery_site, "glossary.html").iter("dt")]
    assert terms[:3] == ["common cold", "placebo", "risk difference"]


def test_a_page_that_is_overdue_says_so_when_it_is_built(gallery_site: Built) -> None:
    (late,) = page(gallery_site, "remedies/honey.html").xpath("//p[contains(@class, 'overdue')]")
    (early,) = page(gallery_site, "remedies/index.html").xpath("//p[contains(@class, 'overdue')]")
    assert late.get("hidden") is None
    assert early.get("hidden") is not None
    assert (late.get("data-due"), early.get("data-due")) == ("2026-05-21", "2027-05-01")


@pytest.mark.parametrize(("days", "overdue"), [(-1, False), (0, False), (1, True)])
def test_on_the_day_of_its_review_a_page_is_not_overdue_and_on_the_next_it_is(
    days: int, with_files: MakeProject, *, overdue: bool
) -> None:
    due = (
        "---\ntitle: Due\nkind: plain\nreviewed: 2026-01-01\nreview-due: 2026-11-29\n---\nIt is.\n"
    )
    root = with_files({"content/due.md": due})
    built = build_in_memory(root, Store(KEPT), TODAY + timedelta(days))
    (banner,) = page(built, "due.html").xpath("//p[contains(@class, 'overdue')]")
    assert (banner.get("hidden") is None) is overdue
    assert ("Overdue for review: due." in summary(built)) is overdue


def test_a_page_prints_its_own_coverage_and_home_that_of_the_site(gallery_site: Built) -> None:
    site = gallery_site.site
    own = site.coverage("remedies/honey.html")
    assert own.bound == own.total > 0
    assert f"{own.bound} of {own.total}" in text_of(page(gallery_site, "remedies/honey.html"))
    whole = site.coverage()
    assert whole.bound == sum(site.coverage(path).bound for path in site.pages())
    assert f"{whole} numbers" in text_of(page(gallery_site, "index.html"))


def test_every_page_works_without_a_script(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        root = parsed(gallery_site.site.files[path])
        scripts = root.xpath("//script[not(@type='application/ld+json')]")
        assert bool(scripts) == (path != "404.html"), path
        if path == "search.html":  # which is of no use without one, and asks for it at once
            assert root.find_class("seek-without")
            continue
        assert root.xpath("//main//script") == []
        at_once = [script.get("src") for script in scripts if script.get("defer") is None]
        # what the address of the explorer asks for is asked for before anything is painted
        asked = ["trials-asked.js"] if path == "trials/index.html" else []
        names = [
            re.sub(r"(?:.*/)?lasting/(.*)\.[0-9a-f]{10}", r"\1", each or "") for each in at_once
        ]
        assert names == ([*asked, "colours.js"] if scripts else []), path


def test_every_link_inside_the_site_is_relative(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        links = hrefs(parsed(gallery_site.site.files[path]))
        absolute = [link for link in links if link.startswith(("/", "https://example.org/colds/"))]
        assert absolute == [], path


def test_a_page_has_its_description_from_its_own_words(gallery_site: Built) -> None:
    root = parsed(gallery_site.site.files["index.html"])
    (found,) = root.xpath("//meta[@name='description']/@content")
    assert found == "What is known about 62 studies of remedies."


def test_no_mark_of_the_generator_is_left_in_a_page(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        assert not re.search("[\ue000-\uf8ff]", gallery_site.site.files[path].decode()), path


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"design": {"kind": "single-arm-trial"}}, "Nobody in it went without the treatment"),
        ({"design": {"kind": "case-series"}}, "Nobody in it went without the treatment"),
        ({"design": {"kind": "non-randomised-controlled-trial"}}, "not put into groups by chance"),
        ({"design": {"kind": "registered-trial"}}, "no results were read"),
        ({"design": {"kind": "review", "blinding": "open"}}, "Everybody knew who got what"),
        ({"marks": [{"kind": "company-statement", "text": "A."}]}, "from a company or the press"),
        ({"marks": [{"kind": "partly-readable", "text": "A."}]}, "Only a part of it"),
    ],
)
def test_the_limits_of_a_study_follow_from_its_design(
    fields: dict[str, object], words: str
) -> None:
    assert any(words in limit for limit in limits(study(finding(n=500), **fields)))


@pytest.mark.parametrize(("count", "small"), [("49", True), ("50", False)])
def test_a_study_of_few_people_is_called_small(count: str, *, small: bool) -> None:
    people = finding(id="participants", value=count, unit="patients")
    assert any("It is small" in limit for limit in limits(study(people))) is small


def test_a_randomised_blind_study_has_no_limit_by_design() -> None:
    design = {"kind": "randomised-controlled-trial", "blinding": "double"}
    assert list(limits(study(finding(n=500), design=design))) == []


def test_a_number_changes_everywhere_it_is_shown(minimal: Path) -> None:
    change(minimal, "data/studies/smith-2020.yaml", "events: 37", "events: 36")
    files = build_in_memory(minimal).site.files
    for path in ("index.html", "studies/smith-2020.html", "sources/smith-2020.html"):
        assert b"36 of 40" in files[path], path
        assert b"37 of 40" not in files[path], path
    assert b"36 of 40" in files["downloads/findings.csv"]
