"""The command line: what an author types, and what is printed."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date as Date
from datetime import datetime
from pathlib import Path

from evidence.problems import ProblemsFoundError, listed
from evidence.stopping import StoppedError, stoppable

EXIT_PROBLEMS = 1
EXIT_USAGE = 2
LAST_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    options = argparse.ArgumentParser(
        prog="build.py",
        description="Build, check or serve the site from content/, data/ and templates/.",
    )
    options.add_argument(
        "verb",
        nargs="?",
        default="build",
        choices=tuple(_VERBS),
        help="build: write the site (the default); report: write it with its topics as PDF and Word; "
        "check: find problems and write nothing; serve: "
        "build, and show the site on this machine; rules: write docs/rules.md; schemas: write "
        "the JSON Schemas that editors use; hosting: write the recipes in docs/hosting.md; import: "
        "count what a trial registry exported; refresh: ask a registry anew; changes: compare an export "
        "with the one before; accept: say why a number changed, or who read it (for these four, such as "
        "'build.py import --help' tells how)",
    )
    options.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    options.add_argument(
        "--output", type=_folder, help="where the site goes (site/ in the project)"
    )
    options.add_argument("--today", type=_day, help="the date to build for, such as 2026-11-21")
    options.add_argument("--no-cache", action="store_true", help="compute everything anew")
    options.add_argument("--port", type=_port, default=8000, help="where serve listens (8000)")
    options.add_argument("--pages", action="store_true", help="print the coverage of every page")
    return options


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > LAST_PORT:
        message = f"'{written}' is not a port between 0 and {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(written)


def _folder(written: str) -> Path:
    if not written:
        message = "it is empty; name a folder, such as site"
        raise argparse.ArgumentTypeError(message)
    return Path(written)


def _day(written: str) -> Date:
    try:
        return Date.fromisoformat(written)
    except ValueError as error:
        message = f"'{written}' is not a date such as 2026-11-21"
        raise argparse.ArgumentTypeError(message) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    _any_console()
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = _parsed(given)
    if asked is None:
        return EXIT_USAGE
    root = asked.root.resolve()
    if not (root / "content").is_dir() or not (root / "data").is_dir():
        say(f"build.py: '{asked.root}' has no content/ and data/ folder", aloud=False)
        return EXIT_USAGE
    return _stopped_cleanly(asked, root)


def _stopped_cleanly(asked: argparse.Namespace, root: Path) -> int:
    """Do what is asked; when the author stops it, clear up and say so in one line."""
    with stoppable():
        try:
            code = _reported(_whole, asked, root)
        except StoppedError as error:
            code = error.code
        else:
            return code
        with contextlib.suppress(ProblemsFoundError):  # the next command says it again
            _heal(asked, root, lambda _sentence: None)
        say(f"\nStopped. {_STOPPED.get(asked.verb, 'The published site is whole.')}", aloud=False)
        return code


def _whole(asked: argparse.Namespace, root: Path) -> int:
    _heal(asked, root, _say)
    return _VERBS[asked.verb](asked, root)


def _heal(asked: argparse.Namespace, root: Path, tell: Callable[[str], object]) -> None:
    """Finish what an earlier command was stopped in, whatever is asked now."""
    from evidence.steps import claim  # noqa: PLC0415 - not before the author can stop the run

    claim.heal(_output(asked, root), tell)


def _say(sentence: str) -> None:
    say(sentence, aloud=False)


def _output(asked: argparse.Namespace, root: Path) -> Path:
    given: Path | None = getattr(asked, "output", None)  # import has no such option
    return given or root / "site"


def _parsed(given: list[str]) -> argparse.Namespace | None:
    """Return what was typed; None, with help printed, when a verb has nothing to do.

    The verb is the first word that is no option, nor the value of one.
    """
    rest = iter(given)
    for word in rest:
        if word in {"--root", "--output", "--today", "--port"}:
            next(rest, None)
        elif word in {"import", "refresh", "changes"}:
            from evidence.registry import command_line  # noqa: PLC0415 - seldom asked for

            given.remove(word)
            return command_line.parsed(word, given)
        elif word == "accept":
            from evidence.steps import accepting  # noqa: PLC0415 - seldom asked for

            return accepting.parsed(given, _day)
        elif not word.startswith("-"):
            break
    return parser().parse_args(given)


def _reported(
    verb: Callable[[argparse.Namespace, Path], int], asked: argparse.Namespace, root: Path
) -> int:
    """Do one verb; print the problems it finds instead of a traceback."""
    try:
        return verb(asked, root)
    except ProblemsFoundError as error:
        entries = listed(error.problems)
        say("\n".join(entries), aloud=False)
        count = len(entries)
        left = _LEFT.get(asked.verb, error.aftermath)
        say(f"\n{count} problem{'s' * (count != 1)}. {left}".rstrip(), aloud=False)
        return EXIT_PROBLEMS


def say(words: str, *, aloud: bool = True) -> None:
    """Print words, or with ``aloud`` false among the errors; whoever reads them may have left.

    What was asked for is done by then: a pipe that is closed changes neither that nor the exit code.
    """
    stream = sys.stdout if aloud else sys.stderr
    try:
        print(words, file=stream, flush=True)
    except BrokenPipeError:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), stream.fileno())


def _any_console() -> None:
    """Let a console, or a pipe, that knows few letters show something in place of the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _current_day() -> Date:
    """Return today as the author's calendar has it: the one place where the clock is read."""
    return datetime.now().astimezone().date()


