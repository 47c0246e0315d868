"""Ctrl-C and SIGTERM: a run that is stopped clears up, says so in one line, and ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
LAST = 3  # the signal that ends a run at once, whatever it is doing


class StoppedError(KeyboardInterrupt):
    """Raised once, wherever the program is, when it is asked to stop.

    ``code`` is the exit code that a shell gives for the signal: 130 for Ctrl-C, 143 for SIGTERM.
    """

    def __init__(self, number: int) -> None:
        """Keep the number of the signal."""
        super().__init__()
        self.code = 128 + number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal into a StoppedError, and the third into the end of the process.

    The second one is let pass, so that whoever presses twice does not stop the clearing up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) == 1:
            raise StoppedError(number)
        if len(came) >= LAST:
            os._exit(128 + number)

    # What is ignored stays so: a run in the background is not stopped from the keyboard
    before = {number: signal.getsignal(number) for number in SIGNALS}
    taken = [number for number in SIGNALS if before[number] is not signal.SIG_IGN]
    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])
