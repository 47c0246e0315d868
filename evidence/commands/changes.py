"""``changes`` tells what two revisions say differently; or what an export of a registry has that the one before had not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb

if TYPE_CHECKING:
    from evidence.steps.differences import Difference

REGISTRY = "registry"
MOST_WORDS = 3


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "words",
        nargs="*",
        metavar="OLD [NEW]",
        help="revisions of git, or folders of copies; without NEW, the files as they stand. Or "
        "'registry' and an export (the newest)",
    )
    options.add_argument(
        "--format",
        dest="printed",
        choices=("text", "json"),
        default="text",
        help="how it is printed (text)",
    )


def _is_asked(_options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    return 0 < len(asked.words) < MOST_WORDS


def _compare(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    if asked.words[0] == REGISTRY:
        from evidence.registry import comparing  # noqa: PLC0415 - seldom asked for

        surroundings.say("\n".join(comparing.compare_again(root, "".join(asked.words[1:]))))
        return 0
    return _revisions(asked, root, surroundings)


def _revisions(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.steps.differences import differences, said_by  # noqa: PLC0415 - seldom asked for
    from evidence.steps.revision import NoRevisionError, sources_at  # noqa: PLC0415

    old, new = (*asked.words, "")[:2]
    try:
        before, after = (said_by(sources_at(root, revision)) for revision in (old, new))
    except NoRevisionError as error:
        surroundings.tell(f"build.py: {error}")
        return EXIT_USAGE
    found = list(differences(before, after))
    for name, said in ((old, before), (new or "the files as they stand", after)):
        if said.problems:
            count = len(said.problems)
            surroundings.tell(
                f"{count} problem{'s' * (count != 1)} in {name}: what they are about is left out."
            )
    if asked.printed == "json":
        surroundings.say(json.dumps([vars(one) for one in found], ensure_ascii=False, indent=1))
    else:
        surroundings.say("\n".join(_lines(found)))
    return 0


def _lines(found: Sequence[Difference]) -> Iterator[str]:
    """Yield what is printed: each kind with how many changed, are new and are gone, and then each."""
    from evidence.steps.differences import KINDS, SENTENCE  # noqa: PLC0415

    for kind, title in KINDS.items():
        own = [one for one in found if one.kind == kind]
        new = sum(not one.before for one in own)
        gone = sum(not one.after for one in own)
        yield f"{title}: {len(own) - new - gone} changed, {new} new, {gone} gone"
        last = ""
        for one in own:
            if kind != SENTENCE:
                why = f" ({one.why})" if one.why else ""
                yield f"  {one.name}: {one.before or '(new)'} -> {one.after or '(gone)'}{why}"
                continue
            if one.name != last:
                yield f"  {one.name}"
                last = one.name
            yield from (
                f"    {mark} {words}"
                for mark, words in (("-", one.before), ("+", one.after))
                if words
            )


VERB = Verb(
    "changes",
    "tell what two revisions say differently",
    _compare,
    _options,
    _is_asked,
    usage="build.py changes OLD [NEW] | build.py changes registry [EXPORT]",
    about="Print which numbers, verdicts, statuses of trials and sentences are not as they were, each number "
    "with the reason that the ledger of readings gives. With 'registry': compare an export with the one before of the "
    "same search, print what is new, gone and changed, and keep it as changes.csv of that export.",
    left="Nothing was written.",
)
