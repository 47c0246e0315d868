"""How far a build is: drawn on a terminal, and nothing of it in a pipe."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import evidence
from evidence.commands.progress import LINE, MADE, watched
from evidence.workers import Workers
from tests.projects import ROOT, TODAY, build_here


class Console(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


class Ticking:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def twice(number: int) -> int:
    return 2 * number


def test_workers_tell_how_many_of_how_many() -> None:
    told: list[tuple[str, int, int]] = []
    with Workers(1, lambda *how: told.append(how)) as workers:
        assert list(workers.share(twice, (), [(1,), (2,), (3,)], 0)) == [2, 4, 6]
    assert told == [("twice", 1, 3), ("twice", 2, 3), ("twice", 3, 3)]


def test_a_build_is_drawn_on_a_console_and_taken_away() -> None:
    console = Console()
    with watched(Ticking(), console) as watch:
        watch("drawn", 1, 4)
        watch("of no interest", 1, 4)
    assert console.getvalue().startswith("\r[######------------------] 1 of 4 figures")
    assert console.getvalue().endswith(f"\r{' ' * LINE}\r")
    assert console.getvalue().count("\r") == 3


def test_what_was_drawn_is_taken_away_when_a_problem_is_found() -> None:
    console = Console()

    def stopped() -> None:
        with watched(Ticking(), console) as watch:
            watch("drawn", 1, 4)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert console.getvalue().endswith(f"\r{' ' * LINE}\r")


def test_nothing_is_drawn_more_often_than_one_can_see() -> None:
    console = Console()
    with watched(lambda: 0.0, console) as watch:
        watch("drawn", 1, 4)
    assert console.getvalue() == ""


def test_nothing_is_drawn_into_a_pipe(minimal: Path) -> None:
    stream = io.StringIO()
    with watched(Ticking(), stream) as watch:
        watch("drawn", 1, 4)
    assert stream.getvalue() == ""
    printed = build_here(minimal, "build", "--no-cache")
    assert "\r" not in printed.out + printed.problems


def test_what_is_drawn_is_made_by_functions_that_are_there() -> None:
    package = Path(evidence.__file__).parent
    program = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    assert [name for name in MADE if f"def {name}(" not in program] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_no_colour_is_printed_on_a_terminal(minimal: Path) -> None:
    master, slave = pty.openpty()
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "check",
        "--root",
        str(minimal),
        "--today",
        TODAY.isoformat(),
    ]
    process = subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave)
    os.close(slave)
    printed = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        printed += piece
    os.close(master)
    assert process.wait() == 0
    assert b"No problem found." in printed
    assert b"\x1b" not in printed
