"""A new picture: a copy of it in data/pictures, and beside it whose it is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from evidence.commands.making.items import folded
from evidence.commands.making.questions import Names
from evidence.commands.making.records import Answers
from evidence.commands.making.session import NothingWrittenError, ask_answers
from evidence.commands.making.sources import line
from evidence.commands.verb import Surroundings
from evidence.read.limits import MOST_STATIC_BYTES, beyond
from evidence.read.sources import PICTURES
from evidence.steps.in_place import ChangedMeanwhileError, write_together


def write_picture(
    asked: argparse.Namespace, root: Path, names: Names, surroundings: Surroundings
) -> Iterator[str]:
    """Copy the picture that was typed and write its YAML; yield the paths of both.

    The copy says nothing of where and with what it was taken. Raises NothingWrittenError.
    """
    from evidence.figures.picture_file import NoPictureError, copied  # noqa: PLC0415 - loads Pillow

    given = asked.name or (surroundings.ask or _nothing)("The file of the picture: ").strip()
    path = Path(given).expanduser()
    name = folded(path.stem)
    if not name:
        raise NothingWrittenError(f"'{path.name}' has no letter for a name: rename it")
    raw = _read(path)
    try:
        ending, copy = copied(raw)
    except NoPictureError as error:
        raise NothingWrittenError(f"{path.name}: {'. '.join(error.args)}") from error
    _refuse_known(names, name)
    answers = ask_answers(asked, names, surroundings)
    picture, said = f"{PICTURES}{name}{ending}", f"{PICTURES}{name}.yaml"
    text = picture_text(answers).encode()
    try:
        write_together(root, {picture: None, said: None}, {picture: copy, said: text})
    except (OSError, ChangedMeanwhileError) as error:
        reason = str(getattr(error, "strerror", "") or "somebody else wrote it").lower()
        raise NothingWrittenError(f"{picture} cannot be written: {reason}") from error
    yield picture
    yield said
    words = answers["words"] or "what is to be seen"
    surroundings.say(f"Show it on a page with: ![{words}]({name}{ending})")


def _nothing(_question: str) -> str:
    raise NothingWrittenError("say its file: build.py new picture FILE")


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_STATIC_BYTES:
            raise NothingWrittenError(beyond(path.name, size, "bytes", MOST_STATIC_BYTES))
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "the reason is not known").lower()
        raise NothingWrittenError(f"{path} cannot be opened: {reason}") from error


def _refuse_known(names: Names, name: str) -> None:
    sources = names.sources
    for file in (*sources.texts, *sources.unreadable, *sources.binaries):
        if file.startswith(f"{PICTURES}{name}."):
            raise NothingWrittenError(f"{file} stands there already: rename your file")


def picture_text(answers: Answers) -> str:
    """Return the text of data/pictures/<id>.yaml."""
    found = line("address", answers["found"]) if answers["found"] else "# address: https://"
    return f"""\
# Who made it, as readers are told
{line("credit", answers["credit"])}
# CC0, public domain, or CC BY or CC BY-SA with its version, such as CC BY 4.0
{line("licence", answers["licence"])}
# Where it was found, if it was
{found}
"""
