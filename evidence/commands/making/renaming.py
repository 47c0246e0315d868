"""A page under another name: every text that names it, changed, and nothing else in them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from evidence.check.sources.mentions import LINK, NO_PAGE, Mention, Text, mentions
from evidence.prose.references import PICTURE, UNREAD, blank
from evidence.read.front_matter import span
from evidence.read.sources import Sources
from evidence.read.yaml_file import read_yaml

FORMERLY = re.compile(r"(?m)^formerly:.*\n(?:-.*\n|[ \t]++.*\n)*")
TO_PAGE = re.compile(r"\[\[\s*page:\s*([^\s|\]\\]+)(?=\s*[|\]\\])")
Edit = tuple[int, int, str]  # from, to, and what stands there instead


def file_of(page: str) -> str:
    """Return the file of a page."""
    return f"content/{page}.md"


def renamed(sources: Sources, old: str, new: str) -> dict[str, str]:
    """Return the texts that change, by file; that of the page itself by its new file, with its former name."""
    edits: dict[str, set[Edit]] = defaultdict(set)
    own = file_of(old)
    for mention in mentions(sources):
        if mention.kind == "page" and (mention.target == old or mention.place.file == own):
            edits[mention.place.file] |= {*_edits(sources, mention, old, new)}
    edits[own] |= {*_other_links(sources.texts[own], own, old, new)}
    texts = {
        file: _changed(sources.texts[file], changes) for file, changes in edits.items() if changes
    }
    moved = texts.pop(own, sources.texts[own])
    return texts | {file_of(new): _with_former_name(moved, old, new)}


def _edits(sources: Sources, mention: Mention, old: str, new: str) -> Iterator[Edit]:
    """Yield the edit of one place that names a page."""
    place, written = mention.place, mention.written
    text = Text(place.file, sources.texts[place.file])
    start = text.starts[place.line - 1] + place.column - 1
    here = text.text[start:]
    if written.startswith("[["):
        found = TO_PAGE.match(here)
        if found and found[1] == old:
            yield start + found.start(1), start + found.end(1), new
    elif written == old and mention.target == old:
        quoted = here[:1] in {'"', "'"}
        if here[quoted:].startswith(old):
            yield start + quoted, start + quoted + len(old), new
    elif here.startswith(written):
        yield start, start + len(written), _link(place.file, written, old, new)


def _link(file: str, link: str, old: str, new: str) -> str:
    """Return a relative link of a page when a page, perhaps that page itself, has another name."""
    path, mark, anchor = link.partition("#")
    page = file.removeprefix("content/").removesuffix(".md")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if target == f"{old}.html":
        target = f"{new}.html"
    folder = posixpath.dirname(new if page == old else page)
    return f"{posixpath.relpath(target, folder or '.')}{mark}{anchor}"


def _other_links(text: str, file: str, old: str, new: str) -> Iterator[Edit]:
    """Yield the edits of links in the page itself, which another folder leads astray."""
    _, _, begin = span(text) or (0, 0, 0)
    body = blank(text[begin:], UNREAD)
    pictures = {picture.start("file") for picture in PICTURE.finditer(body)}  # names, not ways
    for link in LINK.finditer(body):
        if not NO_PAGE.match(link[1]) and link.start(1) not in pictures:
            written = _link(file, link[1], old, new)
            if written != link[1]:
                yield begin + link.start(1), begin + link.end(1), written


def _changed(text: str, edits: set[Edit]) -> str:
    for start, end, words in sorted(edits, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    return text


def _with_former_name(text: str, old: str, new: str) -> str:
    """Return the text of a page that says that it was called ``old``."""
    parts = span(text)
    if parts is None:
        return text  # 'check' says so
    begin, end, _ = parts
    front = text[begin:end]
    content = read_yaml("", front).content
    said = content.get("formerly") if isinstance(content, dict) else None
    names = (
        [str(name) for name in said if str(name) not in {old, new}]
        if isinstance(said, list)
        else []
    )
    line = f"formerly: [{', '.join([*names, old])}]\n"
    found = FORMERLY.search(front)
    first, last = found.span() if found else (len(front), len(front))
    return f"{text[:begin]}{front[:first]}{line}{front[last:]}{text[end:]}"
