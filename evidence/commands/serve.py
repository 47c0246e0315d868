"""``serve`` builds, and shows the site on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence.commands.build import add_options, build
from evidence.commands.options import output, port
from evidence.commands.reporting import reported
from evidence.commands.verb import Surroundings, Verb


def _options(options: argparse.ArgumentParser) -> None:
    add_options(options)
    options.add_argument("--port", type=port, default=8000, help="where it listens (8000)")


def _serve(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence import serve  # noqa: PLC0415 - each verb loads only what it needs

    def build_again() -> int:
        return reported(lambda: build(asked, root, surroundings), surroundings.say)

    build_again()
    return serve.serve(root, output(asked, root), asked.port, build_again)


VERB = Verb("serve", "build, and show the site on this machine", _serve, _options)
