"""Topics as files to hold: what stands in the PDF and Word files, and for whom they can be read."""

from __future__ import annotations

import hashlib
import io
import itertools
import logging
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import page as verapdf
import pikepdf
import pytest
from docx import Document
from lxml import html

from evidence.files.editions import libraries
from evidence.files.editions.plan import editions
from evidence.finished.file import Files
from evidence.prose.uses import uses_of
from evidence.run import Built
from evidence.store import Kept, Store
from tests.projects import KEPT

TOPIC, SECTION, WHOLE = "remedies/honey", "remedies/index", "whole"
Tree = list[tuple[str, Any]]


class TopicAnew(Store):
    """The store of all tests, in which nothing of one topic is kept."""

    def keep_all(self, function: Any, values: Any, *, of: Any = None, share: int = 0) -> list[Kept]:
        kept = []
        for value in values:
            anew = value[0]["addresses"] == (f"{TOPIC}.html",)
            store = Store(None) if anew else Store(KEPT)
            kept += store.keep_all(function, [value], of=of, share=share)
        return kept


@pytest.fixture(scope="module")
def held(gallery_site: Built) -> Mapping[str, bytes]:
    """The editions of the gallery by path; skipped where they cannot be made, but not on CI."""
    problems = [str(problem) for problem in libraries.missing()]
    if problems and os.environ.get("CI"):
        pytest.fail("\n".join(problems))
    if problems:
        pytest.skip(problems[0])
    report = gallery_site.report
    return Files(editions(gallery_site.site, report, uses_of(report), Store(KEPT)))


