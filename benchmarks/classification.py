"""How well the rules of classification agree with labels that people gave by reading.

    python -m benchmarks.classification EXPORT tests/registry/labels.csv
    python -m benchmarks.classification EXPORT tests/registry/labels-second.csv

prints, for conditions and for cells, precision and recall of every class that either has, and the
share of studies on which both agree with its 95% interval (Wilson). The labels were given without
knowledge of the rules; to mend rules by them would make the figures worthless.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path

from evidence.numbers.statistics.proportions import wilson
from evidence.registry.classification import Classifier
from evidence.registry.importing import QUESTIONS, RULES
from evidence.registry.normalising import Understanding
from evidence.registry.reading import read_export
from evidence.registry.rules_file import read_rules

ROOT = Path(__file__).parent.parent
LAST_DAY = Date(2100, 1, 1)


def main(arguments: Sequence[str]) -> None:
    """Print the agreement of rules and labels."""
    export, labels = (Path(each) for each in arguments)
    rules, problems = read_rules(RULES, (ROOT / RULES).read_text("utf-8"))
    if rules is None:
        sys.exit("\n".join(map(str, problems)))
    with labels.open(encoding="utf-8", newline="") as file:
        labelled = {row["id"]: row for row in csv.DictReader(file)}
    read = read_export(export.name, export.read_bytes())
    understanding = Understanding(LAST_DAY)
    studies = [understanding.study(record) for record in read.records if record.id in labelled]
    for question, kind in QUESTIONS.items():
        classifier = Classifier(rules.classes(kind))
        pairs = [
            (study.id, labelled[study.id][question], classifier.classify(dict(study.texts)))
            for study in studies
            if study
        ]
        _report(question, pairs)


def _report(question: str, pairs: Sequence[tuple[str, str, str]]) -> None:
    agreed = Counter(label for _, label, found in pairs if label == found)
    labels = Counter(label for _, label, _ in pairs)
    sorted_as = Counter(found for _, _, found in pairs)
    total = sum(agreed.values())
    interval = wilson(total, len(pairs))
    print(
        f"{question}: {total} of {len(pairs)} agree, {100 * total / len(pairs):.0f}% "
        f"(95% CI {interval.low:.0f} to {interval.high:.0f}); "
        f"unclassified {sorted_as['unclassified']}"
    )
    print(f"  {'class':38} labels rules agree precision recall")
    for name in sorted(labels.keys() | sorted_as.keys()):
        precision = _share(agreed[name], sorted_as[name])
        recall = _share(agreed[name], labels[name])
        print(
            f"  {name:38} {labels[name]:6} {sorted_as[name]:5} {agreed[name]:5} "
            f"{precision:>9} {recall:>6}"
        )
    for name, label, found in pairs:
        if label != found:
            print(f"  {name}: by reading {label}, by the rules {found}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main(sys.argv[1:])
