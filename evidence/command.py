"""The command line: what an author types is handed to its verb, with the clock and the surroundings."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from evidence.commands.options import output
from evidence.commands.reporting import as_json, reported
from evidence.commands.typed import typed
from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb
from evidence.problems import ProblemsFoundError
from evidence.saying import Say, say
from evidence.stopping import StoppedError, stoppable


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    _any_console()
    verb, asked = typed(list(sys.argv[1:] if arguments is None else arguments))
    if asked is None:
        return EXIT_USAGE
    root = asked.root.resolve()
    if verb.in_project and not ((root / "content").is_dir() and (root / "data").is_dir()):
        say(f"build.py: '{asked.root}' has no content/ and data/ folder", aloud=False)
        return EXIT_USAGE
    return _stopped_cleanly(verb, asked, root)


def _stopped_cleanly(verb: Verb, asked: argparse.Namespace, root: Path) -> int:
    """Do what is asked; when the author stops it, clear up and say so in one line."""
    with stoppable():
        try:
            form = getattr(asked, "format", "text")  # most verbs have no such option
            action = partial(_whole_as_json if form == "json" else _whole, verb, asked, root)
            code = reported(action, say, verb.left, form, asked.root)
        except StoppedError as error:
            code = error.code
        else:
            return code
        with contextlib.suppress(ProblemsFoundError):  # the next command says it again
            _heal(asked, root, lambda _sentence: None)
        say(f"\nStopped. {verb.stopped}", aloud=False)
        return code


def _whole_as_json(verb: Verb, asked: argparse.Namespace, root: Path) -> int:
    """Do what is asked, and print what it says as one value of JSON."""
    lines: list[str] = []

    def keep(words: str, *, aloud: bool = True) -> None:
        lines.append(words) if aloud else say(words, aloud=False)

    code = _whole(verb, asked, root, keep)
    say(as_json((), "\n".join(lines)))
    return code


def _whole(verb: Verb, asked: argparse.Namespace, root: Path, tell: Say = say) -> int:
    around = surroundings(tell)
    if verb.in_project:
        _heal(asked, root, around.tell)
    return verb.run(asked, root, around)


def _heal(asked: argparse.Namespace, root: Path, tell: Callable[[str], object]) -> None:
    """Finish what an earlier command was stopped in, whatever is asked now."""
    from evidence.steps import claim  # noqa: PLC0415 - not before the author can stop the run

    claim.heal(output(asked, root), tell)


def _any_console() -> None:
    """Let a console, or a pipe, that knows few letters show something in place of the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def surroundings(tell: Say) -> Surroundings:
    """Return this machine, with the way to say something: the one place where the clock is read."""
    return Surroundings(
        clock=lambda: datetime.now().astimezone(),
        tick=time.perf_counter,
        wait=time.sleep,
        environment=os.environ,
        say=tell,
        ask=input if sys.stdin.isatty() and sys.stdout.isatty() else None,
    )
