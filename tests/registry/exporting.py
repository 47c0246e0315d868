"""Small invented exports of every format, to test the importer with."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import yaml

from evidence.command import main
from tests.projects import Printed, files_below

CLASSIC = (
    "Rank", "NCT Number", "Title", "Acronym", "Status", "Study Results", "Conditions",
    "Interventions", "Outcome Measures", "Sponsor/Collaborators", "Gender", "Age", "Phases",
    "Enrollment", "Funded Bys", "Study Type", "Study Designs", "Other IDs", "Start Date",
    "Primary Completion Date", "Completion Date", "First Posted", "Results First Posted",
    "Last Update Posted", "Locations", "Study Documents", "URL",
)  # fmt: skip
PRESENT = (
    "NCT Number", "Study Title", "Study URL", "Acronym", "Study Status", "Brief Summary",
    "Study Results", "Conditions", "Interventions", "Primary Outcome Measures", "Sponsor",
    "Collaborators", "Sex", "Age", "Phases", "Enrollment", "Funder Type", "Study Type",
    "Study Design", "Other IDs", "Start Date", "Completion Date", "First Posted",
    "Last Update Posted", "Locations", "Study Documents",
)  # fmt: skip
PORTAL = (
    "TrialID", "Last Refreshed on", "Public title", "Scientific title", "Primary sponsor",
    "Date registration", "Source Register", "web address", "Recruitment Status",
    "Date enrollement", "Target size", "Study type", "Phase", "Countries", "Condition",
    "Intervention", "Primary outcome", "Secondary IDs",
)  # fmt: skip
CLASSIC_STUDY = {
    "Rank": "1",
    "NCT Number": "NCT00000001",
    "Title": "Honey Cells for the Heart",
    "Status": "Recruiting",
    "Conditions": "Heart Failure",
    "Interventions": "Biological: bone marrow mesenchymal stem cells",
    "Phases": "Phase 1|Phase 2",
    "Enrollment": "24",
    "Funded Bys": "Other|Industry",
    "Study Type": "Interventional",
    "Start Date": "June 17, 2020",
    "First Posted": "May 1, 2020",
    "Last Update Posted": "March 4, 2021",
    "Locations": "Apiary Hospital, Seoul, Korea, Republic of",
}
PRESENT_STUDY = {
    "NCT Number": "NCT00000001",
    "Study Title": "Honey Cells for the Heart",
    "Study Status": "RECRUITING",
    "Conditions": "Heart Failure",
    "Interventions": "BIOLOGICAL: bone marrow mesenchymal stem cells",
    "Phases": "PHASE1|PHASE2",
    "Enrollment": "24",
    "Funder Type": "OTHER",
    "Study Type": "INTERVENTIONAL",
    "Start Date": "2020-06-17",
    "First Posted": "2020-05-01",
    "Last Update Posted": "2021-03-04",
    "Locations": "Apiary Hospital, Seoul, 03080, South Korea",
}
PORTAL_STUDY = {
    "TrialID": "NCT00000001",
    "Public title": "Honey Cells for the Heart",
    "Recruitment Status": "Recruiting",
    "Condition": "Heart Failure",
    "Intervention": "Biological: bone marrow mesenchymal stem cells",
    "Phase": "Phase 1/Phase 2",
    "Target size": "24",
    "Study type": "Interventional",
    "Date enrollement": "17/06/2020",
    "Date registration": "01/05/2020",
    "Last Refreshed on": "4 March 2021",
    "Countries": "Korea, Republic of",
}
RULES = """\
version: "test"
conditions:
  - id: heart
    title: Heart disease
    definition: Disease of the heart.
    any: [heart]
    examples: [Heart Failure]
  - id: skin
    title: Skin
    definition: Disease of the skin.
    any: [skin, burn*]
    examples: [Burns]
cells:
  - id: bone-marrow
    title: Cells of bone marrow
    definition: Cells from bone marrow.
    any: [bone marrow]
    where: [interventions]
    examples: [bone marrow cells]
