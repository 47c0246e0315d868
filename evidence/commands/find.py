"""``find`` says where something is written, and where it is used."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.commands.verb import EXIT_USAGE, Surroundings, Verb

if TYPE_CHECKING:
    from evidence.check.sources.mentions import Mention
    from evidence.problems import Place
    from evidence.read.sources import Sources

    Things = dict[tuple[str, str], Place]

LONGEST = 90  # letters of a line that is shown


def _options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="STUDY/FINDING, or a study, source, claim (DOCUMENT/CLAIM), page, figure, table, trial or term",
    )


def _is_whole(_options: argparse.ArgumentParser, asked: argparse.Namespace) -> bool:
    return asked.name is not None


def _find(asked: argparse.Namespace, root: Path, surroundings: Surroundings) -> int:
    from evidence.check.sources.mentions import written_things  # noqa: PLC0415
    from evidence.problems import did_you_mean, shown  # noqa: PLC0415
    from evidence.steps.load import load  # noqa: PLC0415

    sources = load(root)
    things = written_things(sources)
    name = asked.name.strip("[]@!").removeprefix("content/").removesuffix(".md")
    prefix, colon, rest = name.partition(":")
    found = [thing for thing in things if (thing[1] == name) or (colon and thing == (prefix, rest))]
    if not found:
        names = {known for _, known in things}
        hint = did_you_mean(name, names, "Name it as its file, or as STUDY/FINDING.")
        surroundings.tell(f"build.py: nothing is called '{shown(asked.name)}'. {hint}")
        return EXIT_USAGE
    for kind, thing in found:
        surroundings.say("\n".join(lines(sources, things, kind, thing)))
    return 0


def lines(sources: Sources, things: Things, kind: str, name: str) -> Iterable[str]:
    """Yield where the thing is written, and every place that names it, a line each."""
    from evidence.check.sources.mentions import mentions  # noqa: PLC0415

    own = things[kind, name]
    used = [
        mention
        for mention in mentions(sources, name.rpartition("/")[2])
        if (mention.kind, mention.target) == (kind, name)
    ]
    yield f"{kind} {name}: {own}"
    if kind == "study":
        used += _of_findings(sources, name)
    count = len(set(used))
    yield f"Used in {count} place{'s' * (count != 1)}." if count else "Used nowhere."
    for mention in sorted(set(used)):
        yield f"  {mention.place}: {_quoted(sources, mention)}"
    yield from _through(sources, used)


def _of_findings(sources: Sources, study: str) -> list[Mention]:
    """Return where the findings of a study are named, but for its own file."""
    from evidence.check.sources.mentions import mentions  # noqa: PLC0415

    own = f"data/studies/{study}.yaml"
    return [
        mention
        for mention in mentions(sources, f"{study}/")
        if mention.kind == "finding"
        and mention.target.startswith(f"{study}/")
        and mention.place.file != own
    ]


def _through(sources: Sources, used: list[Mention]) -> Iterable[str]:
    """Yield where the figures are shown that name the thing."""
    from evidence.check.sources.mentions import mentions  # noqa: PLC0415

    folder, ending = "data/figures/", ".yaml"
    files = {mention.place.file for mention in used if mention.place.file.startswith(folder)}
    for file in sorted(files):
        figure = file.removeprefix(folder).removesuffix(ending)
        for mention in mentions(sources, figure):
            if (mention.kind, mention.target) == ("figure", figure):
                yield f"  {mention.place}: shows it in the figure '{figure}'"


def _quoted(sources: Sources, mention: Mention) -> str:
    """Return the line of a place, shortened around what it names."""
    from evidence.problems import shown  # noqa: PLC0415
    from evidence.read.sources import TABLE_ENDINGS  # noqa: PLC0415

    line = sources.texts[mention.place.file].split("\n")[mention.place.line - 1]
    at = 0 if mention.place.file.endswith(TABLE_ENDINGS) else mention.place.column - 1
    start = max(0, min(at - LONGEST // 3, len(line) - LONGEST))
    part = line[start : start + LONGEST].strip()
    before, after = "… " * bool(start), " …" * (start + LONGEST < len(line))
    return shown(f"{before}{part}{after}")


VERB = Verb(
    "find",
    "where something is written, and where it is used",
    _find,
    _options,
    _is_whole,
    usage="build.py find NAME",
    about="Say where something is written, and every place that names it, with file and line.",
)
