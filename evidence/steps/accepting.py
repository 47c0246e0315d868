"""What an author types to accept what findings say."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path
from typing import Protocol

from evidence.model.base import PartialDate
from evidence.model.readings import NEW, READINGS, REASONS
from evidence.problems import did_you_mean
from evidence.read.limits import HIDDEN
from evidence.steps.accept import Acceptance, NothingAcceptedError, accept

EXIT_REFUSED = 2
KNOWN = f"Known reasons: {', '.join(REASONS)}."
LONGEST_REASON = max(map(len, REASONS))


class Print(Protocol):
    """Prints a sentence: among the results with ``aloud``, else among the errors."""

    def __call__(self, words: str, *, aloud: bool = True) -> None:
        """Print it."""


def _parser(day: Callable[[str], Date]) -> argparse.ArgumentParser:
    """Return the parser of ``build.py accept``."""
    reasons = "\n".join(f"  {name:{LONGEST_REASON}}  {why}" for name, why in REASONS.items())
    options = argparse.ArgumentParser(
        prog="build.py accept",
        usage="build.py accept STUDY/FINDING [...] --why REASON [--note TEXT] [--by NAME] [--on DAY]\n"
        "       build.py accept STUDY/FINDING [...] --second [--by NAME] [--on DAY]\n"
        "       build.py accept STUDY[/FINDING] --was STUDY[/FINDING]\n"
        "       build.py accept --all-new [--note TEXT] [--by NAME] [--on DAY]",
        description=f"Say in {READINGS} what findings are now that somebody has read them, and why.",
        epilog=f"reasons:\n{reasons}\n\nSTUDY alone means those of its findings that the reason fits.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("names", nargs="*", metavar="STUDY/FINDING", help="what is accepted")
    options.add_argument("--why", type=_reason, metavar="REASON", help="one of the reasons below")
    options.add_argument("--note", default="", help="what a reader of the ledger should know")
    options.add_argument("--by", default="", help="who read it (user.name of git)")
    options.add_argument("--on", type=day, metavar="DAY", help="when it was read (today)")
    options.add_argument(
        "--second", action="store_true", help="somebody else read it again and found the same"
    )
    options.add_argument(
        "--was", metavar="NAME", help="the name that it had before; its readings go with it"
    )
    options.add_argument(
        "--all-new", action="store_true", help="a first line for every finding without one"
    )
    options.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    return options


def _reason(written: str) -> str:
    if written in REASONS:
        return written
    hint = f"{did_you_mean(written, REASONS)} {KNOWN}"
    message = f"'{written}' is no reason. {hint.strip()}"
    raise argparse.ArgumentTypeError(message)


def parsed(given: list[str], day: Callable[[str], Date]) -> argparse.Namespace | None:
    """Return what was typed beside ``accept``; None, with its help printed, when nothing was.

    ``day`` reads a day, and tells what is none.
    """
    given.remove("accept")
    options = _parser(day)
    asked = options.parse_intermixed_args(given)
    asked.verb = "accept"
    if not asked.names and not asked.all_new:
        options.print_help(sys.stderr)
        return None
    if sum((asked.all_new, asked.second, bool(asked.was), bool(asked.why))) != 1:
        options.error(f"say one of: --why REASON, --second, --was NAME, --all-new. {KNOWN}")
    if asked.all_new and asked.names:
        options.error("--all-new is for every finding without a line: it takes no name")
    if asked.was and len(asked.names) != 1:
        options.error("--was is for one study or finding, which has one name")
    if (asked.second or asked.was) and asked.note:
        options.error("--note stands beside a reason: --why REASON")
    return asked


def run(asked: argparse.Namespace, root: Path, today: Date, say: Print) -> int:
    """Accept as was typed, and say what was written; return the exit code."""
    day = asked.on or today
    by = " ".join((asked.by or git_name(root)).split())
    if day > today:
        return _refused(f"{day} is still to come: nobody has read it then", say)
    if HIDDEN.search(by + asked.note):
        return _refused("a character of the name or the note cannot stand in a text", say)
    if not by and not asked.was:
        return _refused("say who read it: --by and a name", say)
    wanted = Acceptance(
        names=tuple(asked.names),
        reason=NEW if asked.all_new else asked.why or "",
        on=PartialDate(year=day.year, month=day.month, day=day.day),
        by=by,
        note=" ".join(asked.note.split()),
        second=asked.second,
        all_new=asked.all_new,
        was=asked.was or "",
    )
    try:
        written = accept(root, wanted)
    except NothingAcceptedError as error:
        return _refused(str(error), say)
    except OSError as error:
        reason = (error.strerror or "the reason is not known").lower()
        return _refused(f"{READINGS} cannot be written: {reason}", say)
    say("\n".join(written))
    say(f"{READINGS}: {len(written):,} line{'s' * (len(written) != 1)} written.")
    return 0


def git_name(root: Path) -> str:
    """Return the name under which the author commits, or nothing where git does not know one."""
    command = ["git", "-C", str(root), "config", "user.name"]
    try:
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    except (OSError, UnicodeError):
        return ""
    return told.stdout.strip()


def _refused(why: str, say: Print) -> int:
    say(f"build.py accept: {why}{'' if why[-1] in '.?' else '.'} Nothing was written.", aloud=False)
    return EXIT_REFUSED
