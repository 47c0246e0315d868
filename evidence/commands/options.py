"""Options that several verbs have, and how what stands behind an option is read."""

from __future__ import annotations

import argparse
from datetime import date as Date
from pathlib import Path

from evidence.commands.reporting import FORMATS

LAST_PORT = 65535


def add_day(options: argparse.ArgumentParser) -> None:
    """Add the option for another day than today."""
    options.add_argument("--today", type=day, help="the date to build for, such as 2026-11-21")


def add_run(options: argparse.ArgumentParser) -> None:
    """Add what a build and a check have in common."""
    add_day(options)
    options.add_argument("--no-cache", action="store_true", help="compute everything anew")
    options.add_argument("--pages", action="store_true", help="print the coverage of every page")


def add_format(options: argparse.ArgumentParser) -> None:
    """Add the option for how problems are printed."""
    options.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text (for people), json, or github (annotations in a workflow)",
    )


def add_output(options: argparse.ArgumentParser) -> None:
    """Add the option for the folder of the site."""
    options.add_argument("--output", type=folder, help="where the site goes (site/ in the project)")


def output(asked: argparse.Namespace, root: Path) -> Path:
    """Return the folder of the site: the one that was typed, or else that of the project."""
    typed: Path | None = getattr(asked, "output", None)  # most verbs have no such option
    return typed or root / "site"


def kept(asked: argparse.Namespace, root: Path) -> Path | None:
    """Return where results are kept, or None where everything is to be computed anew."""
    return None if asked.no_cache else root / ".cache"


def port(written: str) -> int:
    """Return the number of a port; raises ArgumentTypeError for what is none."""
    if not written.isdecimal() or int(written) > LAST_PORT:
        message = f"'{written}' is not a port between 0 and {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(written)


def folder(written: str) -> Path:
    """Return a folder; raises ArgumentTypeError for an empty name."""
    if not written:
        message = "it is empty; name a folder, such as site"
        raise argparse.ArgumentTypeError(message)
    return Path(written)


def day(written: str) -> Date:
    """Return a day; raises ArgumentTypeError for what is none."""
    try:
        return Date.fromisoformat(written)
    except ValueError as error:
        message = f"'{written}' is not a date such as 2026-11-21"
        raise argparse.ArgumentTypeError(message) from error
