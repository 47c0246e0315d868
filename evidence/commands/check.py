"""``check`` finds problems, and writes nothing; with ``--external`` in addresses outside of the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence.commands.options import add_format, add_run, kept
from evidence.commands.progress import on_errors, watched
from evidence.commands.verb import Surroundings, Verb


def _options(options: argparse.ArgumentParser) -> None:
    add_run(options)
    add_format(options)
    options.add_argument(
        "--external",
        action="store_true",
        help="ask instead whether addresses elsewhere are still there",
    )


def _external(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    """Ask for every address outside of the site; return the exit code."""
    import urllib.request  # noqa: PLC0415

    from evidence.commands.external.addresses import addresses  # noqa: PLC0415
    from evidence.commands.external.asking import Inquiry  # noqa: PLC0415
    from evidence.commands.external.round import answers, problems  # noqa: PLC0415
    from evidence.commands.making.asking import agent  # noqa: PLC0415
    from evidence.problems import ProblemsFoundError  # noqa: PLC0415
    from evidence.steps.load import load  # noqa: PLC0415

    sources = load(root)
    places = addresses(sources)
    is_public = not surroundings.environment.get("CI")
    asking = Inquiry(
        urllib.request.urlopen, surroundings.tick, surroundings.wait, agent(sources), is_public
    )
    watching = on_errors(surroundings.tell, "addresses")
    try:
        found = answers(places, asking, kept(asked, root), surroundings.day(asked), watching.come)
    finally:
        watching.clear()
    for address, answer in found.items():
        if answer.state == "unknown":
            surroundings.tell(f"{places[address][0]}: '{address}': {answer.why}.")
    gone = problems(found, places)
    if gone:
        raise ProblemsFoundError(gone)
    unknown = sum(answer.state == "unknown" for answer in found.values())
    surroundings.say(f"{len(found):,} addresses: none is gone, {unknown:,} could not be judged.")
    return 0


def _check(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    if asked.external:
        return _external(asked, root, surroundings)
    from evidence import run  # noqa: PLC0415 - each verb loads only what it needs

    day, cores = surroundings.day(asked), surroundings.cores
    with watched(surroundings.tick) as watch:
        built = run.checked(root, day, kept(asked, root), cores, watch)
    if asked.pages:
        surroundings.say("\n".join(run.page_lines(built)))
    surroundings.say(run.summary(built))
    surroundings.say("No problem found.")
    return 0


VERB = Verb("check", "find problems, and write nothing", _check, _options, left="")
