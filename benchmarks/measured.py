"""What a command takes, with all the processes that it starts: time of the clock and of the processor, memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024  # KiB
OFTEN = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Measured:
    """Seconds of the clock and of the processor, and the most MiB of all processes at one moment."""

    wall: float
    processor: float
    memory: float

    def __str__(self) -> str:
        """Return the three in columns."""
        return f"{self.wall:8.2f} {self.processor:6.2f} {self.memory:5.0f}"


def measure(command: list[str], folder: Path) -> Measured:
    """Return what a command takes. Python may keep what it compiled, as it does for everybody.

    Memory is looked at twenty times a second: what a process shares with others is divided among
    them (PSS). Where the system does not tell that, it is the most of the largest process.
    """
    surroundings = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=surroundings)
    over, held = threading.Event(), [0.0]
    watching = threading.Thread(target=_watch, args=(process.pid, over, held))
    watching.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    over.set()
    watching.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    memory = max(held) or usage.ru_maxrss
    return Measured(wall, usage.ru_utime + usage.ru_stime, memory / MEBIBYTE)


def _watch(process: int, over: threading.Event, held: list[float]) -> None:
    """Note what a process and all that it started hold, again and again until it is over."""
    while not over.wait(OFTEN):
        held.append(sum(map(_held, _tree(process))))


def _tree(process: int) -> Iterator[int]:
    """Yield a process and all that it started, as far as they are still there."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:  # it ended while it was looked at
            continue
        for child in children:
            yield from _tree(int(child))


def _held(process: int) -> float:
    """Return the KiB that a process holds, its share of what it shares; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
