"""``new`` writes the file of a new thing, with comments that say what goes where."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.options import add_day
from evidence.commands.verb import EXIT_PROBLEMS, EXIT_USAGE, Surroundings, Verb

if TYPE_CHECKING:
    from evidence.commands.making.questions import Names

THINGS = ("study", "source", "claim", "page", "figure", "picture", "trial", "term", "search")
OF_SOURCES = ("from", "key", "doi", "pmid", "offline", "address")


def _options(options: argparse.ArgumentParser) -> None:
    from evidence.commands.making.questions import OPTIONS, QUESTIONS  # noqa: PLC0415

    things = ", ".join(THINGS)
    options.add_argument("what", nargs="?", type=_thing, metavar="THING", help=f"one of {things}")
    options.add_argument(
        "name", nargs="?", help="its id, or DOCUMENT/CLAIM, the page's path, or the picture's file"
    )
    source = options.add_argument_group("a source")
    source.add_argument(
        "--from",
        metavar="FILE",
        help="what Zotero or Pandoc exported: CSL-JSON, CSL-YAML, BibTeX, RIS",
    )
    source.add_argument("--key", help="the one of several in FILE, by its key there")
    source.add_argument("--doi", help="its DOI; Crossref is asked for the rest")
    source.add_argument("--pmid", help="its number in PubMed, which is asked for the rest")
    source.add_argument("--offline", action="store_true", help="ask nobody")
    source.add_argument("--address", help="another address to ask, with (id) in it")
    own = options.add_argument_group(
        "what is known already (otherwise asked for, or left to be filled in)"
    )
    for name, question in OPTIONS.items():
        things = ", ".join(
            what
            for what in THINGS
            if question.option in {asked.option for asked in QUESTIONS[what]}
        )
        own.add_argument(f"--{name}", help=f"{question.words} ({things})")
    add_day(options)


def _thing(written: str) -> str:
    from evidence.problems import did_you_mean  # noqa: PLC0415 - needed only where something is wrong

    if written in THINGS:
        return written
    hint = did_you_mean(written, THINGS, f"Known: {', '.join(THINGS)}.")
    message = f"'{written}' is nothing that can be new. {hint}"
    raise argparse.ArgumentTypeError(message)


def _is_whole(options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    from evidence.commands.making.questions import OPTIONS, QUESTIONS, name_fault  # noqa: PLC0415

    if asked.what is None:
        return False
    own = {question.option for question in QUESTIONS[asked.what]}
    own |= {*OF_SOURCES} if asked.what == "source" else set()
    for name in (*OPTIONS, *OF_SOURCES):
        if getattr(asked, name.replace("-", "_")) and name not in own:
            options.error(
                f"a new {asked.what} has no --{name}. It has: {', '.join(f'--{known}' for known in sorted(own))}"
            )
    if (
        asked.what == "source"
        and sum(map(bool, (getattr(asked, "from"), asked.doi, asked.pmid))) > 1
    ):
        options.error("say one of --from, --doi and --pmid")
    fault = name_fault(asked.what, asked.name) if asked.name else ""
    if fault:
        options.error(fault)
    return True


def _new(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.commands.making.questions import Names  # noqa: PLC0415
    from evidence.commands.making.session import NothingWrittenError  # noqa: PLC0415
    from evidence.steps.load import load  # noqa: PLC0415

    written: list[str] = []
    try:
        for file in _written(asked, root, Names(load(root)), surroundings):
            written.append(file)
            surroundings.say(f"{file} is written.")
    except (NothingWrittenError, EOFError) as error:
        why = str(error) or "the answers ended"
        ending = "" if written else " Nothing was written."
        surroundings.tell(f"build.py new: {why}{'' if why[-1] in '.?' else '.'}{ending}")
        return EXIT_USAGE
    return _left(written, asked, root, surroundings) if written else EXIT_PROBLEMS


def _written(
    asked: argparse.Namespace, root: Path, names: Names, surroundings: Surroundings
) -> Iterator[str]:
    """Write what is new, and yield the paths of the files."""
    from evidence.commands.making.collecting import write_sources  # noqa: PLC0415
    from evidence.commands.making.entries import with_claim, with_term  # noqa: PLC0415
    from evidence.commands.making.pictures import write_picture  # noqa: PLC0415
    from evidence.commands.making.records import TEXTS, file_of  # noqa: PLC0415
    from evidence.commands.making.session import (  # noqa: PLC0415
        NothingWrittenError,
        ask_answers,
        ask_name,
        put,
    )

    if asked.what == "source":
        yield from write_sources(asked, root, names, surroundings)
        return
    if asked.what == "picture":
        yield from write_picture(asked, root, names, surroundings)
        return
    name = asked.name or ask_name(asked.what, surroundings)
    answers = ask_answers(asked, names, surroundings)
    try:
        if asked.what == "claim":
            yield put(root, *with_claim(names.sources, name, answers))
        elif asked.what == "term":
            yield put(root, *with_term(names.sources, name, answers))
        else:
            file = file_of(asked.what, name, answers)
            yield put(root, file, TEXTS[asked.what](answers), new=True)
    except ValueError as error:
        raise NothingWrittenError(str(error)) from error


def _left(
    files: list[str], asked: argparse.Namespace, root: Path, surroundings: Surroundings
) -> int:
    """Say what is still to be filled in in the new files; return the exit code."""
    from evidence.problems import ProblemsFoundError, listed  # noqa: PLC0415
    from evidence.steps.load import load  # noqa: PLC0415
    from evidence.steps.validate import validate  # noqa: PLC0415
    from evidence.store import Store  # noqa: PLC0415

    try:
        validate(load(root), surroundings.day(asked), Store(root / ".cache"))
    except ProblemsFoundError as error:
        own = [problem for problem in error.problems if problem.place.file in files]
        if own:
            surroundings.say("Still to be filled in:")
            surroundings.say("\n".join(listed(own)))
    return 0


VERB = Verb(
    "new",
    "write the file of a new study, source, claim, page, figure, picture, trial, term or search",
    _new,
    _options,
    _is_whole,
    usage="build.py new study|source|claim|page|figure|picture|trial|term|search [NAME] [options]",
    about="Write the file of a new thing in its place, with comments that say what goes where. On a terminal what is "
    "not given is asked for; Enter leaves it to be filled in. No file is written over.",
    left="",
)
