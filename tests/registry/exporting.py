"""Small invented exports of every format, to test the importer with."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import yaml

from evidence.command import main
from evidence.model.registry_record import RegistryRecord
from evidence.numbers.registry_counts import tables_of
from evidence.read.registered import content_of_record
from tests.invented import real_words
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
    # Heart disease
    definition: Disease of the heart.
    any: [heart]
    examples: [Heart Failure]
  - id: skin
    # Skin
    definition: Disease of the skin.
    any: [skin, burn*]
    examples: [Burns]
cells:
  - id: bone-marrow
    # Cells of bone marrow
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


def full_study(number: int = 1) -> dict[str, Any]:
    """Return one study as the classic interface of ClinicalTrials.gov gave it."""
    return {
        "Rank": number,
        "Study": {
            "ProtocolSection": {
                "IdentificationModule": {
                    "NCTId": f"NCT{number:08d}",
                    "OrgStudyIdInfo": {"OrgStudyId": "HONEY-1"},
                    "SecondaryIdInfoList": {"SecondaryIdInfo": [{"SecondaryId": "2020-001234-56"}]},
                    "BriefTitle": "Honey Cells for the Heart",
                },
                "StatusModule": {
                    "OverallStatus": "Recruiting",
                    "StartDateStruct": {"StartDate": "June 17, 2020"},
                    "StudyFirstPostDateStruct": {"StudyFirstPostDate": "May 1, 2020"},
                    "LastUpdatePostDateStruct": {"LastUpdatePostDate": "March 4, 2021"},
                },
                "SponsorCollaboratorsModule": {
                    "LeadSponsor": {"LeadSponsorName": "Apiary", "LeadSponsorClass": "OTHER"}
                },
                "ConditionsModule": {"ConditionList": {"Condition": ["Heart Failure"]}},
                "DesignModule": {
                    "StudyType": "Interventional",
                    "PhaseList": {"Phase": ["Phase 1", "Phase 2"]},
                    "EnrollmentInfo": {"EnrollmentCount": "24"},
                },
                "ArmsInterventionsModule": {
                    "InterventionList": {
                        "Intervention": [
                            {
                                "InterventionType": "Biological",
                                "InterventionName": "bone marrow mesenchymal stem cells",
                            }
                        ]
                    }
                },
                "ContactsLocationsModule": {
                    "LocationList": {
                        "Location": [
                            {
                                "LocationFacility": "Apiary Hospital",
                                "LocationCountry": "Korea, Republic of",
                            }
                        ]
                    }
                },
            }
        },
    }


def answer(*studies: dict[str, Any], available: int | None = None) -> str:
    """Return an answer of the classic interface."""
    count = len(studies) if available is None else available
    inner = {"NStudiesFound": count, "NStudiesReturned": len(studies), "FullStudies": studies}
    return json.dumps({"FullStudiesResponse": inner}, indent=1)


def classic_xml(number: int = 1) -> str:
    """Return one study as a file of the classic download of ClinicalTrials.gov."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<clinical_study rank="1">
  <!-- a comment -->
  <id_info>
    <org_study_id>HONEY-1</org_study_id>
    <secondary_id>2020-001234-56</secondary_id>
    <nct_id>NCT{number:08d}</nct_id>
  </id_info>
  <brief_title>Honey Cells for the Heart</brief_title>
  <sponsors><lead_sponsor>
    <agency>Apiary</agency><agency_class>Other</agency_class>
  </lead_sponsor></sponsors>
  <overall_status>Recruiting</overall_status>
  <start_date type="Actual">June 17, 2020</start_date>
  <phase>Phase 1/Phase 2</phase>
  <study_type>Interventional</study_type>
  <enrollment type="Anticipated">24</enrollment>
  <condition>Heart Failure</condition>
  <intervention>
    <intervention_type>Biological</intervention_type>
    <intervention_name>bone marrow mesenchymal stem cells</intervention_name>
  </intervention>
  <location><facility><address><country>Korea, Republic of</country></address></facility></location>
  <location_countries><country>Korea, Republic of</country></location_countries>
  <keyword>bees</keyword>
  <study_first_posted type="Actual">May 1, 2020</study_first_posted>
  <last_update_posted type="Actual">March 4, 2021</last_update_posted>