"""
SEARCH = ("--search", "honey cells", "--exported", "2022-10-07")


def table(columns: tuple[str, ...], *studies: dict[str, str]) -> str:
    """Return a CSV export with a row for each study, its cells in double quotes."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([study.get(name, "") for name in columns] for study in studies)
    return out.getvalue()


def classic(*changes: dict[str, str]) -> str:
    """Return a classic export: one study for each set of changes."""
    return table(CLASSIC, *({**CLASSIC_STUDY, **each} for each in changes or ({},)))


def present(*changes: dict[str, str]) -> str:
    """Return a present export of ClinicalTrials.gov."""
    return table(PRESENT, *({**PRESENT_STUDY, **each} for each in changes or ({},)))


def portal(*changes: dict[str, str]) -> str:
    """Return an export of the portal of the World Health Organization."""
    return table(PORTAL, *({**PORTAL_STUDY, **each} for each in changes or ({},)))


def api(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return one study as the interface of ClinicalTrials.gov gives it."""
    modules: dict[str, Any] = {
        "identificationModule": {
            "nctId": f"NCT{number:08d}",
            "orgStudyIdInfo": {"id": "HONEY-1"},
            "briefTitle": "Honey Cells for the Heart",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2020-06-17", "type": "ACTUAL"},
            "studyFirstPostDateStruct": {"date": "2020-05-01"},
            "lastUpdatePostDateStruct": {"date": "2021-03-04"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Apiary", "class": "OTHER"}},
        "conditionsModule": {"conditions": ["Heart Failure"], "keywords": ["bees"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "enrollmentInfo": {"count": 24, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "interventions": [
                {"type": "BIOLOGICAL", "name": "bone marrow mesenchymal stem cells"},
            ]
        },
        "contactsLocationsModule": {
            "locations": [{"facility": "Apiary Hospital", "country": "South Korea"}]
        },
    }
    return {"protocolSection": {**modules, **changes}}


def page(*studies: dict[str, Any], **more: Any) -> str:
    """Return a page of studies in JSON."""
    return json.dumps({"studies": list(studies), **more}, indent=1)


def project(root: Path, rules: str = RULES) -> Path:
    """Make a project that has just enough to import into."""
    (root / "content").mkdir(parents=True)
    (root / "data/registry").mkdir(parents=True)
    (root / "data/registry/rules.yaml").write_text(rules, "utf-8")
    return root


def lay(root: Path, *exports: str | bytes) -> list[str]:
    """Write exports beside the project; return their paths. Their names tell nothing."""
    paths = []
    for number, export in enumerate(exports):
        path = root / f"download-{number}"
        path.write_bytes(export if isinstance(export, bytes) else export.encode())
        paths.append(str(path))
    return paths


def run(root: Path, *exports: str | bytes, asked: tuple[str, ...] = SEARCH) -> Printed:
    """Import exports into the project at ``root`` by the command line."""
    return run_files(root, *lay(root, *exports), asked=asked)


def run_files(root: Path, *paths: str, asked: tuple[str, ...] = SEARCH) -> Printed:
    """Import files into the project at ``root`` by the command line."""
    out, problems = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(problems):
        code = main(["import", "registry", *paths, *asked, "--root", str(root)])
    return Printed(code, out.getvalue(), problems.getvalue().replace(f"{root}{os.sep}", ""))


def written(root: Path) -> dict[str, bytes]:
    """Return every file that imports wrote into the project at ``root``."""
    files = files_below(root / "data/registry")
    return {name: raw for name, raw in files.items() if name != "rules.yaml"}


def counts(root: Path, name: str, table: str) -> dict[tuple[str, ...], int]:
    """Return one table of an export: the numbers of studies by what stands before them."""
    text = (root / "data/registry" / name / f"{table}.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {tuple(row[:-1]): int(row[-1]) for row in rows if row[-1] != "0"}


def provenance(root: Path, name: str) -> dict[str, Any]:
    """Return the provenance of an export."""
    text = (root / "data/registry" / name / "provenance.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
