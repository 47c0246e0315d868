"""``build`` writes the site, ``report`` also its topics as PDF and Word."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence.commands.options import add_format, add_output, add_run, kept, output
from evidence.commands.progress import watched
from evidence.commands.verb import Surroundings, Verb


def add_options(options: argparse.ArgumentParser) -> None:
    """Add what may be typed behind a verb that builds."""
    add_output(options)
    add_run(options)


def _options(options: argparse.ArgumentParser) -> None:
    add_options(options)
    add_format(options)


def build(
    asked: argparse.Namespace,
    root: Path,
    surroundings: Surroundings,
    *,
    editions: bool = False,
) -> int:
    """Build the site and publish it, and say what came of it; return the exit code."""
    from evidence import run  # noqa: PLC0415 - each verb loads only what it needs
    from evidence.steps.claim import claimed  # noqa: PLC0415
    from evidence.steps.output import refuse  # noqa: PLC0415

    started = surroundings.tick()
    folder = output(asked, root)
    refuse(root, folder)
    day, cores = surroundings.day(asked), surroundings.cores
    cache = kept(asked, root)
    with claimed(folder, surroundings.tell), watched(surroundings.tick) as watch:
        outcome = run.run(root, folder, day, cache, cores, editions=editions, watch=watch)
    if asked.pages:
        surroundings.say("\n".join(outcome.page_lines))
    surroundings.say(outcome.summary)
    seconds = surroundings.tick() - started
    surroundings.say(f"{outcome.change} in {seconds:.2f} s: {folder}")
    return 0


def _report(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    return build(asked, root, surroundings, editions=True)


VERB = Verb("build", "write the site (the default)", build, _options)
REPORT = Verb("report", "write it with its topics as PDF and Word", _report, _options)
