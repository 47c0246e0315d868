"""``explain`` says what a rule wants, why, what breaks it, and how to mend that."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb

WIDTH = 100


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "rule", nargs="?", metavar="RULE", help="the word in brackets behind a problem"
    )


def _explain(asked: argparse.Namespace, _root: Path, surroundings: Surroundings) -> int:
    from evidence.problems import did_you_mean, shown  # noqa: PLC0415
    from evidence.rules import RULES  # noqa: PLC0415

    if asked.rule is None:
        surroundings.say(listed())
        return 0
    rule = asked.rule.strip("[]").lower()
    if rule not in RULES:
        hint = did_you_mean(rule, RULES, "'build.py explain' lists them all.")
        surroundings.tell(f"build.py: '{shown(asked.rule)}' is no rule. {hint}")
        return EXIT_USAGE
    surroundings.say(explained(rule))
    return 0


def listed() -> str:
    """Return every rule with the sentence that says what holds."""
    from evidence.rules import RULES  # noqa: PLC0415 - each verb loads only what it needs

    return "\n".join(f"{rule}\n{_indented(holds)}" for rule, holds in RULES.items())


def explained(rule: str) -> str:
    """Return what an author should know of a rule."""
    from evidence.documentation import example  # noqa: PLC0415
    from evidence.rules import RULES, WHY  # noqa: PLC0415

    lines = [rule, _indented(RULES[rule]), "", "Why:", _indented(WHY[rule])]
    broken = example(rule)
    if broken is None:
        return "\n".join(lines)
    lines += ["", f"What breaks it, for example in {broken.place}:"]
    lines += [f"    {line}" for line in broken.lines]
    lines += [_indented(f"The answer: {broken.message}"), "", "How to mend that:"]
    return "\n".join([*lines, _indented(broken.hint)])


def _indented(sentence: str) -> str:
    indent = " " * 4
    return textwrap.fill(
        sentence,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


VERB = Verb(
    "explain",
    "what a rule wants, why, and how to mend what breaks it",
    _explain,
    _options,
    about="Say what a rule wants, why, what breaks it, and how to mend that; without RULE, list all rules.",
    in_project=False,
)
