"""Problems, said to an author instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable

from evidence.commands.verb import EXIT_PROBLEMS
from evidence.problems import ProblemsFoundError, listed
from evidence.saying import Say


def reported(action: Callable[[], int], say: Say, left: str | None = None) -> int:
    """Do something and return its exit code; print the problems that it finds.

    ``left`` says after them what was left as it was, None means what the problems say themselves.
    """
    try:
        return action()
    except ProblemsFoundError as error:
        entries = listed(error.problems)
        say("\n".join(entries), aloud=False)
        count = len(entries)
        ending = error.aftermath if left is None else left
        say(f"\n{count} problem{'s' * (count != 1)}. {ending}".rstrip(), aloud=False)
        return EXIT_PROBLEMS
