"""What the verbs that concern a registry have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_shared(options: argparse.ArgumentParser) -> None:
    """Add the options of verbs that write an export."""
    options.add_argument("--name", default="", help="the id of the export (registry and day)")
    options.add_argument("--rules", type=Path, help="other rules than data/registry/rules.yaml")


def begins_with(word: str) -> Callable[[argparse.ArgumentParser, argparse.Namespace], bool]:
    """Return whether something was asked for: that is so where ``word`` stands behind the verb."""

    def is_asked(_options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
        return list(asked.words[:1]) == [word]

    return is_asked
