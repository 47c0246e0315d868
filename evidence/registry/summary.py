"""What an import prints: rows read, kept and dropped, and how the studies were sorted."""

from __future__ import annotations

from evidence.registry.counting import Tally
from evidence.registry.duplicates import REASONS
from evidence.registry.importing import Imported
from evidence.registry.vocabulary import UNCLASSIFIED

MOST_VALUES = 10


def lines(made: Imported) -> list[str]:
    """Return the lines of the summary."""
    facts = made.provenance
    dropped = sum(facts["dropped"].values())
    found = [f"{facts['read']} rows read, {facts['kept']} studies kept, {dropped} dropped."]
    found += [f"  {number:6} {REASONS[reason]}" for reason, number in facts["dropped"].items()]
    types = (f"{number} {name}" for name, number in facts["by-study-type"].items())
    found.append(f"By type of study: {', '.join(types)}.")
    for question in ("condition", "cell"):
        found += _classes(question, made.tables[question], facts["kept"])
    for kind, values in facts["unrecognised"].items():
        shown = ", ".join(f"'{each['value']}' ({each['studies']})" for each in values[:MOST_VALUES])
        more = len(values) - MOST_VALUES
        rest = f" and {more} more" if more > 0 else ""
        found.append(f"Not recognised as {kind}, and counted as not stated: {shown}{rest}.")
    return found


def _classes(question: str, table: Tally, kept: int) -> list[str]:
    numbers: dict[str, int] = {}
    for row in table.rows:
        numbers[str(row[-2])] = numbers.get(str(row[-2]), 0) + int(row[-1])
    left = numbers.get(UNCLASSIFIED, 0)
    share = f"{100 * left / kept:.1f}%" if kept else "none"
    found = [f"By {question}; unclassified {left} ({share}):"]
    return found + [f"  {number:6} {name}" for name, number in numbers.items() if number]
