"""How far something is that takes long: drawn on a console, and silent where nobody watches."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
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

    def come(self, number: int, total: int, what: str = "") -> None:
        """Draw the bar anew, of ``what`` or of what it is of."""
        if self._stream.isatty():
            self._is_drawn = True
            line = bar(number, total, what or self._what)
            print(f"\r{line}", end="", file=self._stream, flush=True)

    def say(self, sentence: str) -> None:
        """Take the bar away, and say a sentence."""
        self.clear()
        self._say(sentence)

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_drawn:
            print(f"\r{' ' * LINE}\r", end="", file=self._stream, flush=True)
            self._is_drawn = False


# What a build makes, by the function that makes it; what is made in a moment has no name here
MADE = {
    "drawn": "figures", "finished_page": "pages", "finished_list": "lists", "markdown_twin": "pages as Markdown",
    "preview": "pictures", "sound_page": "pages checked", "trial_pages": "groups of trials",
    "pdf_edition": "PDF files", "word_edition": "Word files", "words_of_pages": "groups of pages for the search",
}  # fmt: skip
APART = 0.1  # seconds between two drawings


@contextlib.contextmanager
def watched(
    tick: Callable[[], float], stream: TextIO | None = None
) -> Iterator[Callable[[str, int, int], None]]:
    """Give a build somebody to tell how far it is; what was drawn is gone at the end, however it ends."""
    shown = Watching(stream or sys.stderr, lambda _sentence: None)
    last = tick()

    def watch(function: str, come: int, total: int) -> None:
        nonlocal last
        if function in MADE and tick() - last >= APART:
            last = tick()
            shown.come(come, total, MADE[function])

    try:
        yield watch
    finally:
        shown.clear()


def on_errors(say: Callable[[str], None], what: str) -> Watching:
    """Return what draws beside the results."""
    return Watching(sys.stderr, say, what)
