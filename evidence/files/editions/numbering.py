"""Numbers get their notes where somebody reads: footnotes in the text, letters in tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.files.editions.elements import classes, filled, made, spoken
from evidence.files.editions.notes import NoteParts, Told, letter

SHORT = 14  # letters of a number that stays on its line
WHOLE = "#"  # begins an anchor that was made here, and is not that of the page


def number(main: Any, notes: Mapping[str, NoteParts], key: str) -> None:
    """Give every bound number its note; ``notes`` are those of the page by their anchors.

    A footnote is not said again: where its number stands once more, a raised figure leads to it.
    """
    given: dict[str, int] = {}
    told = Told()
    for link in main.xpath(".//a[@data-note and not(ancestor::table)]"):
        name = _no_link(link)
        if name not in notes:
            continue
        first = name not in given
        place = given.setdefault(name, len(given) + 1)
        anchor = f"{key}-note-{place}"
        if first:
            attributes = {"class": "footnote", "id": f"{WHOLE}{anchor}", "data-number": str(place)}
            parts = notes[name].for_foot(told.named(str(place)))
            link.append(filled(made("span", attributes), parts))
        else:
            link.append(_mark(str(place), anchor))
    for place, table in enumerate(main.xpath(".//table[.//a[@data-note]]"), start=1):
        _letter(table, notes, f"{key}-table-{place}", Told(told.facts))


def _no_link(link: Any) -> str:
    """Make words of the link of a number, and return the anchor of its note."""
    link.tag = "span"
    if len(spoken(link)) <= SHORT:
        link.set("class", f"{link.get('class', '')} short".strip())
    del link.attrib["data-note"]
    return str(link.attrib.pop("href", "")).removeprefix("#")


def _mark(words: str, target: str) -> Any:
    return made("a", {"class": "mark", "href": f"#{WHOLE}{target}"}, words)


def _letter(table: Any, notes: Mapping[str, NoteParts], key: str, told: Told) -> None:
    """Put the notes of a table below it, each once, with letters that lead to them.

    A letter stands once in a row: mostly one finding fills several cells.
    """
    frame = table.getparent()
    compared = "comparison" in classes(frame)
    letters: dict[str, str] = {}
    below: list[Any] = []
    for row in table.iter("tr", "caption"):
        in_row: set[str] = set()
        for link in row.xpath(".//a[@data-note]"):
            name = _no_link(link)
            if name not in notes:
                continue
            words = notes[name].key(compared=compared)
            if words not in letters:
                letters[words] = letter(len(letters))
                parts = notes[name].for_table(told.named(letters[words]), compared=compared)
                note = filled(made("span"), parts)
                note.set("id", f"{WHOLE}{key}-{letters[words]}")
                below += [_lettered(letters[words], note), " "]
            if words not in in_row:
                link.append(_mark(letters[words], f"{key}-{letters[words]}"))
                in_row.add(words)
    if below:
        after = frame.getnext()
        place = after if after is not None and "below-table" in classes(after) else frame
        place.addnext(filled(made("p", {"class": "table-notes"}), below))


def _lettered(name: str, note: Any) -> Any:
    mark = made("b", {"class": "letter"}, name)
    mark.tail = f" {note.text or ''}"
    note.text = None
    note.insert(0, mark)
    return note
