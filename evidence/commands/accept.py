"""``accept`` says what findings are, and why; and why a check may fail."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.options import day
from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb
from evidence.problems import did_you_mean
from evidence.saying import Say

if TYPE_CHECKING:
    from evidence.model.base import PartialDate

USAGE = """\
build.py accept STUDY/FINDING [...] --why REASON [--note TEXT] [--by NAME] [--on DAY]
       build.py accept STUDY/FINDING [...] --second [--by NAME] [--on DAY]
       build.py accept STUDY[/FINDING] --was STUDY[/FINDING]
       build.py accept --all-new [--note TEXT] [--by NAME] [--on DAY]
       build.py accept STUDY[/FINDING] [...] --check CHECK --why REASON [--note TEXT] [--by NAME] [--on DAY]"""


def _options(options: argparse.ArgumentParser) -> None:
    from evidence.model.accepted import CHECK_REASONS  # noqa: PLC0415 - a verb loads what it needs
    from evidence.model.readings import REASONS  # noqa: PLC0415

    options.epilog = (
        f"reasons:\n{_table(REASONS)}\n\nreasons with --check:\n{_table(CHECK_REASONS)}\n\n"
        "STUDY alone means those of its findings that the reason fits."
    )
    options.formatter_class = argparse.RawDescriptionHelpFormatter
    options.add_argument("names", nargs="*", metavar="STUDY/FINDING", help="what is accepted")
    options.add_argument("--why", metavar="REASON", help="one of the reasons below")
    options.add_argument(
        "--check", action="append", metavar="CHECK", help="a check that may fail for it"
    )
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


def _table(reasons: Mapping[str, str]) -> str:
    longest = max(map(len, reasons))
    return "\n".join(f"  {name:{longest}}  {why}" for name, why in reasons.items())


def _reasons(asked: argparse.Namespace) -> Mapping[str, str]:
    """Return the reasons of which one can be meant."""
    from evidence.model.accepted import CHECK_REASONS  # noqa: PLC0415
    from evidence.model.readings import REASONS  # noqa: PLC0415

    return CHECK_REASONS if asked.check else REASONS


def _refuse_reason(options: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    reasons = _reasons(asked)
    if asked.why is not None and asked.why not in reasons:
        hint = f"{did_you_mean(asked.why, reasons)} {_known(asked)}".strip()
        options.error(f"argument --why: '{asked.why}' is no reason. {hint}")


def _known(asked: argparse.Namespace) -> str:
    return f"Known reasons: {', '.join(_reasons(asked))}."


def _is_whole(options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    """Refuse what does not fit together; tell whether something is to be accepted."""
    _refuse_reason(options, asked)
    if not asked.names and not asked.all_new:
        return False
    if asked.check and not asked.why:
        options.error(f"say why the check may fail: --why REASON. {_known(asked)}")
    if sum((asked.all_new, asked.second, bool(asked.was), bool(asked.why))) != 1:
        options.error(f"say one of: --why REASON, --second, --was NAME, --all-new. {_known(asked)}")
    if asked.all_new and asked.names:
        options.error("--all-new is for every finding without a line: it takes no name")
    if asked.was and len(asked.names) != 1:
        options.error("--was is for one study or finding, which has one name")
    if (asked.second or asked.was) and asked.note:
        options.error("--note stands beside a reason: --why REASON")
    return True


def _accept(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    """Accept as was typed, and say what was written; return the exit code."""
    from evidence.model.base import PartialDate  # noqa: PLC0415
    from evidence.read.limits import HIDDEN  # noqa: PLC0415
    from evidence.steps.accept import NothingAcceptedError  # noqa: PLC0415

    say, today = surroundings.say, surroundings.clock().date()
    day = asked.on or today
    by = " ".join((asked.by or git_name(root)).split())
    if day > today:
        return _refused(f"{day} is still to come: nobody has read it then", say)
    if HIDDEN.search(by + asked.note):
        return _refused("a character of the name or the note cannot stand in a text", say)
    if not by and not asked.was:
        return _refused("say who read it: --by and a name", say)
    on = PartialDate(year=day.year, month=day.month, day=day.day)
    file, act = (_checks if asked.check else _readings)(asked, root, on, by, today)
    try:
        written = act()
    except NothingAcceptedError as error:
        return _refused(str(error), say)
    except OSError as error:
        reason = (error.strerror or "the reason is not known").lower()
        return _refused(f"{file} cannot be written: {reason}", say)
    say("\n".join(written))
    say(f"{file}: {len(written):,} line{'s' * (len(written) != 1)} written.")
    return 0


Act = Callable[[], list[str]]


def _readings(
    asked: argparse.Namespace, root: Path, on: PartialDate, by: str, _today: Date
) -> tuple[str, Act]:
    """Return the file of the readings, and what writes the lines that are asked for."""
    from evidence.model.readings import NEW, READINGS  # noqa: PLC0415
    from evidence.steps.accept import Acceptance, accept  # noqa: PLC0415

    wanted = Acceptance(
        names=tuple(asked.names),
        reason=NEW if asked.all_new else asked.why or "",
        on=on,
        by=by,
        note=" ".join(asked.note.split()),
        second=asked.second,
        all_new=asked.all_new,
        was=asked.was or "",
    )
    return READINGS, lambda: accept(root, wanted)


def _checks(
    asked: argparse.Namespace, root: Path, on: PartialDate, by: str, today: Date
) -> tuple[str, Act]:
    """Return the file of the accepted checks, and what writes the lines that are asked for."""
    from evidence.model.accepted import ACCEPTED  # noqa: PLC0415
    from evidence.steps.accept_checks import CheckAcceptance, accept_checks  # noqa: PLC0415

    wanted = CheckAcceptance(
        names=tuple(asked.names),
        checks=tuple(asked.check),
        reason=asked.why,
        on=on,
        by=by,
        note=" ".join(asked.note.split()),
    )
    return ACCEPTED, lambda: accept_checks(root, wanted, today, root / ".cache")


def git_name(root: Path) -> str:
    """Return the name under which the author commits, or nothing where git does not know one."""
    command = ["git", "-C", str(root), "config", "user.name"]
    try:
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    except (OSError, UnicodeError):
        return ""
    return told.stdout.strip()


def _refused(why: str, say: Say) -> int:
    say(f"build.py accept: {why}{'' if why[-1] in '.?' else '.'} Nothing was written.", aloud=False)
    return EXIT_USAGE


VERB = Verb(
    "accept",
    "say why a number changed, who read it, or why a check may fail",
    _accept,
    _options,
    _is_whole,
    usage=USAGE,
    about="Say in data/readings.csv what findings are now that somebody has read them, and why; or in "
    "data/accepted-checks.csv why a check of them may fail.",
)
