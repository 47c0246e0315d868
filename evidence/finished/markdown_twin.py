"""A finished page as Markdown: its text, tables and numbers with their sources, and nothing around it.

It is read off the page, so that the two cannot say different things. A number leads to a footnote where it
led to a note; links lead to the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence.finished.facts import parsed
from evidence.store import Made

# What is there for eyes and hands alone: ways around the site, drawings, fields, what a script needs
LEFT_OUT_TAGS = {
    "nav", "script", "style", "svg", "form", "button", "select", "input", "iframe", "template", "noscript",
}  # fmt: skip
LEFT_OUT_CLASSES = {
    "handover", "downloads", "page-links", "note-back", "note-close", "coverage", "join-lead", "skip",
    "figure-frame", "cite-number",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = {
    "a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "img", "kbd", "mark", "math", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "var", "wbr",
}  # fmt: skip
MARKED = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~"}
SPECIAL = re.compile(r"[\\`*_\[\]<|]")
BLANKS = re.compile(r"[ \t\r\n]+")
NOTE = "note-"
FOOTMARK = "footmark"  # what leads to a footnote, by whose letters it is called
FOOTNOTE = "footnote-"
Blocks = list[str]


def markdown_twin(page: bytes, address: str) -> Made:
    """Return the main part of a page as Markdown; ``address`` is that of the page, which stands below the title."""
    tree = parsed(page)
    main = None if tree is None else tree.find(".//main")
    if main is None:
        return Made(None)
    reader = _Reader()
    blocks = reader.blocks(main)
    title = next((block for block in blocks if block.startswith("# ")), None)
    if title is not None:
        blocks.remove(title)
        link = f"<{address}>" if "://" in address else f"[{address}]({address})"
        blocks = [title, link, *blocks]
    return Made(None, ("\n\n".join(blocks) + "\n").encode())


@dataclass
class _Reader:
    """Reads elements as Markdown; ``numbers`` are those of the notes, by their anchors."""

    numbers: dict[str, str] = field(default_factory=dict)

    def blocks(self, element: Any) -> Blocks:
        """Return what stands in an element as blocks of Markdown."""
        found: Blocks = []
        line = _text(element.text)
        for child in element.iterchildren():
            if isinstance(child.tag, str) and not _is_left_out(child):
                if child.tag in INLINE:
                    line = _joined(line, child, self.inline_of(child))
                else:
                    found += [*_closed(line), *self.block(child)]
                    line = ""
            line += _text(child.tail)
        return [*found, *_closed(line)]

    def block(self, element: Any) -> Blocks:
        """Return one element that is a block of its own."""
        tag, classes = element.tag, element.get("class", "").split()
        if tag in HEADINGS:
            words = self.inside(element)
            return [f"{'#' * HEADINGS[tag]} {words}"] if words else []
        if "note" in classes and tag == "li":
            return self.note(element)
        if tag == "section" and "footnotes" in classes:
            return [block for item in element.iter("li") for block in self.footnote(item)]
        if tag == "figure" and "picture" in classes:
            return self.picture(element)
        readers: dict[str, Callable[[Any], Blocks]] = {
            "p": self.paragraph, "ul": self.items, "ol": self.items, "dl": self.terms,
            "table": self.table, "pre": _code, "blockquote": self.quoted, "details": self.details,
            "summary": self.summary,
        }  # fmt: skip
        return readers.get(tag, self.blocks)(element)

    def paragraph(self, element: Any) -> Blocks:
        words = self.inside(element)
        bold = {"figure-title"} & set(element.get("class", "").split())
        return [f"**{words}**" if bold else words] if words else []

    def picture(self, element: Any) -> Blocks:
        """Return a picture with its address, and whose it is below it."""
        found: Blocks = []
        for shown in element.iter("img"):
            src = shown.get("src", "")
            found.append(f"![{_text(shown.get('alt'))}]({src})")
        for said in element.iter("figcaption"):
            found += [words for part in said.iterchildren() if (words := self.inside(part))]
        return found

    def summary(self, element: Any) -> Blocks:
        heading = next((child for child in element.iter(*HEADINGS)), None)
        if heading is not None:
            return self.block(heading)
        words = self.inside(element)
        return [f"**{words}**"] if words else []

    def details(self, element: Any) -> Blocks:
        """Return what is folded; of a figure's tools only its table."""
        classes = element.get("class", "").split()
        if "figure-more" in classes:
            return [block for table in element.iter("table") for block in self.table(table)]
        return self.blocks(element)

    def quoted(self, element: Any) -> Blocks:
        return ["\n>\n".join(f"> {block}" for block in self.blocks(element))]

    def items(self, element: Any) -> Blocks:
        """Return a list: notes as footnotes, everything else as an item a line."""
        if "note-list" in element.get("class", "").split():
            return [block for item in element.iterchildren("li") for block in self.note(item)]
        lines = []
        for place, item in enumerate(element.iterchildren("li"), start=1):
            mark = f"{place}." if element.tag == "ol" else "-"
            inner = self.blocks(item)
            if inner:
                indent = " " * (len(mark) + 1)
                lines.append(f"{mark} " + "\n".join(inner).replace("\n", f"\n{indent}"))
        return ["\n".join(lines)] if lines else []

    def terms(self, element: Any) -> Blocks:
        lines, name = [], ""
        for part in element.iter("dt", "dd"):
            words = " ".join(self.blocks(part))
            if part.tag == "dt":
                name = words
            elif words:
                lines.append(f"- {name}: {words}" if name else f"- {words}")
        return ["\n".join(lines)] if lines else []

    def footnote(self, element: Any) -> Blocks:
        """Return a footnote of the text: what belongs to it stands four blanks in."""
        name = element.get("id").removeprefix(FOOTNOTE)
        words = "\n\n".join(self.blocks(element)).replace("\n", "\n    ")
        return [f"[^{name}]: {words}"]

    def note(self, element: Any) -> Blocks:
        """Return the note of a number as a footnote in one line."""
        number = self.numbers.get(element.get("id", ""), "")
        parts = []
        for block in self.blocks(element):
            parts += [line.removeprefix("- ") for line in block.split("\n")]
        return [f"[^{number}]: {'; '.join(parts)}"] if number and parts else []

    def table(self, element: Any) -> Blocks:
        """Return a table; a row of one cell across all of it is the name of those below."""
        found: Blocks = []
        caption = element.find("caption")
        if caption is not None:
            found += [f"**{words}**" for words in [self.inside(caption)] if words]
        rows = [
            [self.cell(cell) for cell in row.iterchildren("th", "td")] for row in element.iter("tr")
        ]
        rows = [row for row in rows if any(row)]
        width = max(map(len, rows), default=0)
        lines = []
        for place, row in enumerate(rows):
            cells = [f"**{row[0]}**" if len(row) < width and place else row[0], *row[1:]]
            lines.append(f"| {' | '.join([*cells, *[''] * (width - len(row))])} |")
            if place == 0:
                lines.append(f"|{' --- |' * width}")
        return [*found, "\n".join(lines)] if lines else found

    def cell(self, element: Any) -> str:
        return " ".join(block.replace("\n", " ") for block in self.blocks(element))

    def inside(self, element: Any) -> str:
        """Return all that an element says as one line."""
        words = _text(element.text)
        for child in element.iterchildren():
            if isinstance(child.tag, str) and not _is_left_out(child):
                words = _joined(words, child, self.inline_of(child))
            words += _text(child.tail)
        return BLANKS.sub(" ", words).strip()

    def inline_of(self, element: Any) -> str:
        """Return one element in a line of text."""
        tag = element.tag
        if tag in {"br", "wbr"}:
            return "; " if tag == "br" else ""
        if tag == "img":
            return _text(element.get("alt"))
        if tag in {"code", "math"}:
            return f"`{''.join(element.itertext())}`"
        words = self.inside(element)
        if tag == "a":
            words = self.link(element, words)
        elif tag in MARKED and words:
            words = f"{MARKED[tag]}{words}{MARKED[tag]}"
        around = "".join(element.itertext())
        return f"{' ' if around[:1].isspace() else ''}{words}{' ' if around[-1:].isspace() else ''}"

    def link(self, element: Any, words: str) -> str:
        """Return a link; one to the note of a number is a mark of a footnote, others on the page are words."""
        href = element.get("href", "")
        if element.get("class") == FOOTMARK:
            return f"[^{words}]"
        if href.startswith(f"#{NOTE}") and element.get("data-note"):
            number = element.get("data-note")
            self.numbers[href[1:]] = number
            return f"{words}[^{number}]"
        if not href or href.startswith("#") or not words:
            return words
        return f"[{words}]({href.replace(' ', '%20').replace(')', '%29')})"


def _is_left_out(element: Any) -> bool:
    classes = element.get("class", "").split()
    return (
        element.tag in LEFT_OUT_TAGS
        or not LEFT_OUT_CLASSES.isdisjoint(classes)
        or element.get("aria-hidden") == "true"
        or "hidden" in element.attrib
    )


def _text(text: str | None) -> str:
    return SPECIAL.sub(r"\\\g<0>", BLANKS.sub(" ", text)) if text else ""


def _joined(before: str, element: Any, words: str) -> str:
    """Return what stands before an element and the words in it; a span with a line of its own is set apart."""
    classes = set(element.get("class", "").split()) - {"visually-hidden"}
    apart = element.tag == "span" and any("-" in name for name in classes)
    if apart and words.strip() and before and not before[-1].isspace():
        return f"{before}; {words}"
    return f"{before}{words}"


def _closed(line: str) -> Iterator[str]:
    words = BLANKS.sub(" ", line).strip()
    if words:
        yield words


def _code(element: Any) -> Blocks:
    return [f"```\n{''.join(element.itertext()).strip(chr(10))}\n```"]
