"""Is what prose names by its number shown on the same page, and has each caption its table?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.known import ProseCheck
from evidence.model.base import ID
from evidence.problems import Problem, did_you_mean
from evidence.prose.numbering import Caption, captions, shown_by
from evidence.prose.references import find_references


def check_numbered(prose: ProseCheck) -> Iterator[Problem]:
    """Yield references to figures and tables that the text does not show, and captions without a table."""
    shown = shown_by(prose.text) if prose.page is not None else []
    for reference in find_references(prose.text)[0]:
        if reference.kind != "numbered" or reference.target in shown:
            continue
        kind, _, name = reference.target.partition(":")
        message = f"this text shows no {kind} '{name}', so there is no number to name it by"
        others = [target.partition(":")[2] for target in shown if target.startswith(f"{kind}:")]
        known = f"Shown here: {', '.join(others)}." if others else "None is shown here."
        hint = did_you_mean(
            name, others, f"{known} To what another page shows, link with [[page:...]]."
        )
        where = prose.place(reference.start, reference.written)
        yield Problem(where, "numbered-here", message, hint)
    if prose.page is not None:
        yield from _check_captions(prose)


def _check_captions(prose: ProseCheck) -> Iterator[Problem]:
    named: set[str] = set()
    for caption in captions(prose.text):
        where = prose.place(caption.start, "Table:")
        for message, hint in (*_placed(caption, prose.text), *_named(caption, named)):
            yield Problem(where, "caption-placed", message, hint)


def _placed(caption: Caption, text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the place of a caption, and what to do."""
    above = text[: caption.start]
    line = above.rstrip().rpartition("\n")[2].strip()
    if not (line.startswith("|") or line.endswith(("|", "</table>"))):
        message = f"no table stands above the caption '{caption.words}'"
        yield message, "Write it below its table, with an empty line between them."
    elif above.endswith("\n") and above[:-1].rpartition("\n")[2].strip():
        message = f"the caption '{caption.words}' would be a row of the table above it"
        yield message, "Leave an empty line between the table and 'Table:'."


def _named(caption: Caption, named: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the words and the id of a caption; ``named`` are the ids before it."""
    if not caption.words:
        yield "this caption has no words", "Write what the table shows: 'Table: ...'."
    if caption.id is None:
        return
    if not ID.fullmatch(caption.id):
        message = f"'{caption.id}' cannot be the id of a table"
        yield message, "Write lower-case letters, digits and hyphens, such as {#by-dose}."
    elif caption.id in named:
        message = f"two tables of this page have the id '{caption.id}'"
        yield message, "Give one of the two another id."
    named.add(caption.id)
