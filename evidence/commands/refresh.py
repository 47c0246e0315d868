"""``refresh`` asks a registry anew, and shows how far it is, in one line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.progress import Watching
from evidence.commands.registry_words import add_shared, begins_with
from evidence.commands.verb import EXIT_PROBLEMS, EXIT_USAGE, Surroundings, Verb
from evidence.saying import Say

if TYPE_CHECKING:
    from evidence.registry.asking import Outside

EXIT_NO_ANSWER = 3  # later is worth a try


def _options(options: argparse.ArgumentParser) -> None:
    from evidence.registry.refreshing import ADDRESS  # noqa: PLC0415 - seldom asked for

    options.add_argument("words", nargs="*", metavar="trials", help="what is asked for anew")
    options.add_argument(
        "--search", default="", help="the words to ask for (those of the newest export)"
    )
    options.add_argument("--address", default=ADDRESS, help=f"another interface than {ADDRESS}")
    add_shared(options)


def refresh(asked: argparse.Namespace, root: Path, outside: Outside, say: Say) -> int:
    """Refresh as was typed, and say what came of it; return the exit code."""
    from evidence.registry import refreshing, summary  # noqa: PLC0415 - seldom asked for
    from evidence.registry.asking import NoAnswerError  # noqa: PLC0415

    if not outside.is_public and not refreshing.is_local(asked.address):
        say("build.py: where CI is set, only a server of this machine is asked", aloud=False)
        return EXIT_USAGE
    wanted = refreshing.Wanted(asked.search, asked.address, asked.name, asked.rules)
    watching = Watching(sys.stderr, lambda sentence: say(sentence, aloud=False))
    try:
        watch = refreshing.Watch(watching.come, watching.say)
        refreshed = refreshing.refresh(root, wanted, outside, watch)
    except NoAnswerError as error:
        watching.say(f"build.py: {error}")
        return EXIT_NO_ANSWER
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        watching.say(f"build.py: what came cannot be written ({reason}). Make room in {root}.")
        return EXIT_PROBLEMS
    finally:
        watching.clear()
    say("\n".join(summary.lines(refreshed.imported)))
    say("\n".join(refreshing.lines(refreshed)))
    return 0


def _refresh(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    import random  # noqa: PLC0415
    import urllib.request  # noqa: PLC0415

    from evidence.registry.asking import MOST_SILENCE, Outside  # noqa: PLC0415

    opener = urllib.request.build_opener()  # it takes proxies from the environment
    outside = Outside(
        send=lambda request: opener.open(request, timeout=MOST_SILENCE),
        clock=surroundings.clock,
        wait=surroundings.wait,
        chance=random.SystemRandom().random,
        is_public=not surroundings.environment.get("CI"),
    )
    return refresh(asked, root, outside, surroundings.say)


VERB = Verb(
    "refresh",
    "ask a registry anew",
    _refresh,
    _options,
    begins_with("trials"),
    usage="build.py refresh trials [--search WORDS] [--name NAME] [--rules FILE]",
    about="Ask the public interface of ClinicalTrials.gov for a search, page by page, and "
    "import what it answers. A run that was stopped goes on where it was.",
    left="Nothing was imported; what has come is kept, and the next run goes on from there.",
    stopped="What has come is kept, and the next run goes on from there.",
)
