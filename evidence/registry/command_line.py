"""What an author types to import or to refresh, and how far a refresh is, in one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TextIO

from evidence.registry import comparing, importing, refreshing, summary
from evidence.registry.asking import NoAnswerError, Outside
from evidence.registry.refreshing import ADDRESS, Wanted, Watch

QUIET_SECONDS = 5  # where nobody watches, a long import still says that it goes on
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
EXIT_NO_ANSWER = 3  # later is worth a try
WIDTH = 24  # signs of the bar
LINE = 70


def _import_parser() -> argparse.ArgumentParser:
    """Return the parser of ``build.py import``."""
    options = argparse.ArgumentParser(
        prog="build.py import",
        usage="build.py import registry FILE [FILE ...] --search WORDS --exported DAY",
        description="Read exports of a trial registry, and write their records to data/registry/. "
        "The format is found by what a file holds: tables, JSON or XML of ClinicalTrials.gov, WHO "
        "ICTRP, ISRCTN, EU CTIS and the EU Clinical Trials Register, also packed (docs/importing.md).",
    )
    options.add_argument(
        "words", nargs="*", metavar="registry FILE", help="the exports of one search"
    )
    options.add_argument(
        "--search", default="", help="what the registry was asked for, word by word"
    )
    options.add_argument("--exported", default="", help="the day of the download: 2022-10-07")
    return _shared(options)


def _refresh_parser() -> argparse.ArgumentParser:
    """Return the parser of ``build.py refresh``."""
    options = argparse.ArgumentParser(
        prog="build.py refresh",
        usage="build.py refresh trials [--search WORDS] [--name NAME] [--rules FILE]",
        description="Ask the public interface of ClinicalTrials.gov for a search, page by page, and "
        "import what it answers. A run that was stopped goes on where it was.",
    )
    options.add_argument("words", nargs="*", metavar="trials", help="what is asked for anew")
    options.add_argument(
        "--search", default="", help="the words to ask for (those of the newest export)"
    )
    options.add_argument("--address", default=ADDRESS, help=f"another interface than {ADDRESS}")
    return _shared(options)


def _changes_parser() -> argparse.ArgumentParser:
    """Return the parser of ``build.py changes``."""
    options = argparse.ArgumentParser(
        prog="build.py changes",
        usage="build.py changes registry [EXPORT]",
        description="Compare an export with the one before of the same search, print what is new, gone "
        "and changed, and keep it as changes.csv of that export.",
    )
    options.add_argument(
        "words", nargs="*", metavar="registry EXPORT", help="an export (the newest)"
    )
    options.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    return options


def _shared(options: argparse.ArgumentParser) -> argparse.ArgumentParser:
    options.add_argument("--name", default="", help="the id of the export (registry and day)")
    options.add_argument("--rules", type=Path, help="other rules than data/registry/rules.yaml")
    options.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    return options


PARSERS: dict[str, tuple[str, Callable[[], argparse.ArgumentParser]]] = {
    "import": ("registry", _import_parser),
    "refresh": ("trials", _refresh_parser),
    "changes": ("registry", _changes_parser),
}


def parsed(verb: str, given: list[str]) -> argparse.Namespace | None:
    """Return what was typed after ``verb``; None, with its help printed, for another first word."""
    first_word, parser = PARSERS[verb]
    options = parser()
    asked = options.parse_intermixed_args(given)
    asked.verb = verb
    if asked.words[:1] == [first_word]:
        return asked
    options.print_help(sys.stderr)
    return None


def bar(come: int, total: int) -> str:
    """Return how far a refresh is: "[######------] 600 of 1,389 studies"."""
    share = min(come / total, 1) if total else 1
    full = int(share * WIDTH)
    line = f"[{'#' * full}{'-' * (WIDTH - full)}] {come:,} of {total:,} studies"
    return line.ljust(LINE)


class Watching:
    """Shows how far a refresh is: a bar where ``stream`` is a console, and sentences by ``say``."""

    def __init__(self, stream: TextIO, say: Callable[[str], None]) -> None:
        """Keep where to show it; nothing is drawn yet."""
        self._stream = stream
        self._say = say
        self._is_drawn = False

    def come(self, number: int, total: int) -> None:
        """Draw the bar anew."""
        if self._stream.isatty():
            self._is_drawn = True
            print(f"\r{bar(number, total)}", end="", file=self._stream, flush=True)

    def say(self, sentence: str) -> None:
        """Take the bar away, and say a sentence."""
        self.clear()
        self._say(sentence)

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_drawn:
            print(f"\r{' ' * LINE}\r", end="", file=self._stream, flush=True)
            self._is_drawn = False


class Say(Protocol):
    """Prints a sentence: among the results with ``aloud``, else among the errors."""

    def __call__(self, words: str, *, aloud: bool = True) -> None:
        """Print it."""


def import_files(asked: argparse.Namespace, root: Path, tick: Callable[[], float], say: Say) -> int:
    """Import as was typed, and say what came of it; ``tick`` gives seconds. Return the exit code."""
    started = last = tick()

    def progress(line: str) -> None:
        nonlocal last
        now = tick()
        if now - last > (0.5 if sys.stderr.isatty() else QUIET_SECONDS):
            last = now
            say(line, aloud=False)

    files = tuple(Path(word) for word in asked.words[1:])
    wanted = importing.wanted(files, asked.search, asked.exported, asked.name, asked.rules)
    imported = importing.import_registry(root, wanted, progress)
    say("\n".join(summary.lines(imported)))
    say(f"Written in {tick() - started:.2f} s: {comparing.FOLDER}/{imported.id}")
    return 0


def refresh(asked: argparse.Namespace, root: Path, outside: Outside, say: Say) -> int:
    """Refresh as was typed, and say what came of it; return the exit code."""
    if not outside.is_public and not refreshing.is_local(asked.address):
        say("build.py: where CI is set, only a server of this machine is asked", aloud=False)
        return EXIT_USAGE
    wanted = Wanted(asked.search, asked.address, asked.name, asked.rules)
    watching = Watching(sys.stderr, lambda sentence: say(sentence, aloud=False))
    try:
        watch = Watch(watching.come, watching.say)
        refreshed = refreshing.refresh(root, wanted, outside, watch)
    except NoAnswerError as error:
        watching.say(f"build.py: {error}")
        return EXIT_NO_ANSWER
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        watching.say(f"build.py: what came cannot be written ({reason}). Make room in {root}.")
        return EXIT_PROBLEMS
    finally:
        watching.clear()
    say("\n".join(summary.lines(refreshed.imported)))
    say("\n".join(refreshing.lines(refreshed)))
    return 0


def compare(asked: argparse.Namespace, root: Path, say: Say) -> int:
    """Compare an export with the one before as was typed, and say what changed; return the exit code."""
    name = asked.words[1] if len(asked.words) > 1 else ""
    say("\n".join(comparing.compare_again(root, name)))
    return 0
