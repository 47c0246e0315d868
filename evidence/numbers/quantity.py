"""How a finding is printed: the one home of every form that prose, tables and figures use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evidence.model.arms import Arm, Estimate
from evidence.model.baseline import Baseline
from evidence.model.finding import Finding
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.results import Computed

SIGNS = {"<": "less than ", ">": "more than ", "about": "about "}
RATIOS = ("odds ratio", "risk ratio", "hazard ratio", "standardised mean difference",
          "mean difference", "rate ratio")  # fmt: skip
SMALL_SAMPLE = 100
THOUSAND = 1000


@dataclass(frozen=True)
class Printed:
    """A quantity in words: ``before``, the ``number`` that is linked, and what comes ``after``."""

    number: str
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """Return the whole as plain text."""
        return f"{self.before}{self.number}{self.after}"


def number_text(number: Decimal | float) -> str:
    """Return a number with its own digits, thousands separators and a true minus sign."""
    exact = Decimal(str(number))
    digits = f"{exact:,f}" if abs(exact) >= THOUSAND else f"{exact:f}"
    return digits.replace("-", "−")


def rounded(number: Decimal | float, places: int = 1) -> Decimal:
    """Return ``number`` with ``places`` decimals, halves away from zero."""
    step = Decimal(1).scaleb(-places)
    return Decimal(str(number)).quantize(step, rounding=ROUND_HALF_UP)


def with_unit(number: Decimal, unit: str | None) -> str:
    """Return "48.9%", "17.7 percentage points", "62 studies" or the bare number."""
    digits = number_text(number)
    if unit == "percent":
        return f"{digits}%"
    if unit is None or unit in RATIOS:
        return digits
    if number == 1 and unit.endswith("s") and " " not in unit:
        unit = {"studies": "study", "patients": "patient"}.get(unit, unit.removesuffix("s"))
    return f"{digits} {unit}"


def interval_text(low: Decimal | float, high: Decimal | float) -> str:
    """Return "40.8 to 56.9"."""
    return f"{number_text(low)} to {number_text(high)}"


def level_text(level: Decimal | float) -> str:
    """Return 95.0 as "95%" and 97.5 as "97.5%"."""
    return f"{Decimal(str(level)).normalize():f}%"


def share_text(events: int, n: int) -> str:
    """Return events / n in percent with one decimal, as figures and tables have it; 75.0 is 75."""
    percent = number_text(rounded(Decimal(100 * events) / n))
    return f"{percent.removesuffix('.0')}%"


def _level_words(level: Decimal | None) -> str:
    return f"{number_text(level)}% CI" if level is not None else "interval"


def _in_brackets(estimate: Finding | Estimate) -> str:
    if estimate.interval is None:
        return ""
    return f" ({_level_words(estimate.level)} {interval_text(*estimate.interval)})"


def _value(finding: Finding) -> Printed | None:
    if finding.value is None:
        return None
    unit = finding.unit or ("percent" if finding.events is not None else None)
    before = SIGNS.get(finding.sign or "", "")
    if unit in RATIOS:
        before = f"{unit} {before}"
    return Printed(with_unit(finding.value, unit), before)


def _of(finding: Finding) -> Printed | None:
    if finding.events is None or finding.n is None:
        return None
    return Printed(f"{finding.events:,} of {finding.n:,}")


def _percent(finding: Finding) -> Printed | None:
    if finding.value is not None and finding.unit in {None, "percent"}:
        return _value(finding)
    if finding.events is None or finding.n is None:
        return None
    return Printed(share_text(finding.events, finding.n))


def _percent_number(finding: Finding) -> Decimal | None:
    if finding.value is not None and finding.unit in {None, "percent"}:
        return finding.value
    if finding.events is None or finding.n is None:
        return None
    return Decimal(100 * finding.events) / finding.n


def _per_100(number: Decimal | None, sign: str | None = None) -> Printed | None:
    if number is None:
        return None
    return Printed(f"{rounded(number, 0)} of every 100", SIGNS.get(sign or "", ""))


def _interval(estimate: Finding | Estimate | None) -> Printed | None:
    if estimate is None or estimate.interval is None:
        return None
    return Printed(interval_text(*estimate.interval))


def _arm_share(arm: Arm) -> str:
    if arm.percent is not None:
        return f"{number_text(arm.percent)}%"
    if arm.events is not None and arm.n is not None:
        return share_text(arm.events, arm.n)
    return ""


def _arm_alone(arm: Arm) -> str:
    """Return the share of an arm, or its mean."""
    return _arm_share(arm) or ("" if arm.value is None else number_text(arm.value))


def _arm_percent(arm: Arm | None) -> Decimal | None:
    if arm is None:
        return None
    if arm.percent is not None:
        return arm.percent
    if arm.events is None or arm.n is None:
        return None
    return Decimal(100 * arm.events) / arm.n


def _arm_count(arm: Arm | None) -> str:
    if arm is None:
        return ""
    if arm.events is not None and arm.n is not None:
        return f"{arm.events:,} of {arm.n:,}"
    return ""


def _arm_text(arm: Arm) -> str:
    if arm.value is not None:
        return number_text(arm.value)
    if arm.percent is None and arm.n is not None and arm.n < SMALL_SAMPLE and _arm_count(arm):
        return _arm_count(arm)
    if _arm_share(arm):
        return _arm_share(arm)
    if arm.events is not None and arm.person_years is not None:
        return f"{arm.events:,} in {number_text(arm.person_years)} person-years"
    return f"{arm.n:,}" if arm.n is not None else ""


def _arms(finding: Finding) -> Printed | None:
    if finding.arms is None:
        return None
    treated, control = finding.arms.treated, finding.arms.control
    with_treated = f" with {treated.label}" if treated.label else ""
    with_control = f" with {control.label}" if control.label else ""
    after = f"{with_treated} and {_arm_text(control)}{with_control}"
    return Printed(_arm_text(treated), "", after)


def _difference(finding: Finding) -> Printed | None:
    difference = finding.difference
    if difference is None or difference.value is None:
        return None
    before = f"{difference.unit} " if difference.unit in RATIOS else ""
    return Printed(with_unit(difference.value, difference.unit), before, _in_brackets(difference))


def _p_value(finding: Finding) -> Printed | None:
    if finding.p is None:
        return None
    return Printed(PrintedP.read(finding.p).text)


def _words(text: str | None) -> Printed | None:
    return None if text is None else Printed(text)


def _statement(finding: Finding) -> Printed | None:
    """Return a statement with the day on which it was true, unless it says that itself."""
    said, as_of = finding.statement, finding.as_of
    if said is None or as_of is None or as_of.words in said:
        return _words(said)
    bare = said.removesuffix(".")
    return Printed(bare, "", f" (as of {as_of.words}){said[len(bare) :]}")


def _optional(text: str) -> Printed | None:
    return Printed(text) if text else None


def default(finding: Finding) -> Printed:
    """Return the form that a reference without a bar prints."""
    counted = _of(finding)
    if finding.date is not None:
        return Printed(finding.date.words)
    if counted is not None:
        share = _percent(finding)
        within = [share.text] if share else []
        if finding.interval is not None and finding.unit in {None, "percent"}:
            within.append(f"{_level_words(finding.level)} {interval_text(*finding.interval)}")
        return Printed(counted.number, "", f" ({', '.join(within)})" if within else "")
    value = _value(finding)
    if value is not None:
        return Printed(value.number, value.before, _in_brackets(finding))
    for form in (_arms, _difference, _p_value):
        comparison = form(finding)
        if comparison is not None:
            return comparison
    return _statement(finding) or Printed(
        f"{finding.n:,}" if finding.n is not None else str(finding.events)
    )


PHASE_WORDS = {
    "acute": "in the acute phase",
    "subacute": "in the subacute phase",
    "chronic": "in the chronic phase",
    "mixed": "in different phases",
    "not-stated": "at a time not stated",
}


PHASE_SHORT = {
    "acute": "acute",
    "subacute": "subacute",
    "chronic": "chronic",
    "mixed": "mixed times",
    "not-stated": "time not stated",
}


def baseline_words(finding: Finding) -> str:
    """Return when people were first examined or treated, or that this is not stated."""
    baseline = finding.baseline or Baseline()
    verb = "treated" if baseline.treated else "first examined"
    return f"{verb} {baseline.time or PHASE_WORDS[baseline.phase]}"


Form = Callable[[Finding], Printed | None]
FORMS: dict[str, Form] = {
    "": default,
    "value": lambda finding: _value(finding) or _percent(finding),
    "number": lambda finding: (
        None if finding.value is None else Printed(number_text(finding.value))
    ),
    "ci": _interval,
    "low": lambda finding: (
        None if finding.interval is None else Printed(with_unit(finding.interval[0], finding.unit))
    ),
    "high": lambda finding: (
        None if finding.interval is None else Printed(with_unit(finding.interval[1], finding.unit))
    ),
    "n": lambda finding: None if finding.n is None else Printed(f"{finding.n:,}"),
    "events": lambda finding: None if finding.events is None else Printed(f"{finding.events:,}"),
    "of": _of,
    "percent": _percent,
    "per-100": lambda finding: _per_100(_percent_number(finding), finding.sign),
    "per-100-ci": lambda finding: (
        None
        if finding.interval is None
        else Printed(interval_text(*(rounded(end, 0) for end in finding.interval)))
    ),
    "difference": _difference,
    "difference-value": lambda finding: (
        None
        if finding.difference is None or finding.difference.value is None
        else Printed(with_unit(finding.difference.value, finding.difference.unit))
    ),
    "difference-ci": lambda finding: _interval(finding.difference),
    "p": _p_value,
    "date": lambda finding: None if finding.date is None else Printed(finding.date.words),
    "year": lambda finding: None if finding.date is None else Printed(str(finding.date.year)),
    "statement": _statement,
    "measure": lambda finding: _words(finding.measure),
    "time": lambda finding: _words(finding.time),
    "population": lambda finding: _words(finding.population),
    "baseline": lambda finding: Printed(baseline_words(finding)),
    "arms": _arms,
    "treated": lambda finding: _optional(_arm_alone(finding.arms.treated) if finding.arms else ""),
    "control": lambda finding: _optional(_arm_alone(finding.arms.control) if finding.arms else ""),
    "treated-of": lambda finding: _optional(
        _arm_count(finding.arms.treated if finding.arms else None)
    ),
    "control-of": lambda finding: _optional(
        _arm_count(finding.arms.control if finding.arms else None)
    ),
    "treated-n": lambda finding: (
        None
        if finding.arms is None or finding.arms.treated.n is None
        else Printed(f"{finding.arms.treated.n:,}")
    ),
    "control-n": lambda finding: (
        None
        if finding.arms is None or finding.arms.control.n is None
        else Printed(f"{finding.arms.control.n:,}")
    ),
    "treated-per-100": lambda finding: _per_100(
        _arm_percent(finding.arms.treated if finding.arms else None)
    ),
    "control-per-100": lambda finding: _per_100(
        _arm_percent(finding.arms.control if finding.arms else None)
    ),
}
COMPUTED_FORMS = ("computed-percent", "computed-ci", "computed-difference")


def implied_events(finding: Finding) -> int | None:
    """Return the count that a printed percentage of n people can only come from, or None.

    Of 482 people 74 alone are 15.4%. None where several counts give the printed percentage, no
    count does, the number is called about so, or the count is printed anyway.
    """
    value, n = finding.value, finding.n
    if finding.events is not None or value is None or n is None or finding.sign:
        return None
    if finding.unit != "percent" or not 0 <= value <= 100 or n < 1:
        return None
    half = Decimal("0.5").scaleb(int(value.as_tuple().exponent))
    near = int(value * n / 100)
    giving = [
        events
        for events in range(max(near - 1, 0), min(near + 2, n) + 1)
        if abs(Decimal(100 * events) / n - value) <= half
    ]
    return giving[0] if len(giving) == 1 else None


def can_compute(finding: Finding) -> tuple[bool, bool]:
    """Tell whether a proportion, and whether a difference, can be computed from the counts."""
    proportion = finding.events is not None and finding.n is not None
    arms = finding.arms
    difference = arms is not None and all(
        arm.events is not None and arm.n is not None for arm in (arms.treated, arms.control)
    )
    return proportion, difference


def has_form(finding: Finding, form: str) -> bool:
    """Tell whether ``form`` can be printed for ``finding``."""
    if form in COMPUTED_FORMS:
        proportion, difference = can_compute(finding)
        return difference if form == "computed-difference" else proportion
    return form in FORMS and FORMS[form](finding) is not None


def forms_of(finding: Finding) -> list[str]:
    """Return the names of the forms that can be printed for ``finding``."""
    return [form for form in (*FORMS, *COMPUTED_FORMS) if form and has_form(finding, form)]


def printed(finding: Finding, form: str, computed: Computed | None) -> Printed:
    """Return the form of a finding; raise KeyError for a form that it does not have."""
    words = _computed(form, computed) if form in COMPUTED_FORMS else FORMS[form](finding)
    if words is None:
        raise KeyError(form)
    return words


def _computed(form: str, computed: Computed | None) -> Printed | None:
    if computed is None:
        return None
    if form == "computed-difference":
        difference = computed.difference_score  # right for small counts too, unlike Wald's
        if difference is None:
            return None
        ends = interval_text(rounded(difference.low), rounded(difference.high))
        return Printed(
            f"{number_text(rounded(difference.points))} percentage points",
            "",
            f" ({level_text(difference.level)} CI {ends})",
        )
    if computed.proportion is None:
        return None
    proportion = computed.proportion
    if form == "computed-percent":
        return Printed(f"{number_text(rounded(proportion.percent))}%")
    return Printed(interval_text(rounded(proportion.low), rounded(proportion.high)))