</clinical_study>
"""


def portal_xml(*changes: dict[str, str]) -> str:
    """Return an export of the portal in XML, with line ends in its texts as it has them."""
    trials = []
    for change in changes or ({},):
        texts = {**PORTAL_STUDY, **change}
        elements = "".join(
            f"    <{name.replace(' ', '_')}>{escape(text)}\n    </{name.replace(' ', '_')}>\n"
            for name, text in texts.items()
        )
        trials.append(f"  <Trial>\n{elements}    <Acronym/>\n  </Trial>\n")
    return (
        "<?xml version='1.0' encoding='UTF-8' ?>\n<Trials_downloaded_from_ICTRP>\n"
        f"{''.join(trials)}</Trials_downloaded_from_ICTRP>\n"
    )


ISRCTN_STUDY = {
    "ISRCTN": "ISRCTN00000001",
    "Title": "Honey Cells for the Heart",
    "Overall study status": "Ongoing",
    "Health condition(s) or problem(s) studied": "Heart Failure",
    "Drug/device/biological/vaccine name(s)": "bone marrow mesenchymal stem cells",
    "Phase": "Phase I/II",
    "Study type(s)": "Treatment",
    "Date of first enrolment": "17/06/2020",
    "Country of recruitment": "Korea, South",
    "EudraCT/CTIS number": "2020-001234-56",
    "ClinicalTrials.gov number": "NCT00000009",
    "Target sample size": "24",
}
CTIS_STUDY = {
    "Trial number": "2023-500001-10-00",
    "Title of the trial": "Honey Cells for the Heart",
    "Overall trial status": "Ongoing, recruiting",
    "Location(s) and recruitment status": "Germany:Ongoing, recruiting, Austria:Ended",
    "Decision date": "08/05/2020",
    "Medical conditions": "Heart Failure",
    "Product": "bone marrow mesenchymal stem cells",
    "Trial phase": "Phase I and Phase II (Integrated)- Other",
    "Number of participants enrolled": "24",
    "Start date": "17/06/2020",
    "Sponsor/Co-Sponsors": "Apiary",
    "Sponsor type": "Pharmaceutical company",
    "Last updated": "04/03/2021",
}
SUMMARIES = """\
EudraCT Number:          2012-000518-13
Sponsor Protocol Number: HONEY-1
Sponsor Name:            Apiary
Full Title:              Honey Cells for the Heart: a study
  of cells from bone marrow
Start Date*:             2020-06-17
Medical condition:       Heart Failure
Disease:                 Version: 19.0, Term: Heart failure, Level: PT
Population Age:          Adults
Gender:                  Male, Female
Trial protocol:          GB(GB - no longer in EU/EEA) SE(Completed) DK(Completed)
Link:                    https://example.org/2012-000518-13

EudraCT Number:          2012-000519-14
Sponsor Protocol Number: HONEY-2
Full Title:              Wax for Skin
Start Date:              2013-01-02
Medical condition:       Burns
Trial protocol:          ES(Ongoing)
"""


def isrctn_xml() -> str:
    """Return an answer of the interface of the ISRCTN registry."""
    return """\
<allTrials totalCount="1" xmlns="http://www.67bricks.com/isrctn"><fullTrial>
<trial lastUpdated="2021-03-04T09:21:05.295Z" version="3">
  <isrctn dateAssigned="2020-05-01T00:00:00.000Z">00000001</isrctn>
  <trialDescription><title>Honey Cells for the Heart</title></trialDescription>
  <externalRefs><eudraCTNumber>2020-001234-56</eudraCTNumber>
    <clinicalTrialsGovNumber>NCT00000009</clinicalTrialsGovNumber></externalRefs>
  <trialDesign><primaryStudyDesign>Interventional</primaryStudyDesign></trialDesign>
  <participants><recruitmentCountries><country>Korea, South</country></recruitmentCountries>
    <targetEnrolment>24</targetEnrolment>
    <recruitmentStart>2020-06-17T00:00:00.000Z</recruitmentStart></participants>
  <conditions><condition><description>Heart Failure</description></condition></conditions>
  <interventions><intervention><interventionType>Biological</interventionType>
    <phase>Phase I/II</phase><drugNames>bone marrow mesenchymal stem cells</drugNames>
  </intervention></interventions>
</trial></fullTrial></allTrials>
"""


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """Return a workbook with sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


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


def records(root: Path, name: str) -> list[RegistryRecord]:
    """Return the records of an export."""
    text = (root / "data/registry" / name / "records.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return [RegistryRecord.model_validate(content_of_record(row)) for row in rows]


def counts(root: Path, name: str, table: str) -> dict[tuple[str, ...], int]:
    """Return one table of an export: the numbers of studies by what stands before them."""
    rows = tables_of(records(root, name), real_words())[table].rows
    return {tuple(str(cell) for cell in row[:-1]): int(row[-1]) for row in rows if row[-1]}


def provenance(root: Path, name: str) -> dict[str, Any]:
    """Return the provenance of an export."""
    text = (root / "data/registry" / name / "provenance.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
