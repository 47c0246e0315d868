"""What an import prints: rows read, kept and dropped, how files were read, and how studies were sorted."""

from __future__ import annotations

from evidence.model.export import STUDY_TYPES, UNCLASSIFIED
from evidence.registry import comparing
from evidence.registry.dates import EITHER
from evidence.registry.importing import QUESTIONS, Imported
from evidence.registry.shelf import REASONS

MOST_VALUES = 10


def lines(imported: Imported) -> list[str]:
    """Return the lines of the summary."""
    facts = imported.provenance
    dropped = sum(facts["dropped"].values())
    summary = [f"{facts['read']} rows read, {facts['kept']} studies kept, {dropped} dropped."]
    summary += [f"  {number:6} {REASONS[reason]}" for reason, number in facts["dropped"].items()]
    for number, file in enumerate(facts["files"], start=1):
        which = f"File {number}" if len(facts["files"]) > 1 else "The file"
        summary += [f"{which}: {note}" for note in file.get("notes", ())]
    kinds = imported.counted("study-type")
    types = (f"{kinds[name]} {name}" for name in STUDY_TYPES if name in kinds)
    summary.append(f"By type of study: {', '.join(types)}.")
    for question in QUESTIONS:
        summary += _classes(question, imported.counted(question), facts["kept"])
    for kind, values in facts["unrecognised"].items():
        listed = ", ".join(
            f"'{entry['value']}' ({entry['studies']})" for entry in values[:MOST_VALUES]
        )
        more = len(values) - MOST_VALUES
        rest = f" and {more} more" if more > 0 else ""
        said = f"Not recognised as {kind}, and counted as not stated"
        if kind.endswith(EITHER):
            column = kind.removesuffix(EITHER)
            said = f"Day or month first is not shown, so at most the year counts, as {column}"
        summary.append(f"{said}: {listed}{rest}.")
    return summary + comparing.lines(imported.compared)


def _classes(question: str, numbers: dict[str, int], kept: int) -> list[str]:
    left = numbers.get(UNCLASSIFIED, 0)
    share = f"{100 * left / kept:.1f}%" if kept else "none"
    heading = [f"By {question}; unclassified {left} ({share}):"]
    return heading + [f"  {number:6} {name}" for name, number in numbers.items()]