@pytest.fixture(scope="module", params=[TOPIC, SECTION, WHOLE])
def pdf(held: Mapping[str, bytes], request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    """Each of the PDF files, opened."""
    with pikepdf.open(io.BytesIO(held[f"reports/{request.param}.pdf"])) as opened:
        yield opened


@pytest.fixture(scope="module")
def word(held: Mapping[str, bytes]) -> Any:
    """The Word file of a topic, opened."""
    return Document(io.BytesIO(held[f"reports/{TOPIC}.docx"]))


def tagged(pdf: pikepdf.Pdf) -> Tree:
    """Return every element of the tags with its kind, in order."""
    found: Tree = []
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += reversed(list(element))
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((str(element.S), element))
            waiting.append(element.get("/K", pikepdf.Array()))
    return found


def page_of(built: Built, name: str) -> Any:
    return html.fromstring(built.site.files[f"{name}.html"])


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_topic_and_a_section_are_held_in_two_forms_and_all_in_one(
    held: Mapping[str, bytes],
) -> None:
    forms = {f"reports/{name}.{end}" for name in (TOPIC, SECTION) for end in ("pdf", "docx")}
    assert set(held) == {*forms, "reports/whole.pdf"}


def test_a_pdf_keeps_the_rules_of_pdf_ua(held: Mapping[str, bytes]) -> None:
    for path in held:
        if path.endswith(".pdf"):
            profile = verapdf.ValidationProfile.PDF_UA_1
            checked = verapdf.validate_pdf_bytes(held[path], profile=profile)
            assert [failure.message for failure in checked.failures] == [], path
            assert checked.is_compliant, path


def test_a_pdf_says_its_language_title_and_day(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo["/Title"]) in {"Honey", "Remedies", "Remedies for the common cold"}
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:2026")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_pdf_has_an_outline_of_its_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert "Contents" in titles
    assert {"References", "Remedies"} & set(titles)


def test_headings_go_down_one_step_at_a_time(pdf: pikepdf.Pdf) -> None:
    levels = [int(kind[2]) for kind, _ in tagged(pdf) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_figure_has_words(pdf: pikepdf.Pdf) -> None:
    figures = [element for kind, element in tagged(pdf) if kind == "/Figure"]
    assert figures
    assert all(len(str(figure.Alt)) > 20 for figure in figures)


def test_every_header_cell_says_what_it_heads(pdf: pikepdf.Pdf) -> None:
    cells = [element for kind, element in tagged(pdf) if kind == "/TH"]
    assert {str(cell.A.Scope) for cell in cells} == {"/Column", "/Row"}


def test_running_titles_are_no_part_of_the_text(pdf: pikepdf.Pdf) -> None:
    marked = [
        str(instruction.operands[0])
        for instruction in pikepdf.parse_content_stream(pdf.pages[2])
        if str(instruction.operator) == "BDC"
    ]
    assert marked.count("/Artifact") >= 3  # the site, the chapter, the number of the page


def test_a_pdf_is_set_in_our_own_letters_and_brings_them(pdf: pikepdf.Pdf) -> None:
    fonts = [part for part in pdf.objects if getattr(part, "keys", None) and "/FontName" in part]
    named = {str(font.FontName).partition("+")[2] for font in fonts}
    assert named
    assert all(name.startswith(("Evidence-Sans", "Evidence-Serif")) for name in named), named
    assert all("/FontFile2" in font for font in fonts)


def test_a_number_of_the_text_has_its_note_at_the_foot(
    held: Mapping[str, bytes], gallery_site: Built
) -> None:
    main = page_of(gallery_site, TOPIC).find(".//main")
    links = main.xpath(".//a[@data-note and not(ancestor::table) and not(ancestor::details)]")
    with pikepdf.open(io.BytesIO(held[f"reports/{TOPIC}.pdf"])) as opened:
        notes = [element for kind, element in tagged(opened) if kind == "/Note"]
    assert len(notes) == len({link.get("href") for link in links}) > 10
    assert len({str(note.ID) for note in notes}) == len(notes)


def test_references_are_those_of_the_page_in_full(
    held: Mapping[str, bytes], gallery_site: Built
) -> None:
    page = page_of(gallery_site, TOPIC)
    listed = page.xpath("//details[contains(@class, 'sources-here')]//li/a[1]")
    assert listed
    document = Document(io.BytesIO(held[f"reports/{TOPIC}.docx"]))
    texts = [paragraph.text for paragraph in document.paragraphs]
    references = texts[texts.index("References", texts.index("References") + 1) + 1 :]
    assert len(references) == len(listed)
    for link, reference in zip(listed, references, strict=True):
        assert reference.startswith(f"{words(link)}. ")
        assert re.search(r"Read (?:\d+ )?\w+ 20\d\d", reference)


def test_what_is_in_short_stands_in_both_forms(word: Any, gallery_site: Built) -> None:
    items = page_of(gallery_site, TOPIC).xpath("//section[@class='in-short']//li")
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert len(items) > 3
    for item in items:
        start = re.split(r"\d", words(item))[0]
        assert len(start) > 10
        assert any(" ".join(text.split()).startswith(start) for text in texts), start


def test_nothing_that_is_folded_on_the_page_is_left_out(word: Any, gallery_site: Built) -> None:
    page = page_of(gallery_site, TOPIC)
    assert page.xpath("//details[contains(@class, 'behind')]//table")
    tables = page.xpath("//main//table")
    assert len(word.tables) == len(tables)
    rows = sum(len(table.rows) for table in word.tables)
    assert rows == len(page.xpath("//main//table//tr"))


def test_a_word_file_has_headings_header_rows_and_footnotes(
    held: Mapping[str, bytes], word: Any
) -> None:
    headings = [each.text for each in word.paragraphs if each.style.name.startswith("Heading")]
    assert headings[0] == "Honey"
    assert {"In short", "What this cannot tell you", "References"} <= set(headings)
    with zipfile.ZipFile(io.BytesIO(held[f"reports/{TOPIC}.docx"])) as parts:
        text = parts.read("word/document.xml").decode()
    with pikepdf.open(io.BytesIO(held[f"reports/{TOPIC}.pdf"])) as opened:
        notes = [kind for kind, _ in tagged(opened) if kind == "/Note"]
    assert text.count("<w:footnoteReference") == len(notes)
    assert text.count("w:tblHeader") == len(word.tables) > 3
    pictures = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', text)
    assert len(pictures) == text.count("<pic:pic") == 5  # three figures, two pictures
    assert all(len(alternative) > 20 and ":" not in alternative[:6] for alternative in pictures)
    assert "base64" not in text


def test_the_same_pages_make_the_same_bytes_and_nothing_is_missing(
    held: Mapping[str, bytes], gallery_site: Built, caplog: pytest.LogCaptureFixture
) -> None:
    report = gallery_site.report
    with caplog.at_level(logging.WARNING, "weasyprint"):
        again = editions(gallery_site.site, report, uses_of(report), TopicAnew(KEPT))
    assert [record.getMessage() for record in caplog.records] == []
    assert {path: file.digest for path, file in Files(again).by_path.items()} == {
        path: hashlib.sha256(held[path]).hexdigest() for path in held
    }
