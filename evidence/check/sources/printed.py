"""Are the figures of a finding those that its source prints, in whatever notation it prints them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evidence.check.sources.known import Known
from evidence.model.columns import columns_of
from evidence.model.finding import Finding
from evidence.model.readings import parted, recorded
from evidence.model.study import Study
from evidence.problems import Problem
from evidence.read.tables import place_of_finding

NUMERIC = frozenset(
    column.name for column in columns_of(Finding) if column.shape in {"whole", "number"}
) | {"p"}
MAY_LACK = frozenset({"level", "difference-level"})  # often said once, for a whole paper
COUNTS = ("events", "n")
# "1,136" and "1 136", "0·01", ".05", "−0.4"; a dash behind a digit parts two figures
FIGURE = re.compile(
    r"(?:(?<![\d%.)\]])(?<!\d )[-\u2212\u2013])?(?:\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)?(?:[.,\u00b7\u2027\u22c5]\d+)?"
)
THOUSANDS = re.compile(r"(?<=\d)[, \u00a0\u2009\u202f](?=\d{3}(?!\d))")
POINTS = str.maketrans({"\u00b7": ".", "\u2027": ".", "\u22c5": ".", "\u2212": "-", "\u2013": "-"})


def check_printed(study: Study, known: Known) -> Iterator[Problem]:
    """Yield the findings of a study whose printed figures are not those of the finding."""
    for finding in study.findings.values():
        if finding.printed is None:
            continue
        wrong = differences(finding)
        if wrong:
            place = place_of_finding(known.reading, study, finding.id, ("printed",))
            hint = "Compare both with the source; 'printed:' has the figures of this finding alone."
            yield Problem(place, "printed-fits", "; ".join(wrong), hint)


def differences(finding: Finding) -> list[str]:
    """Return what is in the finding and not in print, and the other way round, each in words."""
    printed = figures(finding.printed or "")
    known = _figures_of(finding)
    text = f"'{finding.printed}'"
    wrong = [
        f"{name} is {figure}, which is not in {text}"
        for name, figure in known.items()
        if not _may_lack(name, finding) and not any(_number(figure) in read for read in printed)
    ]
    own = {_number(figure) for figure in known.values()}
    wrong += [
        f"{min(read)} is in {text}, and is no figure of this finding"
        for read in printed
        if not read & own and not any(_is_share(figure, finding) for figure in read)
    ]
    return wrong


def _is_share(figure: str, finding: Finding) -> bool:
    """Tell whether a figure is the percentage that counts of the finding give, which is often printed beside them."""
    arms = (finding.arms.treated, finding.arms.control) if finding.arms else ()
    exponent = Decimal(1).scaleb(int(Decimal(figure).as_tuple().exponent))
    return any(
        (Decimal(100 * counted.events) / counted.n).quantize(exponent) == Decimal(figure)
        for counted in (finding, *arms)
        if counted.events is not None and counted.n
    )


def figures(text: str) -> list[set[str]]:
    """Return the figures of a text in any notation, each as all that it can mean: "1,136" is 1136 or 1.136."""
    found = []
    for match in FIGURE.finditer(text):
        written = match[0].translate(POINTS)
        if re.search(r"\d", written):
            plain = THOUSANDS.sub("", written)
            found.append(
                {_plain(plain.replace(",", ".")), _plain(written.replace(",", "."))} - {""}
            )
    return found


def _plain(written: str) -> str:
    """Return a number with its own digits, and nothing for what is none."""
    return (
        re.sub(r"^(-?)\.", r"\g<1>0.", written) if re.fullmatch(r"-?\d*(?:\.\d+)?", written) else ""
    )


def _number(figure: str) -> str:
    return f"{Decimal(figure):f}"


def _figures_of(finding: Finding) -> dict[str, str]:
    """Return the numbers of a finding by the names of their columns."""
    parts = parted(recorded(finding))
    named = {name: part.removeprefix(name).strip() for name, part in parts.items()}
    return {name: part.lstrip("<>=≤≥ ") for name, part in named.items() if name in NUMERIC}


def _may_lack(name: str, finding: Finding) -> bool:
    """Tell whether a number need not be in print: the level, counts that were worked out, a computed value."""
    counted = name.rpartition("-")[2] in COUNTS
    if finding.counts == "derived":
        return counted or name in MAY_LACK
    return name in MAY_LACK or (finding.derivation is not None and name == "value")
