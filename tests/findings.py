"""Findings for tests: what every finding needs, and what a test adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.model.finding import Finding
from evidence.model.study import Study, by_outcome

READ = {"id": "improved", "measure": "improvement", "source": "smith-2020", "locator": "Table 1"}
ARMS = {
    "treated": {"percent": "56.3", "events": 58, "n": 103, "label": "honey"},
    "control": {"percent": "38.6", "events": 39, "n": 101, "label": "placebo"},
}
DIFFERENCE = {
    "value": "17.7",
    "interval": ["4.2", "31.2"],
    "level": "95",
    "unit": "percentage points",
}


def finding(**fields: Any) -> Finding:
    """Return a finding with ``fields``; keys are written with underscores."""
    return Finding.model_validate({**READ, **fields})


def study(*findings: Finding, **fields: Any) -> Study:
    """Return a study that holds ``findings``."""
    needed = {
        "id": "smith-2020",
        "title": "A trial",
        "short": "Smith 2020",
        "summary": "A trial.",
        "condition": "cold",
        "design": {"kind": "single-arm-trial"},
        "described-in": {"source": "smith-2020", "locator": "Abstract"},
        "findings": {each.id: each.model_dump(by_alias=True) for each in findings},
    }
    return Study.model_validate({**needed, **fields})


@dataclass(frozen=True)
class FoundIn:
    """What some ``studies`` found, as a report has it."""

    studies: Mapping[str, Study]

    @property
    def findings(self) -> dict[str, Finding]:
        """Return their findings by address."""
        return {
            f"{name}/{found.id}": found
            for name, study in self.studies.items()
            for found in study.findings.values()
        }

    @property
    def of_outcome(self) -> dict[str, list[str]]:
        """Return the addresses of the findings of each outcome."""
        return by_outcome(self.findings)
