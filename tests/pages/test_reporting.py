"""Where the pages say that one can tell that a number is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from evidence.run import Built
from tests.projects import build_here, build_in_memory, write

SITE = "data/site.yaml"


def wrong(built: Built, address: str) -> html.HtmlElement:
    page = html.document_fromstring(built.site.files[address])
    link: html.HtmlElement
    (link,) = page.xpath("//details[contains(@class, 'notes')]//a[@class='wrong']")
    return link


def with_line(project: Path, line: str) -> Path:
    text = (project / SITE).read_text("utf-8")
    write(project, {SITE: f"{line}\n{text}"})
    return project


def test_with_a_form_the_page_is_filled_in_and_the_number_left_open(gallery_site: Built) -> None:
    link = wrong(gallery_site, "remedies/honey.html")
    page = "https%3A%2F%2Fexample.org%2Fcolds%2Fremedies%2Fhoney.html"
    form = "https://example.org/report?title={}&page={}&finding={}"
    assert link.text == "Tell us"
    assert link.get("href") == form.format("", page, "")
    assert link.get("data-report") == form.format("(number)", page, "(finding)")


def test_with_a_mail_address_the_link_is_a_mail(minimal: Path) -> None:
    built = build_in_memory(with_line(minimal, "report: corrections@example.org"))
    assert str(wrong(built, "index.html").get("href")).startswith(
        "mailto:corrections@example.org?subject=A%20number"
    )


@pytest.mark.parametrize(
    ("line", "words", "href"),
    [
        (
            "repository: https://example.org/r",
            "Say so where the site is made",
            "https://example.org/r",
        ),
        ("language: en", "How to tell us", "about.html"),
    ],
)
def test_without_one_a_sentence_says_how(minimal: Path, line: str, words: str, href: str) -> None:
    link = wrong(build_in_memory(with_line(minimal, line)), "index.html")
    assert (link.text, link.get("href"), link.get("data-report")) == (words, href, None)
    said = " ".join(link.xpath("string(..)").split())
    assert said.endswith("name the page, the number, and the place in the source that shows it.")


def test_prose_leads_to_the_addresses_of_the_site(gallery_site: Built) -> None:
    page = html.document_fromstring(gallery_site.site.files["about.html"])
    links = {link.text_content(): link.get("href") for link in page.xpath("//main//a")}
    assert links["our repository"] == "https://example.org/colds.git"
    assert "page=https%3A%2F%2Fexample.org%2Fcolds%2Fabout.html" in links["Tell us"]


def test_where_a_site_has_none_the_words_stand_alone(minimal: Path) -> None:
    about = (minimal / "content/about.md").read_text("utf-8")
    write(minimal, {"content/about.md": f"{about}\nIt is in [[site:repository|our repository]].\n"})
    page = html.document_fromstring(build_in_memory(minimal).site.files["about.html"])
    assert "It is in our repository." in page.text_content()
    assert not [link for link in page.xpath("//main//a") if "repository" in link.text_content()]


def test_an_address_that_no_site_has_is_a_problem_at_its_place(minimal: Path) -> None:
    about = (minimal / "content/about.md").read_text("utf-8")
    write(minimal, {"content/about.md": f"{about}\n[[site:repositry|Here]].\n"})
    printed = build_here(minimal)
    line = len(about.split("\n")) + 1
    assert f"content/about.md:{line}:1: a site has no address of its own" in printed.problems
    assert "repository" in printed.problems.split("repositry", 1)[1]
