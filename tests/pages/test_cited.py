"""A reference manager takes the paper from the page of a paper, and nothing that is not true."""

from __future__ import annotations

from evidence.model.bibliography import Name
from evidence.pages.cited import citation_of
from evidence.run import Built


def test_the_page_of_a_paper_carries_the_paper(gallery_site: Built) -> None:
    source = gallery_site.report.sources["honey-2019"]
    tags = citation_of(source)
    page = gallery_site.site.files["sources/honey-2019.html"].decode()
    assert ("citation_title", source.title) in tags
    assert ("citation_doi", source.doi) in tags
    assert ("citation_public_url", f"https://doi.org/{source.doi}") in tags
    assert len([name for name, _ in tags if name == "citation_author"]) == len(source.author)
    assert page.count('<meta name="citation_') == len(tags)


def test_no_tag_says_that_the_text_of_the_paper_is_here(gallery_site: Built) -> None:
    for source in gallery_site.report.sources.values():
        tags = dict(citation_of(source))
        assert not tags.keys() & {"citation_pdf_url", "citation_fulltext_html_url"}
        assert "example.org/colds" not in tags.get("citation_public_url", "")


def test_only_papers_have_them(gallery_site: Built) -> None:
    papers = {
        f"sources/{source.id}.html"
        for source in gallery_site.report.sources.values()
        if source.is_paper
    }
    site = gallery_site.site
    assert papers == {path for path in site.pages() if b'name="citation_' in site.files[path]}


def test_pages_names_and_dates_are_written_as_readers_of_them_expect(gallery_site: Built) -> None:
    names = (Name(family="Lee", given="Ann"), Name(literal="The Group"), Name(literal="and others"))
    paper = gallery_site.report.sources["honey-2019"]
    tags = citation_of(paper.model_copy(update={"author": names, "page": "12–19"}))
    assert [words for name, words in tags if name == "citation_author"] == ["Lee, Ann", "The Group"]
    assert ("citation_firstpage", "12") in tags
    assert ("citation_lastpage", "19") in tags
    assert all("-" not in words for name, words in tags if name == "citation_publication_date")
