"""What changed stands on a page and in the feed: revisions, reviews, registries asked anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from evidence.pages.what_changed import changes_of
from evidence.run import Built
from tests.projects import GALLERY, MINIMAL, build_here, build_in_memory, make_project

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "what-changed.html"
HEAD = "---\ntitle: What changed\nkind: what-changed\nrevisions:\n"


def page_of(built: Built) -> HtmlElement:
    return document_fromstring(built.site.files[ADDRESS].decode())


def days(page: HtmlElement) -> list[str]:
    return [
        heading.text_content() for heading in page.iter("h2") if "day-" in heading.get("id", "")
    ]


def test_days_stand_newest_first_with_their_revisions(gallery_site: Built) -> None:
    page = page_of(gallery_site)
    shown = days(page)
    assert "21 November 2026" in shown
    assert shown[-1] == "May 2025"
    newest = page.get_element_by_id("day-2026-11-21").getnext()
    assert newest is not None
    (revision,) = newest.iter("li")
    assert "Honey was counted again" in revision.text_content()
    links = [str(link.get("href")) for link in revision.iter("a") if link.get("class") is None]
    assert links == ["remedies/honey.html", "methods.html"]


def test_every_page_with_a_review_stands_at_its_day(real_site: Built) -> None:
    page = page_of(real_site)
    for written in real_site.report.pages.values():
        if written.front.reviewed is not None:
            day = page.get_element_by_id(f"day-{written.front.reviewed}")
            section = []
            follower = day.getnext()
            while follower is not None and follower.tag != "h2":
                section += [str(link.get("href")) for link in follower.iter("a")]
                follower = follower.getnext()
            assert written.address in section, written.id


@pytest.mark.parametrize("name", ["gallery_site", "real_site"])
def test_the_feed_tells_what_the_page_tells(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    feed = etree.fromstring(built.site.files["feed.xml"])
    told = changes_of(built.report)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iterfind(f"{ATOM}entry")]
    assert len(titles) == min(60, len(told))
    revised = sum(change.revision is not None for change in told)
    assert revised == sum(str(title).startswith("Changed: ") for title in titles) > 0
    (link,) = feed.findall(f"{ATOM}link[@rel='alternate']")
    assert str(link.get("href")).endswith(ADDRESS)


def test_a_revision_keeps_its_id_in_the_feed_when_its_words_are_mended(
    tmp_path: Path, gallery_site: Built
) -> None:
    project = make_project(tmp_path, GALLERY)
    page = project / "content/what-changed.md"
    page.write_text(page.read_text("utf-8").replace("had been placebo", "was placebo"), "utf-8")
    again = build_in_memory(project)
    before, after = (
        {
            str(entry.findtext(f"{ATOM}id")): entry.findtext(f"{ATOM}summary")
            for entry in etree.fromstring(built.site.files["feed.xml"]).iterfind(f"{ATOM}entry")
        }
        for built in (gallery_site, again)
    )
    assert before.keys() == after.keys()
    (changed,) = (key for key in before if before[key] != after[key])
    assert "was placebo" in str(after[changed])


@pytest.mark.parametrize(
    ("revisions", "said"),
    [
        ("  one: {on: 2026-11-21, what: Words., pages: [abuot]}\n", "Did you mean 'about'?"),
        ("  one: {on: 2031-11-21, what: Words.}\n", "'on: 2031-11-21' is in the future"),
        ("  one: {on: 2026-11-21, what: Of 12 people.}\n", "the number '12' is not bound"),
    ],
)
def test_a_revision_is_checked_at_its_line(revisions: str, said: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    (project / "content/what-changed.md").write_text(f"{HEAD}{revisions}---\nWords.\n", "utf-8")
    printed = build_here(project)
    assert said in printed.problems
    assert "content/what-changed.md:5:" in printed.problems


def test_revisions_stand_on_no_other_kind_of_page(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    text = f"{HEAD}  one: {{on: 2026-11-21, what: Words.}}\n---\nWords.\n"
    other = text.replace("kind: what-changed", "kind: plain")
    (project / "content/what-changed.md").write_text(other, "utf-8")
    assert "a page of the kind 'plain' lists no revisions" in build_here(project).problems