def _build(asked: argparse.Namespace, root: Path) -> int:
    from evidence import run  # noqa: PLC0415 - each verb loads only what it needs
    from evidence.steps.claim import claimed  # noqa: PLC0415
    from evidence.steps.output import refuse  # noqa: PLC0415

    started = time.perf_counter()
    output = _output(asked, root)
    refuse(root, output)
    today = asked.today or _current_day()
    folder, cores = _kept(asked, root)
    with claimed(output, _say):
        outcome = run.run(root, output, today, folder, cores, editions=asked.verb == "report")
    if asked.pages:
        say("\n".join(outcome.page_lines))
    say(outcome.summary)
    say(f"{outcome.change} in {time.perf_counter() - started:.2f} s: {output}")
    return 0


def _kept(asked: argparse.Namespace, root: Path) -> tuple[Path | None, int]:
    """Return where results are kept, and on how many cores a run may work."""
    return None if asked.no_cache else root / ".cache", os.cpu_count() or 1


def _check(asked: argparse.Namespace, root: Path) -> int:
    from evidence import run  # noqa: PLC0415

    built = run.checked(root, asked.today or _current_day(), *_kept(asked, root))
    if asked.pages:
        say("\n".join(run.page_lines(built)))
    say(run.summary(built))
    say("No problem found.")
    return 0


def _serve(asked: argparse.Namespace, root: Path) -> int:
    from evidence import serve  # noqa: PLC0415

    def build() -> int:
        return _reported(_build, asked, root)

    build()
    return serve.serve(root, _output(asked, root), asked.port, build)


def _documents(asked: argparse.Namespace, root: Path) -> int:
    from evidence import documentation  # noqa: PLC0415

    for name, text in documentation.documents(asked.verb, root).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    written = "docs/schemas/" if asked.verb == "schemas" else f"docs/{asked.verb}.md"
    say(f"{written} is written.")
    return 0


def _import(asked: argparse.Namespace, root: Path) -> int:
    from evidence.registry import command_line  # noqa: PLC0415

    return command_line.import_files(asked, root, time.perf_counter, say)


def _refresh(asked: argparse.Namespace, root: Path) -> int:
    import random  # noqa: PLC0415
    import urllib.request  # noqa: PLC0415

    from evidence.registry import asking, command_line  # noqa: PLC0415

    opener = urllib.request.build_opener()  # it takes proxies from the environment
    outside = asking.Outside(
        send=lambda request: opener.open(request, timeout=asking.MOST_SILENCE),
        clock=lambda: datetime.now().astimezone(),
        wait=time.sleep,
        chance=random.SystemRandom().random,
        is_public=not os.environ.get("CI"),
    )
    return command_line.refresh(asked, root, outside, say)


def _changes(asked: argparse.Namespace, root: Path) -> int:
    from evidence.registry import command_line  # noqa: PLC0415

    return command_line.compare(asked, root, say)


def _accept(asked: argparse.Namespace, root: Path) -> int:
    from evidence.steps import accepting  # noqa: PLC0415

    return accepting.run(asked, root, _current_day(), say)


_STOPPED = {"refresh": "What has come is kept, and the next run goes on from there."}
# After problems, where it is not the published site that an author asks for
_LEFT = {
    "check": "",
    "import": "Nothing was written.",
    "changes": "Nothing was written.",
    "refresh": "Nothing was imported; what has come is kept, and the next run goes on from there.",
}
_VERBS = {
    "build": _build,
    "report": _build,
    "check": _check,
    "serve": _serve,
    "rules": _documents,
    "schemas": _documents,
    "hosting": _documents,
    "import": _import,
    "refresh": _refresh,
    "changes": _changes,
    "accept": _accept,
}
