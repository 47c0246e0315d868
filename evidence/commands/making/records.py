"""What stands in a new study, page, claim, figure, trial, term or search at first.

A key without a value is what is still to be filled in: the build names it. Comments say what goes where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evidence.commands.making.sources import flow, line, scalar
from evidence.model.trial import trial_id

Answers = Mapping[str, str]

AIMS = ("trials", "meta-analyses", "follow-up", "regulators", "stopped-programmes", "retractions")
OF_TABLES = {
    "stacked-years": "year: , series: , value: ", "stacked-bars": "category: , series: , value: ",
    "ranking": "category: , value: ", "grid": "category: , series: , value: ",
    "evidence-map": "category: , series: , design: , value: ", "small-multiples": "facet: , year: , value: ",
    "world-map": "code: , value: , name: ", "flow": "first: , second: , value: ",
    "judgements": "study: , domain: , judgement: ",
}  # fmt: skip


def study_text(answers: Answers) -> str:
    """Return the text of data/studies/<id>.yaml."""
    source, locator = answers["source"], answers["locator"]
    read_in = f"source: {scalar(source)}, locator: {scalar(locator)}"
    return f"""\
{line("title", answers["title"])}
# Its name in lists and tables, often author and year
{line("short", answers["short"])}
# What it is, in one sentence
{line("summary", answers["summary"])}
# From the closed list in data/vocabularies.yaml
{line("condition", answers["condition"])}
# randomised-controlled-trial, single-arm-trial, case-series, systematic-review, cohort ... Others: blinding, phase, control
design: {{kind: {scalar(answers["kind"])}}}
# What was given, from the closed list of cells
# intervention: {{cell: , donor: , route: , product: }}
# The ids of its registry records
# registry: [NCT01541579]
# Where the study itself is described
described-in: {{{read_in}}}
# What it found: a name of your choice, a measure, ONE quantity (value with unit; events and n; arms; a date; a
# statement), and where it stands. Numbers exactly as printed. Every study with people has 'participants'
findings:
  participants:
    measure: participants
    {_number("value", answers["participants"])}
    unit: people
    {line("source", source)}
    {line("locator", locator)}
"""


def _number(key: str, value: str) -> str:
    """Return a line with a number as it was typed, without the quotes of a text that looks like one."""
    return f"{key}: {value}" if value.isdecimal() else line(key, value)


def page_text(answers: Answers) -> str:
    """Return the text of content/<id>.md."""
    front = [line("title", answers["title"]), line("kind", answers["kind"])]
    if answers["kind"] != "topic":
        return "\n".join(["---", *front, "---", "", "TODO: the text.", ""])
    return "\n".join(
        [
            "---",
            *front,
            "# One or two sentences, with [[study/finding]] for every number",
            "answer: ",
            "# The day of the newest query, the day on which it was read against its sources, and the day of the next time",
            "searched: ",
            "reviewed: ",
            "review-due: ",
            "---",
            "",
            "## In short",
            "",
            "- TODO: three to six points; every number is a reference to a finding.",
            "",
            "## What this cannot tell you",
            "",
            "TODO: what a reader might wrongly conclude.",
            "",
        ]
    ).replace(": \n", ":\n")


def ledger_text(answers: Answers) -> str:
    """Return what begins data/claims/<document>.yaml."""
    return f"""\
# The source that says these things
{line("document", answers["document"])}
{line("title", answers["title"])}
# What this document is, in two fair sentences
{line("intro", answers["intro"])}
claims:
"""


def claim_text(answers: Answers) -> str:
    """Return one entry below 'claims:'."""
    return f"""\
  {answers["claim"]}:
    # Where in the document it stands, and what it is about
    {line("locator", answers["locator"])}
    {line("topic", answers["topic"])}
    # What the document says, in your words; numbers typed here are its own
    {line("says", answers["says"])}
    # supported, supported-with-a-caveat, contradicted, not-supported or cannot-be-checked
    {line("verdict", answers["verdict"])}
    # How much it could mislead: none, low, medium, high
    {line("severity", answers["severity"])}
    # What the primary source shows, with [[study/finding]] for every number, and the reason for the verdict
    shows:
    why:
    # The findings that decide (for the first three verdicts), and the pages that it concerns
    # findings: [study/finding]
    # pages: [about]
