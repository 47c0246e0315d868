"""What was typed, read: the verb, and the options of that verb alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.commands import GROUPS, USUAL, VERBS
from evidence.commands.verb import Verb
from evidence.problems import did_you_mean

VALUED = {"--root", "--output", "--today", "--port"}  # options that may stand before the verb
HELP = {"-h", "--help"}
WIDTH = 11
INTRODUCTION = """\
usage: build.py [VERB] [options]

Build, check or serve the site from content/, data/ and templates/. Without a verb it is built.
"""
ENDING = "'build.py VERB --help' tells what may stand behind a verb."


def typed(given: list[str]) -> tuple[Verb, argparse.Namespace | None]:
    """Return the verb, and what was typed with it; None, with its help printed, when that is nothing.

    The verb is the first word that is no option, nor the value of one. Exits with 2 where something
    cannot be meant, and with 0 after help was asked for.
    """
    position = _position(given)
    if position is None and HELP & {*given}:
        print(overview())
        sys.exit(0)
    name = USUAL if position is None else given[position]
    if name not in VERBS:
        print(f"build.py: {_unknown(name)}", file=sys.stderr)
        sys.exit(2)
    words = [word for place, word in enumerate(given) if place != position]
    verb = VERBS[name]
    return verb, _behind(verb, words)


def _position(given: list[str]) -> int | None:
    """Return where the verb stands, or None where there is none."""
    words = iter(enumerate(given))
    for place, word in words:
        if word in VALUED:
            next(words, None)
        elif not word.startswith("-"):
            return place
    return None


def _unknown(name: str) -> str:
    known = f"'build.py --help' lists the verbs: {', '.join(VERBS)}."
    return f"'{name}' is no verb. {did_you_mean(name, VERBS)}".strip() + f"\n{known}"


def _behind(verb: Verb, words: list[str]) -> argparse.Namespace | None:
    options = parser(verb)
    asked, unknown = options.parse_known_intermixed_args(words)
    if unknown:
        options.error(_no_option(verb, unknown[0], options))
    if verb.is_whole(options, asked):
        return asked
    options.print_help(sys.stderr)
    return None


def parser(verb: Verb) -> argparse.ArgumentParser:
    """Return the parser of what stands behind ``verb``."""
    options = argparse.ArgumentParser(
        prog=f"build.py {verb.name}",
        usage=verb.usage,
        description=verb.about or f"{verb.does[0].upper()}{verb.does[1:]}.",
        allow_abbrev=False,
    )
    verb.options(options)
    options.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    return options


def _no_option(verb: Verb, word: str, options: argparse.ArgumentParser) -> str:
    """Return what to say of a word that ``verb`` does not take."""
    option = word.partition("=")[0]
    if not option.startswith("-"):
        return f"'{word}' is one word too many"
    others = [name for name in VERBS if option in _options(parser(VERBS[name]))]
    if others:
        return f"{verb.name} has no option {option}: it is one of {', '.join(others)}"
    hint = did_you_mean(option, _options(options), f"'build.py {verb.name} --help' lists them.")
    return f"{verb.name} has no option {option}. {hint}"


def _options(options: argparse.ArgumentParser) -> set[str]:
    return {name for action in options._actions for name in action.option_strings}  # noqa: SLF001


def overview() -> str:
    """Return the help of the whole command line: every verb with a line, in groups."""
    parts = [INTRODUCTION]
    for group, names in GROUPS.items():
        lines = (f"  {name:{WIDTH}}{VERBS[name].does}" for name in names)
        parts.append("\n".join([f"{group}:", *lines, ""]))
    return "\n".join([*parts, ENDING])
