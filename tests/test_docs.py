"""The documents are complete, and say what is true."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from evidence.commands import VERBS
from evidence.commands.typed import parser
from evidence.documentation import MADE, constructs, documents, hosting, rules
from evidence.editors import NAMES
from evidence.files.hosts import RECIPES
from evidence.model.readings import LINE_COLUMNS, READINGS, REASONS
from evidence.numbers.quantity import COMPUTED_FORMS, FORMS
from evidence.read.tables import TABLE_COLUMNS
from evidence.rules import RULES
from tests.projects import ROOT
from tests.test_architecture import ARROWS

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"(?ms)^```.*?^```$|^    .*?$|`[^`\n]*`")
# Written in two halves, so that this file does not hold what it looks for
FORBIDDEN = [
    "/" + "work/", "shar" + "ed/", "/" + "tmp/spec", "pypi.org/" + "simple", "files.python" + "hosted.org",
    "deb.debian" + ".org", "registry.npm" + "js.org", "/home/" + "runner", "/" + "root/.",
]  # fmt: skip


def tracked() -> list[Path]:
    """Return every file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a copy of the repository")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_nothing_is_tracked_that_git_ignores() -> None:
    asked = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert listed.stdout == ""


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def anchors(document: Path) -> set[str]:
    """Return the anchors that a host makes from the headings of a document."""
    headings = re.findall(r"(?m)^#+ (.+)$", CODE.sub("", document.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def targets() -> set[str]:
    """Return the targets of the Makefile that are meant for people."""
    return set(re.findall(r"(?m)^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8")))


def test_the_page_of_rules_is_what_the_program_writes() -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rules()


def test_the_schemas_and_the_page_of_keys_are_what_the_program_writes() -> None:
    made = documents("schemas", ROOT)
    del made[NAMES]  # of one copy of the site, and ignored by git
    paths = [*(ROOT / "docs/schemas").iterdir(), ROOT / "docs/keys.md", ROOT / "docs/words.md"]
    assert {named(path): path.read_text("utf-8") for path in paths} == made


def test_the_page_of_markdown_is_what_the_program_writes() -> None:
    assert (ROOT / "docs/markdown.md").read_text("utf-8") == constructs()


def test_every_rule_is_documented_in_a_sentence() -> None:
    for name, sentence in RULES.items():
        assert f"| `{name}` | {sentence} |" in rules()
        assert re.fullmatch(r"[A-Z].*\.", sentence), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(CODE.sub("", document.read_text("utf-8"))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{named(document)} links to {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{named(document)} links to {link}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_target_that_a_document_names_exists(document: Path) -> None:
    used = set(re.findall(r"(?:^    |`)make ([a-z-]+)", document.read_text("utf-8"), re.MULTILINE))
    assert used - targets() == set()


def test_the_readme_names_the_targets_that_a_newcomer_needs() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for target in ("site", "test", "serve", "check"):
        assert f"make {target}" in text


def test_every_verb_of_the_command_line_is_documented() -> None:
    documents = "".join(document.read_text("utf-8") for document in DOCUMENTS)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for verb in VERBS:
        assert re.search(rf"build\.py {verb}\b", documents + makefile), verb
        assert re.search(rf"`?(?:python )?(?:build\.py|make) {verb}\b", documents), verb


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_the_command_line_has_a_line_of_help(verb: str) -> None:
    actions = parser(VERBS[verb])._actions
    assert [action.dest for action in actions if not action.help] == []


def test_editors_find_every_form_of_a_number() -> None:
    text = (ROOT / "docs/editing.md").read_text("utf-8")
    missing = [form for form in (*FORMS, *COMPUTED_FORMS) if form and f"|{form}" not in text]
    assert missing == []


def test_editors_find_every_column_that_a_table_needs() -> None:
    text = (ROOT / "docs/editing.md").read_text("utf-8")
    for column in ("id", "measure", "value", "low", "high", "events", "n", "source", "locator"):
        assert column in TABLE_COLUMNS
        assert re.search(rf"\b{column}\b", text), column


def test_the_decisions_are_all_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(LINK.findall((folder / "README.md").read_text("utf-8")))
    assert {path.name for path in folder.glob("[0-9]*.md")} == listed


def test_the_map_names_every_room_and_invents_none() -> None:
    package = ROOT / "evidence"
    rooms = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    rooms |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    text = (ROOT / "docs/ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("## The rooms")[2].partition("\n## ")[0]
    named = re.findall(r"(?m)^\| `([a-z_]+(?:\.py|/))` \|", table)
    assert sorted(named) == sorted(rooms)
    order = [name.removesuffix("/").removesuffix(".py") for name in reversed(named)]
    for room, known in ARROWS.items():
        below = order[: order.index(room)]
        assert {other for other in known if other not in below} == set(), room


def test_the_map_names_functions_that_are_kept_and_files_that_are_there() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text("utf-8")
    paths = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", text)
    roots = (ROOT, ROOT / "evidence", ROOT / "evidence/check/sources")
    assert {path for path in paths if not any((root / path).is_file() for root in roots)} == set()
    program = "".join(path.read_text("utf-8") for path in (ROOT / "evidence").rglob("*.py"))
    functions = re.findall(r"`([a-z]+_[a-z_]+)`", text)
    assert {name for name in functions if f"def {name}(" not in program} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_word_stands_where_a_figure_should(document: Path) -> None:
    text = CODE.sub("", document.read_text("utf-8"))
    found = re.findall(r"\b(?:MEASURED|TODO|TBD|FIXME|XXX+|TK|N\.N)\b|\?\?\?", text)
    assert found == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_nothing_names_a_machine_or_an_address_of_packages(word: str) -> None:
    naming = [
        named(path) for path in tracked() if word in path.read_bytes().decode("utf-8", "replace")
    ]
    assert naming == []


def test_the_recipes_for_hosts_are_what_the_program_writes() -> None:
    text = (ROOT / "docs/hosting.md").read_text("utf-8")
    assert [name for _, name, _ in MADE.findall(text)] == list(RECIPES)
    assert hosting(text) == text


def test_the_guide_has_every_reason_for_which_a_number_changes() -> None:
    guide = (ROOT / "docs/editing.md").read_text("utf-8")
    for reason, meaning in REASONS.items():
        assert f"| `{reason}` | {meaning.partition(', or has')[0]} |" in guide


def test_the_ledger_of_this_site_has_its_columns_and_says_so_itself() -> None:
    first, _, lines = (ROOT / READINGS).read_text("utf-8-sig").partition("\n")
    assert first == ",".join(LINE_COLUMNS)
    assert lines.count("\n") > 1800