"""


def figure_text(answers: Answers) -> str:
    """Return the text of data/figures/<id>.yaml."""
    head = f"""\
# See docs/figures.md for what each kind needs
{line("kind", answers["kind"])}
# The title says what one sees, the subtitle what is counted
{line("title", answers["title"])}
{line("subtitle", answers["subtitle"])}
"""
    if answers["kind"] in OF_TABLES:
        columns = OF_TABLES[answers["kind"]]
        read_in = f"source: {scalar(answers['source'])}, locator: "
        return f"""{head}\
# A file of data/tables, which of its columns play which part, and where it was read
{line("table", answers["table"])}
columns: {{{columns}}}
read-in: {{{read_in}}}
"""
    return f"""{head}\
# A finding a row, as STUDY/FINDING, and what stands beside it
rows:
  - {{finding: {scalar(answers["finding"])}, label: {scalar(answers["label"])}}}
"""


def trial_text(answers: Answers) -> str:
    """Return the text of data/trials/<id>.yaml."""
    return f"""\
# Your own short label, never the title in the registry
{line("name", answers["title"])}
# From the closed list in data/vocabularies.yaml
{line("condition", answers["condition"])}
# clinicaltrials-gov, isrctn, eu-ctr, chictr ... and the id as the registry prints it
{line("registry", answers["registry"])}
{line("registry-id", answers["registry-id"])}
# What was read, the most trusted first: a source of this site or a 'url:', where in it, what it was (registry,
# registry-copy, paper, web-page, company), on which day, and what it says
readings:
  - {line("source", answers["source"])}
    locator: registry page
    kind: registry
    {line("read", answers["read"])}
    # Here the condition has the printed words
    says:
      {line("condition", answers["printed"])}
"""


def term_text(answers: Answers) -> str:
    """Return one entry of data/glossary.yaml."""
    return f"""\
{answers["id"]}:
  {line("term", answers["title"])}
  # Other spellings: also: [one, two]
  # In one or two plain sentences
  {line("definition", answers["definition"])}
"""


def search_text(answers: Answers) -> str:
    """Return the text of data/searches/<id>.yaml."""
    queries = "\n".join(f"  - {{aim: {aim}, where: , words: , on: , gave: }}" for aim in AIMS)
    pages = flow(part for part in answers["page"].split(",") if part)
    conditions = flow(part for part in answers["condition"].split(",") if part)
    return f"""\
# The topic pages it is for; the first shows it in full. The conditions whose studies it accounts for
pages: {pages}
conditions: {conditions}
# In whom, what, compared with what, and what could change
question:
  people:
  treatment:
  comparator:
  outcomes:
# What is compared. Each gets a table, ![[outcome:remission]] on a page; 'better' is higher or lower
# outcomes:
#   remission: {{title: Remission, better: higher}}
# Every act of searching: where, which words, on which day, how many of the things found were looked at (0 for none)
queries:
{queries}
# Everything that was found (a study, source or trial of this site, or a name with its kind), and what became of it:
# shown, background, left-out with a 'reason:', or not-readable
items:
  - {{study: , became: }}
"""


TEXTS: Mapping[str, Callable[[Answers], str]] = {
    "study": study_text, "page": page_text, "figure": figure_text, "trial": trial_text, "search": search_text,
}  # fmt: skip


def file_of(what: str, name: str, answers: Answers) -> str:
    """Return where the file of a new thing stands, below the project."""
    if what == "page":
        return f"content/{name}.md"
    if what == "trial":
        return f"data/trials/{trial_id(answers['registry-id'] or name)}.yaml"
    folders = {"study": "studies", "source": "sources", "figure": "figures", "search": "searches"}
    return f"data/{folders[what]}/{name}.yaml"
