"""``accept`` says what findings are, and why."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from evidence.commands.options import day
from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb
from evidence.problems import did_you_mean
from evidence.saying import Say

USAGE = """\
build.py accept STUDY/FINDING [...] --why REASON [--note TEXT] [--by NAME] [--on DAY]
       build.py accept STUDY/FINDING [...] --second [--by NAME] [--on DAY]
       build.py accept STUDY[/FINDING] --was STUDY[/FINDING]
       build.py accept --all-new [--note TEXT] [--by NAME] [--on DAY]"""


def _options(options: argparse.ArgumentParser) -> None:
    from evidence.model.readings import REASONS  # noqa: PLC0415 - each verb loads only what it needs

    longest = max(map(len, REASONS))
    reasons = "\n".join(f"  {name:{longest}}  {why}" for name, why in REASONS.items())
    options.epilog = (
        f"reasons:\n{reasons}\n\nSTUDY alone means those of its findings that the reason fits."
    )
    options.formatter_class = argparse.RawDescriptionHelpFormatter
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


def _reason(written: str) -> str:
    from evidence.model.readings import REASONS  # noqa: PLC0415

    if written in REASONS:
        return written
    hint = f"{did_you_mean(written, REASONS)} {_known()}"
    message = f"'{written}' is no reason. {hint.strip()}"
    raise argparse.ArgumentTypeError(message)


def _known() -> str:
    from evidence.model.readings import REASONS  # noqa: PLC0415

    return f"Known reasons: {', '.join(REASONS)}."


def _is_whole(options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    """Refuse what does not fit together; tell whether something is to be accepted."""
    if not asked.names and not asked.all_new:
        return False
    if sum((asked.all_new, asked.second, bool(asked.was), bool(asked.why))) != 1:
        options.error(f"say one of: --why REASON, --second, --was NAME, --all-new. {_known()}")
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
    from evidence.model.readings import NEW, READINGS  # noqa: PLC0415
    from evidence.read.limits import HIDDEN  # noqa: PLC0415
    from evidence.steps.accept import Acceptance, NothingAcceptedError, accept  # noqa: PLC0415

    say, today = surroundings.say, surroundings.clock().date()
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


def _refused(why: str, say: Say) -> int:
    say(f"build.py accept: {why}{'' if why[-1] in '.?' else '.'} Nothing was written.", aloud=False)
    return EXIT_USAGE


VERB = Verb(
    "accept",
    "say why a number changed, or who read it",
    _accept,
    _options,
    _is_whole,
    usage=USAGE,
    about="Say in data/readings.csv what findings are now that somebody has read them, and why.",
)
