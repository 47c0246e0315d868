"""A finished page as a chapter on paper: nothing is folded, and notes stand where somebody reads.

It is read off the page, so that the two cannot say different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from evidence.figures.fonts import FAMILY
from evidence.figures.look import LIGHT
from evidence.figures.preview import BOX, THEMED
from evidence.files.editions.elements import (
    classes,
    filled,
    inside,
    leave_out,
    made,
    set_blank_apart,
    spoken,
    unwrap,
    written,
)
from evidence.files.editions.notes import NoteParts
from evidence.files.editions.numbering import number
from evidence.files.editions.ways import Ways
from evidence.finished.facts import parsed
from evidence.model.picture import FOLDER as PICTURES

# What is there for screens alone: ways around the site, fields, what a script needs, what stands twice
LEFT_OUT_TAGS = {"nav", "script", "form", "button"}
LEFT_OUT = {
    "figure-narrow", "handover", "downloads", "page-links", "note-back", "join-lead", "onward-pages", "coverage",
    "sign", "cite", "count", "external", "notes", "offered",
}  # fmt: skip
MANY = 8  # columns of a table that is set smaller
FOR_SCREENS = re.compile(r"data-(?!number).*|role|tabindex|aria-.*|target")
FONT = re.compile(r'font-family="[^"]*"')
# Read from the text of the page, because in HTML the names in drawings lose their capitals
DRAWING = re.compile(r'<svg (?=[^>]*class="figure-wide").*?</svg>', re.DOTALL)
TEXT = re.compile(r"<text(?![^<>]* fill=)")
FIGURE = "evidence:figure/"  # where a drawing is found, before its name
PICTURE = "evidence:picture/"  # and a picture of an author, before the address of its file


@dataclass
class Chapter:
    """One page on paper. ``figures`` are drawings as SVG by their names; other texts are HTML.

    ``headings`` are anchors with words. ``studies`` and ``words`` are items of lists by their anchors, ``tables``
    the figures as tables.
    """

    key: str
    title: str = ""
    name: str = ""
    description: str = ""
    kicker: str = ""
    answer: str = ""
    overdue: str = ""
    clocks: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    studies: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)


def chapter_of(page: bytes, address: str, ways: Ways, *, deeper: bool) -> Chapter:
    """Return the page at ``address`` as a chapter; with ``deeper`` its headings are a level further down."""
    tree = parsed(page)
    main = tree.find(".//main")
    chapter = Chapter(ways.chapters[address])
    for described in tree.xpath("/html/head/meta[@name='description']"):
        chapter.description = described.get("content")
    notes = {item.get("id"): NoteParts.of(item) for item in main.xpath(".//li[@class='note']")}
    _leave_out(main)
    number(main, notes, chapter.key)
    _take_drawings(main, DRAWING.findall(page.decode()), chapter)
    _set_pictures(main)
    _unfold(main)
    _settle_tables(main)
    _settle(main, address, ways, 2 if deeper else 1)
    _take_lists(main, chapter)
    for element in main.xpath(".//span | .//a | .//b | .//strong | .//em"):
        set_blank_apart(element)
    for row in main.xpath(".//dl/div"):  # on paper a list holds names, and what is said of them
        unwrap(row)
    _head(main.find("header"), chapter)
    text = main.find("./div[@class='text']")
    for heading in text.xpath(".//*[@class='part']"):
        chapter.headings.append((heading.get("id"), spoken(heading)))
    chapter.body = inside(text)
    return chapter


def _leave_out(main: Any) -> None:
    for element in list(main.iter("*")):
        if element.getparent() is not None and (
            element.tag in LEFT_OUT_TAGS
            or not LEFT_OUT.isdisjoint(classes(element))
            or "hidden" in element.attrib
        ):
            leave_out(element)


def _take_drawings(main: Any, drawings: list[str], chapter: Chapter) -> None:
    """Put a picture with its words in place of each drawing, and set its table aside."""
    for figure, written_drawing in zip(main.xpath(".//figure[@data-bound]"), drawings, strict=True):
        name = figure.get("id").removeprefix("figure-")
        (drawing,) = figure.xpath(".//*[local-name()='svg']")
        words = [
            drawing.get("aria-label"),
            *(part.text for part in drawing.iter("{*}desc", "desc")),
        ]
        picture = made("img", {"src": f"{FIGURE}{name}", "alt": ". ".join(filter(None, words))})
        drawing.getparent().replace(drawing, picture)
        chapter.figures[name] = _standing_alone(written_drawing)
        for tools in figure.xpath(".//div[contains(@class, 'figure-tools')]"):
            for table in tools.iter("table"):
                framed = filled(made("div", {"class": "table"}), [table])
                _settle_tables(filled(made("div"), [framed]))
                for element in framed.iter("*"):
                    _bare(element)
                chapter.tables.append(written(framed))
            leave_out(tools)
        for element in (figure, figure.find("figcaption")):
            element.tag = "div"


def _set_pictures(main: Any) -> None:
    """Show each picture of an author in its largest size, with its caption and whose it is as paragraphs."""
    for figure in main.xpath(".//figure[@class='picture']"):
        shown = figure.find("img")
        largest = shown.get("srcset").split(", ")[-1].split(" ")[0]
        sides = {side: shown.get(side) for side in ("width", "height")}
        src = f"{PICTURE}{largest[largest.index(PICTURES) :]}"
        below = figure.find("figcaption")
        words = list(below)
        for said in words:
            said.tag, said.tail = "p", None
        filled(figure, [made("img", {"src": src, "alt": shown.get("alt"), **sides}), *words])
        shown.getparent().remove(shown)
        leave_out(below)
        figure.tag = "div"


def _standing_alone(drawing: str) -> str:
    """Return a drawing as a file of its own, in its light colours and in the letters of the project."""
    box = BOX.search(drawing)
    size = f' width="{box[1]}" height="{box[2]}"' if box else ""
    own = TEXT.sub(f'<text fill="{LIGHT["figure-ink"]}"', THEMED.sub(r"\1", drawing))
    return FONT.sub(f'font-family="{FAMILY}"', own.replace("<svg", f"<svg{size}", 1))


def _unfold(main: Any) -> None:
    """Open what is folded: a part with its heading, or tables whose captions say what the fold said."""
    for study in main.xpath(".//details[contains(@class, 'studies-here')]//li/a"):
        name = made("b")
        name.tail, study.tail = study.tail, None
        study.getparent().replace(study, name)
        name.append(study)
    for fold in main.xpath(".//details"):
        summary = fold.find("summary")
        for heading in summary.findall("h2"):
            heading.tail = None
            summary.addprevious(heading)
        leave_out(summary)
        fold.tag = "section" if "fold" in classes(fold) else "div"


def _settle_tables(main: Any) -> None:
    """Put captions above tables, where they stay with them; tell tables with many columns apart."""
    for table in main.xpath(".//table"):
        frame = table.getparent()
        for caption in table.findall("caption"):
            leave_out(caption)
            caption.tag = "p"
            caption.attrib.clear()
            frame.insert(0, filled(made("div", {"class": "caption"}), [caption]))
        if max((len(row) for row in table.iter("tr")), default=0) >= MANY:
            frame.set("class", f"{frame.get('class')} many")


def _settle(main: Any, address: str, ways: Ways, level: int) -> None:
    """Give every element the place, the anchor and the way that it has in the edition."""
    key = ways.chapters[address]
    for number_of_part, heading in enumerate(list(main.iter("h2", "h3", "h4"))):
        step = int(heading.tag[1])
        heading.set("class", {2: "part", 3: "point"}.get(step, "detail"))
        heading.tag = f"h{step + level - 1}"
        if heading.get("id") is None:
            heading.set("id", f"part-{number_of_part}")
    for element in list(main.iter("*")):
        if element.get("id"):
            element.set("id", ways.anchor(element.get("id"), key))
        if element.tag == "a":
            way = ways.way(element.attrib.pop("href", ""), address)
            element.set("href", way) if way else unwrap(element)
        _bare(element)
    for element in list(main.iter("p", "span")):
        if element.tag == "p" and element.get("class") and element.getparent() is not None:
            _frame(element)
        elif (
            element.tag == "span"
            and element.get("class") in {None, "plain"}
            and not element.get("id")
        ):
            unwrap(element)


def _bare(element: Any) -> None:
    for name in list(element.attrib):
        if FOR_SCREENS.fullmatch(name):
            del element.attrib[name]


def _frame(paragraph: Any) -> None:
    """Put a paragraph of a kind into a part of that kind: in Word only parts have kinds."""
    frame = made("div", {"class": paragraph.attrib.pop("class")})
    frame.tail, paragraph.tail = paragraph.tail, None
    paragraph.getparent().replace(paragraph, frame)
    frame.append(paragraph)


def _take_lists(main: Any, chapter: Chapter) -> None:
    """Set aside what stands at the end of an edition: studies and words; sources are cited there."""
    for item in main.xpath(".//section[contains(@class, 'studies-here')]//li"):
        chapter.studies[spoken(item).lower()] = inside(item)
    for word in main.xpath(".//div[@class='word']"):
        term, said = inside(word.find("dt")), inside(word.find("dd")).strip()
        chapter.words[word.get("id")] = (term, said)
    for kind in ("studies-here", "sources-here", "words"):
        for section in main.xpath(f".//section[contains(@class, '{kind}')]"):
            leave_out(section)


def _head(header: Any, chapter: Chapter) -> None:
    title = header.find("h1")
    chapter.title, chapter.name = inside(title), spoken(title)
    for name in ("kicker", "answer", "overdue"):
        for element in header.xpath(f".//div[@class='{name}']/p"):
            setattr(chapter, name, inside(element))
    for clock in header.xpath("./div[@class='clocks']/p"):
        called = spoken(clock.find("span"))
        chapter.clocks.append((called, spoken(clock).removeprefix(called).strip()))
