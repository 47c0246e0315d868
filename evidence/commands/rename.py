"""``rename`` gives a page another name, mends what names it, and lets its old address lead to it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.options import add_day
from evidence.commands.verb import EXIT_PROBLEMS, EXIT_USAGE, Surroundings, Verb

if TYPE_CHECKING:
    from datetime import date as Date

    from evidence.problems import Problem
    from evidence.read.sources import Sources


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument("page", nargs="?", metavar="PAGE", help="the page: section/name")
    options.add_argument("new", nargs="?", metavar="NEW", help="its new name: section/name")
    add_day(options)


def _is_whole(_options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    return asked.page is not None and asked.new is not None


def _rename(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.commands.making.renaming import file_of, renamed  # noqa: PLC0415
    from evidence.problems import listed  # noqa: PLC0415
    from evidence.steps.load import load  # noqa: PLC0415

    sources = load(root)
    old, new = (_plain(name) for name in (asked.page, asked.new))
    fault = _fault(sources, old, new)
    if fault:
        surroundings.tell(f"build.py rename: {fault} Nothing was changed.")
        return EXIT_USAGE
    texts = renamed(sources, old, new)
    worse = _worse(sources, texts, file_of(old), surroundings.day(asked))
    if worse:
        surroundings.tell("\n".join(listed(worse)))
        surroundings.tell(f"\nWith the name '{new}' this would be wrong. Nothing was changed.")
        return EXIT_PROBLEMS
    fault = _written(root, sources, texts, file_of(old))
    if fault:
        surroundings.tell(f"build.py rename: {fault} Nothing was changed.")
        return EXIT_PROBLEMS
    surroundings.say(f"{file_of(old)} is {file_of(new)} now, and its old address leads to it.")
    for file in sorted(texts.keys() - {file_of(new)}):
        surroundings.say(f"  {file}: names it by its new name")
    return 0


def _plain(name: str) -> str:
    return name.removeprefix("content/").removesuffix(".md").removesuffix(".html")


def _fault(sources: Sources, old: str, new: str) -> str:
    """Return why a page cannot have the name, or nothing."""
    from evidence.commands.making.questions import name_fault  # noqa: PLC0415
    from evidence.commands.making.renaming import file_of  # noqa: PLC0415
    from evidence.problems import did_you_mean, shown  # noqa: PLC0415

    pages = [_plain(file) for file in sources.below("content/", ".md")]
    if file_of(old) not in sources.texts:
        return f"there is no page '{shown(old)}'. {did_you_mean(old, pages)}".rstrip()
    fault = name_fault("page", new)
    if fault:
        return f"{fault}{'' if fault[-1] in '.?' else '.'}"
    return f"there is a page '{new}' already." if new in pages else ""


def _worse(sources: Sources, texts: dict[str, str], old_file: str, today: Date) -> list[Problem]:
    """Return the problems that the project has with the new texts, and did not have before."""
    kept = {file: text for file, text in sources.texts.items() if file != old_file}
    before = {(problem.rule, problem.message) for problem in _problems(sources, today)}
    after = _problems(replace(sources, texts=kept | texts), today)
    return [problem for problem in after if (problem.rule, problem.message) not in before]


def _problems(sources: Sources, today: Date) -> list[Problem]:
    from evidence.problems import ProblemsFoundError  # noqa: PLC0415
    from evidence.steps.validate import validate  # noqa: PLC0415
    from evidence.store import Store  # noqa: PLC0415

    try:
        validate(sources, today, Store(None))
    except ProblemsFoundError as error:
        return list(error.problems)
    return []


def _written(root: Path, sources: Sources, texts: dict[str, str], old_file: str) -> str:
    """Write the texts and remove the old file, all or none; return what was in the way, or nothing."""
    from evidence.steps.in_place import ChangedMeanwhileError, write_together  # noqa: PLC0415

    try:
        raw = {file: (root / file).read_bytes() for file in texts if file in sources.texts}
        raw[old_file] = (root / old_file).read_bytes()
        after: dict[str, bytes | None] = {
            file: _as_before(text, raw.get(file, raw[old_file])) for file, text in texts.items()
        }
        before = {file: raw.get(file) for file in (*after, old_file)}
        write_together(root, before, {**after, old_file: None})
    except ChangedMeanwhileError:
        return "somebody else changed one of the files."
    except OSError as error:
        return f"{error.filename} cannot be written: {(error.strerror or 'unknown').lower()}."
    return ""


def _as_before(text: str, raw: bytes) -> bytes:
    """Return a text in bytes, with the line ends and the mark at the beginning that its file had."""
    from evidence.model.columns import MARK  # noqa: PLC0415

    written = text.replace("\n", "\r\n").encode() if b"\r\n" in raw else text.encode()
    return MARK.encode() + written if raw.startswith(MARK.encode()) else written


VERB = Verb(
    "rename",
    "give a page another name, and mend what names it",
    _rename,
    _options,
    _is_whole,
    usage="build.py rename PAGE NEW",
    about="Move the file of a page, mend every reference and link to it in content/ and data/, and let its old address "
    "lead to the new one: 'formerly:' above its text says what it was called. All is changed, or nothing.",
)
