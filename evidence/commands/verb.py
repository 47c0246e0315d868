"""What a verb of the command line is, and what it may ask of the machine."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from pathlib import Path

from evidence.saying import Say

EXIT_PROBLEMS = 1
EXIT_USAGE = 2


@dataclass(frozen=True)
class Surroundings:
    """The machine as a verb sees it; a test hands in another.

    ``clock`` gives the time with its zone, ``tick`` seconds from any start, ``wait`` lets seconds
    pass. ``ask`` puts a question and returns the answer; None where nobody sits at a terminal.
    """

    clock: Callable[[], datetime]
    tick: Callable[[], float]
    wait: Callable[[float], object]
    environment: Mapping[str, str]
    say: Say
    ask: Callable[[str], str] | None = None

    @property
    def cores(self) -> int:
        """On how many cores a run may work."""
        return os.cpu_count() or 1

    def day(self, asked: argparse.Namespace) -> Date:
        """Return the day that was typed, or else today as the author's calendar has it."""
        typed: Date | None = asked.today
        return typed or self.clock().date()

    def tell(self, sentence: str) -> None:
        """Say a sentence beside the results."""
        self.say(sentence, aloud=False)


def no_options(_options: argparse.ArgumentParser) -> None:
    """Add nothing: for a verb that has only the options of all."""


def always(_options: argparse.ArgumentParser, _asked: argparse.Namespace) -> bool:
    """Say that there is something to do: for a verb that needs no more than its name."""
    return True


@dataclass(frozen=True)
class Verb:
    """One word that an author types after ``build.py``, with what it does.

    ``does`` is its line in the list of verbs, ``about`` a paragraph of its own help. ``options`` adds
    what may be typed behind it; ``is_whole`` refuses what does not fit together, and is false where
    nothing was asked for. ``left`` is said after problems, None means what they say themselves;
    ``stopped`` is said when the author stops it.
    """

    name: str
    does: str
    run: Callable[[argparse.Namespace, Path, Surroundings], int]
    options: Callable[[argparse.ArgumentParser], None] = no_options
    is_whole: Callable[[argparse.ArgumentParser, argparse.Namespace], bool] = always
    usage: str | None = None
    about: str = ""
    left: str | None = None
    stopped: str = "The published site is whole."
    in_project: bool = True
