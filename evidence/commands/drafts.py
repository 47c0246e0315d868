"""``drafts`` lists what only its author sees."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from evidence.commands.verb import Surroundings, Verb

TITLE = re.compile(r"(?m)^title:[ \t]*(.+)$")


def _drafts(_asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.problems import shown  # noqa: PLC0415 - each verb loads only what it needs
    from evidence.steps.load import load  # noqa: PLC0415

    sources = load(root)
    drafts = sorted(sources.published().drafts)
    for file in drafts:
        title = TITLE.search(sources.texts[file])
        surroundings.say(f"{file}: {shown(title[1]) if title else 'without a title'}")
    count = len(drafts)
    surroundings.say(
        f"{count} draft{'s' * (count != 1)}. A build leaves {'it' if count == 1 else 'them'} out."
    )
    return 0


VERB = Verb(
    "drafts",
    "pages, studies and figures that a build leaves out",
    _drafts,
    about="List the pages, studies and figures with 'draft: true': serve shows them, a build leaves them out.",
)
