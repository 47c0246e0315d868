"""Prose to HTML: bound numbers with their notes, citations, links and terms."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from evidence.numbers.results import Results
from evidence.prose.plain_text import plain_text
from evidence.prose.typesetting import TermFinder
from evidence.prose.writer import NAME_LATER, Writer
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.projects import KEPT

ADDRESS = "remedies/honey.html"


@pytest.fixture(scope="module")
def results(gallery_site: Built) -> Results:
    """What follows from the numbers of the gallery."""
    return compute(gallery_site.report, Store(KEPT))


@pytest.fixture
def writer(results: Results) -> Writer:
    """A writer for one page of the gallery."""
    return Writer(results.report, results, TermFinder(results.report.terms.values()), ADDRESS)


def element(html: str) -> HtmlElement:
    return fragment_fromstring(html, create_parent="div")


def link(html: str) -> tuple[str, str]:
    (found,) = element(html).iter("a")
    return str(found.get("href")), found.text_content()


def test_a_bound_number_is_a_link_to_its_note(writer: Writer) -> None:
    html = writer.inline("It was [[colds-2021/pooled]].")
    (found,) = element(html).iter("a")
    assert found.get("class") == "bound"
    assert found.get("href") == "#note-colds-2021--pooled"
    assert found.text_content() == "48.9%"
    assert element(html).text_content() == "It was 48.9% (95% CI 40.8 to 56.9)."


def test_a_finding_used_twice_has_one_note_with_both_uses(writer: Writer) -> None:
    writer.inline("[[colds-2021/pooled]] and [[colds-2021/pooled|per-100]]")
    (note,) = writer.notes.values()
    assert (note.number, note.uses) == (1, ["use-1", "use-2"])


def test_notes_are_numbered_in_order_of_first_use(writer: Writer) -> None:
    writer.inline("[[colds-2021/one]], [[colds-2021/pooled]], [[colds-2021/one]]")
    assert [(each.address, each.number) for each in writer.notes.values()] == [
        ("colds-2021/one", 1),
        ("colds-2021/pooled", 2),
    ]


def test_a_note_says_all_that_was_reported_and_where_it_stands(writer: Writer) -> None:
    writer.inline("[[rest-2020/better|of]]")
    (note,) = writer.notes.values()
    assert note.reported.text == "37 of 40; 92.5%; 95% CI 79.6 to 98.4"
    assert note.from_counts == "92.5% (95% CI 79.6 to 98.4)"
    assert (note.source.short, note.finding.locator) == ("Pillow 2020", "Press release")


@pytest.mark.parametrize(
    ("prose", "href", "words"),
    [
        ("[[rest-2020]]", "../studies/rest-2020.html", "Rest in bed"),
        ("[[rest-2020|a study]]", "../studies/rest-2020.html", "a study"),
        ("[[page:methods]]", "../methods.html", "Methods"),
        ("[[page:remedies/index|all]]", "index.html", "all"),
        ("[[claim:newspaper/harm|said]]", "../claims/newspaper.html#harm", "said"),
        ("[@honey-2019]", "../sources/honey-2019.html", "Bee 2019"),
        ("[text](../about.html)", "../about.html", "text"),
    ],
)
def test_a_reference_becomes_a_relative_link(
    prose: str, href: str, words: str, writer: Writer
) -> None:
    assert link(writer.inline(prose)) == (href, words)


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("index.html", "../index.html"),
        ("remedies/index.html", "index.html"),
        ("remedies/honey.html#a", "#a"),
        ("remedies/index.html#a", "index.html#a"),
        ("static/site.css", f"../static/{NAME_LATER}site.css"),
        ("static/icon.svg", "../static/icon.svg"),
    ],
)
def test_links_are_relative_to_the_page(address: str, href: str, writer: Writer) -> None:
    assert writer.href(address) == href


def test_a_page_that_is_shown_deeper_goes_up_first(writer: Writer) -> None:
    writer.address, writer.up = "404.html", "../../"
    assert writer.href("remedies/honey.html#a") == "../../remedies/honey.html#a"
    assert writer.href("404.html#a") == "#a"


def test_a_citation_has_its_locator_in_brackets(writer: Writer) -> None:
    assert element(writer.inline("So [@honey-2019, Table 2].")).text_content() == (
        "So (Bee 2019, Table 2)."
    )


def test_a_number_without_evidence_is_printed_plainly(writer: Writer) -> None:
    assert writer.inline("In [[=3]] steps") == 'In <span class="plain">3</span> steps'


def test_only_the_first_use_of_a_term_is_a_link(writer: Writer) -> None:
    html, _ = writer.block("A placebo and a placebo.")
    assert link(html) == ("#term-placebo", "placebo")
    assert list(writer.terms) == ["placebo"]


def test_terms_are_not_marked_in_single_lines(writer: Writer) -> None:
    assert writer.inline("A placebo.") == "A placebo."


@pytest.mark.parametrize(
    ("prose", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("1. One\n2. Two", "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>"),
        ("Word\n:   Meaning", "<dl>\n<dt>Word</dt>\n<dd>Meaning</dd>\n</dl>"),
    ],
)
def test_the_text_of_a_page_is_always_read_as_markdown(
    prose: str, html: str, writer: Writer
) -> None:
    assert str(writer.block(prose)[0]).strip() == html


def test_headings_stand_in_the_contents_as_they_are_read(writer: Writer) -> None:
    _, headings = writer.block("## What [[colds-2021/one]] says\n\nText.")
    assert [text for _, text in headings] == ["What 1 study says"]


def test_signs_of_html_in_prose_are_escaped(writer: Writer) -> None:
    assert writer.inline("A & B") == "A &amp; B"


@pytest.mark.parametrize(
    ("prose", "text"),
    [
        ("It was [[colds-2021/pooled]].", "It was 48.9% (95% CI 40.8 to 56.9)."),
        ("[[rest-2020]] and [[rest-2020|that]]", "Rest in bed and that"),
        ("See [[page:methods]].", "See Methods."),
        ("In [[=3]] steps", "In 3 steps"),
        ("So it is [@honey-2019, Table 2].", "So it is."),
        ("So it is [@honey-2019; @colds-2021].", "So it is."),
        ("Two\nlines", "Two lines"),
    ],
)
def test_plain_text_is_what_a_reader_would_say(
    prose: str, text: str, gallery_site: Built, writer: Writer
) -> None:
    assert plain_text(prose, gallery_site.report, writer.results.findings) == text


def test_the_words_of_a_bound_number_are_the_same_in_html_and_plain_text(
    gallery_site: Built, writer: Writer
) -> None:
    for address in gallery_site.report.findings:
        prose = f"[[{address}]]"
        assert element(writer.inline(prose)).text_content() == writer.plain(prose)
