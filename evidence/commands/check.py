"""``check`` finds problems, and writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence.commands.options import add_format, add_run, kept
from evidence.commands.verb import Surroundings, Verb


def _options(options: argparse.ArgumentParser) -> None:
    add_run(options)
    add_format(options)


def _check(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence import run  # noqa: PLC0415 - each verb loads only what it needs

    day, cores = surroundings.day(asked), surroundings.cores
    built = run.checked(root, day, kept(asked, root), cores)
    if asked.pages:
        surroundings.say("\n".join(run.page_lines(built)))
    surroundings.say(run.summary(built))
    surroundings.say("No problem found.")
    return 0


VERB = Verb("check", "find problems, and write nothing", _check, _options, left="")
