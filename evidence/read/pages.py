"""From the files of content to pages: front matter, text, and where each of them begins."""

from __future__ import annotations

from pydantic import BaseModel

from evidence.model.page import FrontMatter, Page
from evidence.problems import Problem
from evidence.read.front_matter import parted
from evidence.read.reading import Reading, check_name
from evidence.read.sources import Sources
from evidence.read.yaml_file import Document
from evidence.store import Made, Store


def read_pages(reading: Reading, store: Store) -> dict[str, Page]:
    """Read content: one page a Markdown file.

    Front matter that was found sound is kept, that of all pages together: most edits are to the
    text below it.
    """
    parts: dict[str, tuple[str, str]] = {}
    for file in reading.sources.below("content/", ".md"):
        name = _page_name(file)
        for part in name.split("/"):
            check_name(reading, file, part)
        front_and_body = _front_and_body(reading, file)
        if front_and_body is None:
            reading.broken.add(f"page:{name}")
        else:
            parts[file] = front_and_body
    fronts = _fronts(reading, {file: front for file, (front, _) in parts.items()}, store)
    return {
        _page_name(file): Page(
            id=_page_name(file),
            front=fronts[file],
            body=body,
            body_line=reading.sources.texts[file].count("\n", 0, -len(body) or None) + 1,
            title_line=_title_line(front),
        )
        for file, (front, body) in parts.items()
        if file in fronts
    }


def _title_line(front: str) -> int:
    """Return the line of a file on which its title stands, or the shorter one."""
    lines = front.split("\n")
    places = [
        place
        for key in ("short:", "title:")
        for place, line in enumerate(lines)
        if line.startswith(key)
    ]
    return places[0] + 2 if places else 1  # the front matter begins on the second line


def _page_name(file: str) -> str:
    return file.removeprefix("content/").removesuffix(".md")


def _fronts(reading: Reading, texts: dict[str, str], store: Store) -> dict[str, FrontMatter]:
    kept = store.keep(sound_fronts, texts).card
    if kept is not None:
        return {file: FrontMatter.model_validate_json(front) for file, front in kept.items()}
    return _read_fronts(reading, texts)


def sound_fronts(texts: dict[str, str]) -> Made:
    """Return the front matter of each page as JSON, or None when one of them has a problem."""
    reading = Reading(Sources(texts))
    fronts = _read_fronts(reading, texts)
    if reading.problems:
        return Made(None)
    return Made({file: _json_of(front) for file, front in fronts.items()})


def _json_of(model: BaseModel) -> str:
    return model.model_dump_json(by_alias=True, exclude_unset=True)


def _read_fronts(reading: Reading, texts: dict[str, str]) -> dict[str, FrontMatter]:
    fronts: dict[str, FrontMatter] = {}
    for file, text in texts.items():
        document = reading.document(file, text, first_line=2)
        front = reading.model(document, FrontMatter) if document else None
        if front is None:
            reading.broken.add(f"page:{_page_name(file)}")
        else:
            fronts[file] = front
    return fronts


def front_document(reading: Reading, file: str) -> Document | None:
    """Return the front matter of a page with the places of what stands in it."""
    front_and_body = _front_and_body(reading, file)
    return (
        None if front_and_body is None else reading.document(file, front_and_body[0], first_line=2)
    )


def _front_and_body(reading: Reading, file: str) -> tuple[str, str] | None:
    """Return the two parts of a page as text."""
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    parts = parted(file, reading.sources.texts[file])
    if isinstance(parts, Problem):
        reading.report(parts)
        return None
    return parts
