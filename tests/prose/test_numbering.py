"""Figures and tables have numbers by where they stand, and prose can name them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import Markup

from evidence.numbers.results import Results
from evidence.prose.numbering import captions, shown_by
from evidence.prose.typesetting import TermFinder
from evidence.prose.writer import Writer
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.projects import KEPT, MINIMAL, build_here, make_project

TABLE = "| Step | Done |\n| --- | --- |\n| First | Read |\n"
HEAD = "---\ntitle: Methods\nkind: plain\n---\n"


@pytest.fixture(scope="module")
def results(gallery_site: Built) -> Results:
    """What follows from the numbers of the gallery."""
    return compute(gallery_site.report, Store(KEPT))


def shown(writer: Writer, name: str) -> Markup:
    """Return what stands for a figure: its caption."""
    return Markup("<p>{}{}</p>").format(writer.numbered(f"figure:{name}", f"figure-{name}"), name)


@pytest.fixture
def writer(results: Results) -> Writer:
    """A writer that shows figures as their captions."""
    finder = TermFinder(results.report.terms.values())
    return Writer(results.report, results, finder, "remedies/honey.html", figure=shown)


def written(writer: Writer, prose: str) -> HtmlElement:
    return fragment_fromstring(str(writer.block(prose)[0]), create_parent="div")


def numbers(page: HtmlElement) -> list[str]:
    return [label.text_content() for label in page.xpath(".//*[@class='numbered plain']")]


def test_figures_and_tables_are_counted_apart_in_the_order_in_which_they_stand(
    writer: Writer,
) -> None:
    prose = f"![[colds-forest]]\n\n{TABLE}\nTable: One\n\n![[remission]]\n\n{TABLE}\nTable: Two"
    assert numbers(written(writer, prose)) == ["Figure 1.", "Table 1.", "Figure 2.", "Table 2."]


def test_a_reference_has_the_number_of_what_it_names_before_and_after_it(writer: Writer) -> None:
    prose = f"See [[table:b]].\n\n{TABLE}\nTable: A {{#a}}\n\n{TABLE}\nTable: B {{#b}}\n\nAs [[table:a]]."
    links = [(link.text_content(), link.get("href")) for link in written(writer, prose).iter("a")]
    assert links == [("Table 2", "#table-b"), ("Table 1", "#table-a")]


def test_a_reference_may_have_words_of_its_own(writer: Writer) -> None:
    prose = f"See [[table:a|the steps <1>]].\n\n{TABLE}\nTable: A {{#a}}"
    (link,) = written(writer, prose).iter("a")
    assert (link.text_content(), link.get("href")) == ("the steps <1>", "#table-a")


def test_a_caption_names_its_table(writer: Writer) -> None:
    page = written(writer, f"{TABLE}\nTable: The *steps*,\nin order {{#steps}}")
    (box,) = page.xpath("./div")
    caption = page.get_element_by_id(str(box.get("aria-labelledby")))
    assert caption.tag == "caption"
    assert caption.text_content().replace("\n", " ") == "Table 1. The steps, in order"
    assert (box.get("id"), box.get("aria-label")) == ("table-steps", None)


def test_a_table_without_a_caption_has_no_number(writer: Writer) -> None:
    page = written(writer, f"{TABLE}\n{TABLE}\nTable: Second")
    assert numbers(page) == ["Table 1."]
    assert [bool(box.xpath(".//caption")) for box in page.xpath("./div")] == [False, True]


def test_words_that_are_terms_of_the_glossary_do_not_break_a_number(writer: Writer) -> None:
    term = next(iter(writer.report.terms.values()))
    page = written(writer, f"{TABLE}\nTable: Of {term.term} {{#{term.id}}}")
    assert numbers(page) == ["Table 1."]
    assert page.xpath(f".//caption//a[@href='#term-{term.id}']")


def test_a_mark_that_is_typed_is_taken_out(writer: Writer) -> None:
    page = written(writer, "A <shown figure:x figure-x> and <named figure:x y> here.")
    assert "Figure" not in page.text_content()


def test_prose_that_shows_nothing_numbers_nothing(writer: Writer) -> None:
    assert str(writer.numbered("figure:x", "figure-x")) == ""
    assert writer.plain("See [[figure:colds]], [[table:a|that]].") == "See the figure, that."


def test_what_a_text_shows() -> None:
    text = (
        "![[one]] ![[one|results]] ![[outcome:two]] ![[summary]] `![[no]]`\n\n"
        f"{TABLE}\nTable: A\ncaption {{#of-two-lines}}\n\n```\nTable: no {{#no}}\n```\n"
    )
    expected = ["figure:one", "table:two", "table:summary", "table:of-two-lines"]
    assert shown_by(text) == expected
    (caption,) = captions(text)
    assert caption.words == "A\ncaption"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("See [[table:step]].\n\nTABLE\nTable: S {#steps}", "Did you mean 'steps'?"),
        ("See [[figure:steps]].\n\nTABLE\nTable: S {#steps}", "None is shown here."),
        ("See [[table:x]].", "link with [[page:...]]"),
        ("TABLETable: Close", "the caption 'Close' would be a row of the table above it"),
        ("Words.\n\nTable: Alone", "no table stands above the caption 'Alone'"),
        ("TABLE\nTable: {#steps}", "this caption has no words"),
        ("TABLE\nTable: A {#Steps}", "'Steps' cannot be the id of a table"),
        ("TABLE\nTable: A {#a}\n\nTABLE\nTable: B {#a}", "two tables of this page have the id 'a'"),
    ],
)
def test_what_cannot_be_numbered_is_told_at_its_line(body: str, said: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    (project / "content/methods.md").write_text(HEAD + body.replace("TABLE", TABLE), "utf-8")
    printed = build_here(project)
    assert printed.code == 1
    assert said in printed.problems
    assert "content/methods.md:" in printed.problems


def test_a_number_is_named_only_where_a_page_shows_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    about = project / "content/about.md"
    about.write_text(about.read_text("utf-8").replace("title: About", "title: See [[table:a]]"))
    printed = build_here(project)
    assert "content/about.md:2:" in printed.problems
    assert "[numbered-here]" in printed.problems
