"""What is said to an author: among the results, or among the errors."""

from __future__ import annotations

import os
import sys
from typing import Protocol


class Say(Protocol):
    """Prints a sentence: among the results with ``aloud``, else among the errors."""

    def __call__(self, words: str, *, aloud: bool = True) -> None:
        """Print it."""


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
