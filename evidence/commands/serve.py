"""``serve`` shows the site on this machine, and every change as soon as it is saved."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from evidence.commands.options import add_day, kept, port
from evidence.commands.verb import Surroundings, Verb

ABOUT = (
    "Shows the site as the sources make it now. A page that is open shows a save by itself, and what is wrong "
    "in a panel. Nothing is published: 'build.py build' does that."
)


def _options(options: argparse.ArgumentParser) -> None:
    add_day(options)
    options.add_argument("--no-cache", action="store_true", help="compute everything anew")
    options.add_argument(
        "--port", type=port, default=8000, help="where it listens (8000, or the next that is free)"
    )
    options.add_argument("--no-browser", action="store_true", help="open no window of the browser")


def _serve(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.serve.server import Wish, serve  # noqa: PLC0415 - each verb loads only what it needs

    browser = not asked.no_browser and sys.stdout.isatty()
    folder = kept(asked, root)
    with tempfile.TemporaryDirectory() as other:
        wish = Wish(root, folder or Path(other), asked.port, browser, surroundings.cores)
        return serve(wish, lambda: surroundings.day(asked), surroundings.say)


VERB = Verb(
    "serve", "show the site on this machine as it is being written", _serve, _options, about=ABOUT
)
