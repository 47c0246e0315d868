"""The page of a figure alone, and what stands around a figure."""

from __future__ import annotations

import re

import pytest
from lxml import html

from evidence.run import Built


@pytest.fixture(scope="module")
def alone(gallery_site: Built) -> html.HtmlElement:
    return html.document_fromstring(gallery_site.site.files["figures/pooled.html"])


@pytest.fixture(scope="module")
def beside(gallery_site: Built) -> html.HtmlElement:
    page = html.document_fromstring(gallery_site.site.files["remedies/index.html"])
    return page.get_element_by_id("figure-pooled")


def details(figure: html.HtmlElement, summary: str) -> str:
    (found,) = (one for one in figure.iter("details") if one[0].text_content() == summary)
    return " ".join(found.text_content().split())


def test_every_figure_has_a_page_of_its_own(gallery_site: Built) -> None:
    for name in gallery_site.report.figures:
        assert f"figures/{name}.html" in gallery_site.site.pages()


def test_a_page_of_its_own_has_the_figure_and_nothing_around_it(alone: html.HtmlElement) -> None:
    assert len(alone.xpath("//figure")) == len(alone.xpath("//h1")) == 1
    assert alone.xpath("//header|//footer|//nav") == []
    assert alone.xpath("//figure//table")
    assert alone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert [str(one) for one in alone.xpath("//p[@class='figure-home']/a/@href")] == [
        "../remedies/index.html#figure-pooled",
        "../index.html",
    ]


def test_its_links_to_pages_leave_the_frame(alone: html.HtmlElement) -> None:
    links = [one for one in alone.iter("a") if one.get("href", "").endswith(".html")]
    assert links
    assert all(one.get("target") == "_top" for one in links)


def test_a_search_does_not_find_it_twice(gallery_site: Built) -> None:
    facts = gallery_site.site.facts
    assert facts["figures/pooled.html"].entries == ()
    assert facts["remedies/index.html"].entries


def test_a_figure_says_how_to_cite_it(beside: html.HtmlElement) -> None:
    words = details(beside, "Cite")
    for part in (
        "About half were better, 49 of every 100, whatever they took.",
        "Remedies for the common cold, figure “pooled”",
        "https://example.org/colds/figures/pooled.html",
        "CC BY 4.0",
        "Cochran 2021; Pillow 2020",
    ):
        assert part in words
    assert re.search(r"(Reviewed|Sources read to) \d+ \w+ 20\d\d", words)


def test_a_figure_gives_the_line_that_embeds_it(beside: html.HtmlElement) -> None:
    words = details(beside, "Embed")
    assert re.search(
        r'<iframe src="https://example\.org/colds/figures/pooled\.html" title="About half were '
        r'better, 49 of every 100, whatever they took" width="100%" height="\d{3}"',
        words,
    )


def test_without_an_address_the_line_says_what_to_add(real_site: Built) -> None:
    assert real_site.report.site.address is None
    name = next(iter(real_site.report.figures))
    page = next(
        raw
        for path, raw in real_site.site.files.items()
        if path.endswith(".html")
        and not path.startswith("figures/")
        and f'id="figure-{name}"'.encode() in raw
    )
    figure = html.document_fromstring(page).get_element_by_id(f"figure-{name}")
    assert f'src="figures/{name}.html"' in details(figure, "Embed")
    assert "Write the address of this site before the path." in details(figure, "Embed")


def test_only_pages_with_figures_ask_for_what_figures_need(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        text = gallery_site.site.files[path]
        asked = re.search(rb"lasting/figures\.[0-9a-f]{10}\.js", text) is not None
        assert asked == (b'<figure class="figure"' in text), path
