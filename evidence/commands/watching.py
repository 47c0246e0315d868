"""How far something is that takes long: drawn on a console, and silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO

WIDTH = 24  # signs of the bar
LINE = 70


def bar(come: int, total: int, what: str = "studies") -> str:
    """Return how far something is: "[######------] 600 of 1,389 studies"."""
    share = min(come / total, 1) if total else 1
    full = int(share * WIDTH)
    line = f"[{'#' * full}{'-' * (WIDTH - full)}] {come:,} of {total:,} {what}"
    return line.ljust(LINE)


class Watching:
    """Shows how far something is: a bar where ``stream`` is a console, and sentences by ``say``."""

    def __init__(self, stream: TextIO, say: Callable[[str], None], what: str = "studies") -> None:
        """Keep where to show it, and of ``what`` there is a number; nothing is drawn yet."""
        self._stream = stream
        self._say = say
        self._what = what
        self._is_drawn = False

    def come(self, number: int, total: int) -> None:
        """Draw the bar anew."""
        if self._stream.isatty():
            self._is_drawn = True
            print(f"\r{bar(number, total, self._what)}", end="", file=self._stream, flush=True)

    def say(self, sentence: str) -> None:
        """Take the bar away, and say a sentence."""
        self.clear()
        self._say(sentence)

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_drawn:
            print(f"\r{' ' * LINE}\r", end="", file=self._stream, flush=True)
            self._is_drawn = False


def on_errors(say: Callable[[str], None], what: str) -> Watching:
    """Return what draws beside the results."""
    return Watching(sys.stderr, say, what)
