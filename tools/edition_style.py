"""Remake ``evidence/files/editions/reference.docx``, from which pandoc takes how a Word file looks.

    python -m tools.edition_style

It is pandoc's own, with the site's sizes and colours, styles for the kinds of paragraph that a page has, and
the number of the page at the foot. It holds no clock, so the same tool makes the same bytes.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

OUT = Path(__file__).parent.parent / "evidence/files/editions/reference.docx"
SERIF, SANS = "Georgia", "Arial"
INK, MUTED, ACCENT, RULE = "1B1D21", "565B64", "0B5D66", "D9D6CE"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # that a zip file can say
# Face, size in points, colour, bold, points before and after, line, kept with the next
Look = tuple[str, float, str, bool, float, float, float, bool]
PARAGRAPHS: dict[str, Look] = {
    "Normal": (SERIF, 10.5, INK, False, 0, 6, 1.35, False),
    "Body Text": (SERIF, 10.5, INK, False, 0, 6, 1.35, False),
    "First Paragraph": (SERIF, 10.5, INK, False, 0, 6, 1.35, False),
    "Compact": (SANS, 8, INK, False, 1.5, 1.5, 1.15, False),
    "Heading 1": (SERIF, 26, INK, True, 0, 10, 1.1, True),
    "Heading 2": (SERIF, 15, INK, True, 20, 6, 1.2, True),
    "Heading 3": (SERIF, 12, INK, True, 14, 4, 1.2, True),
    "Heading 4": (SANS, 10, INK, True, 10, 3, 1.2, True),
    "Block Text": (SERIF, 10.5, MUTED, False, 0, 6, 1.35, False),
    "Footnote Text": (SANS, 7.5, INK, False, 0, 2, 1.2, False),
    "Definition Term": (SANS, 8.5, INK, True, 5, 0, 1.3, True),
    "Definition": (SANS, 8.5, INK, False, 0, 3, 1.3, False),
    "Wordmark": (SANS, 8.5, INK, True, 0, 90, 1.2, False),
    "Kicker": (SANS, 8.5, ACCENT, True, 0, 4, 1.2, True),
    "Answer": (SERIF, 14, INK, False, 4, 16, 1.35, False),
    "Clock": (SANS, 8.5, INK, False, 0, 2, 1.3, False),
    "Imprint": (SANS, 8.5, MUTED, False, 6, 2, 1.3, False),
    "Contents": (SERIF, 10.5, INK, False, 0, 4, 1.2, False),
    "Table Title": (SANS, 9, INK, True, 10, 4, 1.2, True),
    "Table Notes": (SANS, 7.5, INK, False, 3, 10, 1.25, False),
    "Figure Title": (SERIF, 12, INK, True, 12, 2, 1.2, True),
    "Figure Words": (SANS, 8.5, MUTED, False, 2, 6, 1.3, True),
    "Figure Notes": (SANS, 8, MUTED, False, 3, 3, 1.3, False),
    "Apparatus": (SANS, 8.5, INK, False, 0, 3, 1.3, False),
}  # fmt: skip
# Name: face, size, colour, bold; no size is that of the paragraph
WORDS = {
    "Hyperlink": ("", 0, ACCENT, False),
    "Footnote Reference": (SANS, 0, ACCENT, True),
    "Small": (SANS, 7.5, MUTED, False),
    "Muted": ("", 0, MUTED, False),
}


def made() -> bytes:
    """Return the file."""
    pandoc = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    own = subprocess.run(pandoc, capture_output=True, check=True).stdout  # noqa: S603
    document = Document(io.BytesIO(own))
    styles = document.styles
    known = {style.name for style in styles}
    for name, look in PARAGRAPHS.items():
        if name not in known:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        _set_paragraph(styles[name], look)
    for name, (face, size, colour, bold) in WORDS.items():
        if name not in known:
            styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _set_words(styles[name], face, size, colour, bold=bold)
    styles["Hyperlink"].font.underline = False
    _rule_tables(styles["Table"].element)
    _set_page(document.sections[0])
    written = io.BytesIO()
    document.save(written)
    return _without_clock(written.getvalue())


def _set_paragraph(style: Any, look: Look) -> None:
    face, size, colour, bold, before, after, line, kept = look
    _set_words(style, face, size, colour, bold=bold)
    style.font.italic = False
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing, layout.keep_with_next = line, kept
    layout.widow_control = True


def _set_words(style: Any, face: str, size: float, colour: str, *, bold: bool) -> None:
    style.font.color.rgb, style.font.bold = RGBColor.from_string(colour), bold
    written = style.element.rPr.find(qn("w:color"))
    for name in [name for name in written.attrib if "theme" in name]:  # it would win
        del written.attrib[name]
    if size:
        style.font.size = Pt(size)
    if face:
        style.font.name = face
        fonts = style.element.rPr.rFonts
        for name in list(fonts.attrib):
            if "heme" in name:
                del fonts.attrib[name]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), face)


def _rule_tables(style: Any) -> None:
    """Give tables thin lines between rows, and darker ones around and below the header."""
    properties = style.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side, colour in (("top", INK), ("bottom", INK), ("insideH", RULE)):
        borders.append(_line(side, colour))
    properties.insert(1, borders)
    first = style.find(qn("w:tblStylePr"))
    words = OxmlElement("w:rPr")
    words.append(OxmlElement("w:b"))
    first.insert(0, words)
    cells = first.find(qn("w:tcPr")).find(qn("w:tcBorders"))
    cells.clear()
    cells.append(_line("bottom", INK))
    for margin in properties.find(qn("w:tblCellMar")):
        if margin.tag in {qn("w:left"), qn("w:right")}:
            margin.set(qn("w:w"), "60")


def _line(side: str, colour: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    foot = section.footer.paragraphs[0]
    run = foot.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = words
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields
    run.font.name, run.font.size = SANS, Pt(8)
    foot.alignment = 2


def _without_clock(raw: bytes) -> bytes:
    """Return a zip file in which every part has the same day."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(
                zipfile.ZipInfo(name, FIRST_DAY), before.read(name), zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def main() -> None:
    """Write the file."""
    OUT.write_bytes(made())
    print(f"{OUT.name} is written.")


if __name__ == "__main__":
    main()
