"""Whatever stands in a project: a message with a place, soon, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import MINIMAL, ROOT, change, make_project, problems_of, write
from tests.read.test_yaml_file import LAUGHS

SOON = 10  # seconds, on a slow and busy machine; what is tested took minutes
FRONT = "---\ntitle: About\nkind: plain\n---\n"
ADDRESSES = (
    "java\\tscript:alert(1)", "\\x01javascript:alert(1)", "javascript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//example.org", "https://a:b@example.org", "example.org",
)  # fmt: skip
STUDY = "data/studies/smith-2020.yaml"
SOURCE = "data/sources/smith-2020.yaml"
HEADER = "id,measure,events,n,source,locator\n"


def said(root: Path, files: dict[str, str | bytes]) -> list[str]:
    write(root, files)
    started = time.monotonic()
    problems = problems_of(root)
    assert time.monotonic() - started < SOON
    assert all(problem.hint for problem in problems)
    return [f"{problem.place}: {problem.message} [{problem.rule}]" for problem in problems]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/glossary.yaml", LAUGHS),
        ("data/glossary.yaml", "".join(f"k{number}: 1\n" for number in range(400_000))),
        ("data/glossary.yaml", "".join(f"k{number}: 1\n" for number in range(40_000))),
        (SOURCE, "".join(f"k{number}: 1\n" for number in range(40_000))),
        ("data/glossary.yaml", "a: " + "x" * 20_000_000),
        ("data/glossary.yaml", "a: " + "x" * 1_500_000),
        ("data/glossary.yaml", "[" * 100_000),
        ("data/glossary.yaml", "".join(f"a{i}: word #2\n" for i in range(10_000))),
        ("content/about.md", FRONT + "word " * 2_000_000),
        ("content/about.md", FRONT + "word " * 100_000),
        ("data/tables/rest.csv", "a," * 900_000),
        ("data/tables/rest.csv", HEADER + "a\n" * 900_000),
        ("data/tables/rest.csv", HEADER + "a,b,37²,x,smith-2020,c\n" * 20_000),
    ],
)
def test_a_file_without_end_costs_a_message(minimal: Path, name: str, text: str) -> None:
    if name.endswith(".csv"):
        use_table(minimal)
    problems = said(minimal, {name: text})
    assert problems
    assert all(problem.startswith(name) for problem in problems)
    assert len(problems) < 300


def use_table(root: Path) -> None:
    text = (root / STUDY).read_text("utf-8").partition("findings:")[0]
    write(root, {STUDY: f"{text}table: rest.csv\n"})


@pytest.mark.parametrize("count", ["37²", "①", "⁴", "٣٧", "37 ", "9" * 5000, "true", "1_000"])
def test_a_count_that_is_no_plain_number_is_refused_in_a_table(minimal: Path, count: str) -> None:
    use_table(minimal)
    row = f"improved,improvement,{count},40,smith-2020,Abstract\n"
    problems = said(minimal, {"data/tables/rest.csv": HEADER + row})
    if count == "37 ":  # blanks around a cell mean nothing
        assert problems == []
        return
    needed = f"'events' cannot be '{count}': a whole number is needed [value-valid]"
    assert problems == [f"data/tables/rest.csv:2:3: {needed}"]


@pytest.mark.parametrize("count", ["37²", "①", "٣٧", '" 37"', "9" * 5000, "true", "1_000"])
def test_a_count_that_is_no_plain_number_is_refused(minimal: Path, count: str) -> None:
    change(minimal, STUDY, "events: 37", f"events: {count}")
    (problem,) = said(minimal, {})
    assert problem.startswith(f"{STUDY}:10:13: 'events' cannot be")
    assert "a whole number is needed" in problem


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("where", ["URL", "reading", "search", "site", "trial"])
def test_an_address_is_one_in_every_field(minimal: Path, address: str, where: str) -> None:
    if where == "URL":
        text = (minimal / SOURCE).read_text("utf-8")
        problems = said(minimal, {SOURCE: f'{text}URL: "{address}"\n'})
    elif where == "reading":
        change(minimal, SOURCE, "part: Abstract", f'part: Abstract, url: "{address}"')
        problems = said(minimal, {})
    elif where == "site":
        text = (minimal / "data/site.yaml").read_text("utf-8")
        problems = said(minimal, {"data/site.yaml": f'{text}repository: "{address}"\n'})
    elif where == "trial":
        trial = f'readings: [{{url: "{address}"}}]\n'
        problems = said(minimal, {"data/trials/nct1.yaml": trial})
    else:
        search = f'items: [{{name: a, url: "{address}"}}]\n'
        problems = said(minimal, {"data/searches/cold.yaml": search})
    refused = "is not a public address [value-valid]", "which nobody sees [yaml-syntax]"
    assert any(problem.endswith(refused) for problem in problems)


@pytest.mark.parametrize(
    "link", ["//example.org/a", "https://a:b@example.org/", "http://127.0.0.1/"]
)
def test_a_link_in_the_text_leads_to_an_address(minimal: Path, link: str) -> None:
    (problem,) = said(minimal, {"content/about.md": f"{FRONT}Look [there]({link}).\n"})
    assert problem.startswith("content/about.md:5:")
    assert f"the link '{link}' is not an address that a reader can open [link-resolves]" in problem


@pytest.mark.parametrize(
    "folder", ["studies", "trials", "figures", "claims", "sources", "searches", "tables"]
)
def test_a_folder_inside_a_folder_of_data_is_a_problem(minimal: Path, folder: str) -> None:
    name = f"data/{folder}/rct/jones-2021.yaml"
    assert said(minimal, {name: "title: A trial\n"})[-1] == (
        f"{name}: nothing reads a folder inside 'data/{folder}' [file-known]"
    )


def test_a_key_has_the_line_that_an_editor_shows(minimal: Path) -> None:
    text = (
        (minimal / STUDY)
        .read_text("utf-8")
        .replace("A trial of rest", "A\u2028 trial\x85 of\u2029 rest")
    )
    problems = said(minimal, {STUDY: f"{text}unknown: 1\n"})
    line = text.count("\n") + 1
    assert problems == [f"{STUDY}:{line}:1: the key 'unknown' is not known here [key-known]"]


@pytest.mark.parametrize("fence", ["--- ", "---\t", "---  \t "])
def test_blanks_after_the_dashes_of_front_matter_do_not_matter(minimal: Path, fence: str) -> None:
    about = f"{fence}\ntitle: About\nkind: plain\n{fence}\nText.\n"
    assert said(minimal, {"content/about.md": about}) == []


def test_a_page_of_front_matter_alone_may_end_with_its_dashes(minimal: Path) -> None:
    assert said(minimal, {"content/about.md": "---\ntitle: About\nkind: plain\n---"}) == []


@pytest.mark.parametrize("fence", ["----", "---x", " ---"])
def test_other_dashes_are_no_front_matter(minimal: Path, fence: str) -> None:
    (problem,) = said(minimal, {"content/about.md": f"{fence}\ntitle: About\nkind: plain\n---\n"})
    assert problem.startswith("content/about.md:1:1: ")
    assert problem.endswith(" [front-matter-present]")


def loop(root: Path) -> None:
    (root / "content/loop").mkdir()
    (root / "content/loop/again").symlink_to(root / "content")
    (root / "content/self.md").symlink_to("self.md")


def pipe(root: Path) -> None:
    os.mkfifo(root / "data/sources/pipe.yaml")


@pytest.mark.parametrize("lay", [loop, pipe])
def test_what_cannot_be_read_is_a_problem(minimal: Path, lay: Callable[[Path], None]) -> None:
    lay(minimal)
    problems = said(minimal, {})
    assert problems
    assert all("[file-readable]" in problem for problem in problems)


def run_in_console(root: Path, letters: str, *, closed: bool = False) -> tuple[int, bytes, bytes]:
    """Run a build whose output goes to a pipe that knows few letters, or that nobody reads."""
    reading, writing = os.pipe()
    if closed:
        os.close(reading)
    finished = subprocess.run(
        [
            sys.executable,
            "build.py",
            "build",
            "--root",
            str(root),
            "--pages",
            "--today",
            "2026-11-28",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": letters, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    if closed:
        return finished.returncode, b"", finished.stderr
    with os.fdopen(reading, "rb") as printed:
        return finished.returncode, printed.read(), finished.stderr


@pytest.mark.parametrize("letters", ["ascii", "cp1252"])
def test_a_console_that_knows_few_letters_is_enough(tmp_path: Path, letters: str) -> None:
    root = make_project(tmp_path / "\u017b\xf3\u0142\u0107", MINIMAL)
    code, printed, errors = run_in_console(root, letters)
    assert (code, errors) == (0, b"")
    assert b"\\u017b" in printed
    write(root, {"data/glossary.yaml": '\u017b: {term: "\u017b"}\n'})
    code, _, errors = run_in_console(root, letters)
    assert code == 1
    assert b"Traceback" not in errors
    assert b"\\u017b" in errors


def test_nobody_has_to_read_what_is_printed(minimal: Path) -> None:
    assert run_in_console(minimal, "utf-8", closed=True) == (0, b"", b"")
    assert (minimal / "site/index.html").is_file()


RECORDS = "data/registry/register-2022/records.csv"


def test_an_export_without_one_of_its_records_is_one_problem(gallery: Path) -> None:
    lines = (gallery / RECORDS).read_text("utf-8").splitlines(keepends=True)
    (problem,) = said(gallery, {RECORDS: "".join(lines[:-1])})
    assert "12 records were kept, and 11 stand in records.csv [export-records]" in problem


@pytest.mark.parametrize("people", ["37²", "٣٧", "9" * 5000, "-1", "1.5"])
def test_a_number_of_people_in_a_record_is_a_plain_number(gallery: Path, people: str) -> None:
    lines = (gallery / RECORDS).read_text("utf-8").splitlines()
    lines[1] = lines[1].replace(",30,", f",{people},")
    problems = said(gallery, {RECORDS: "\n".join(lines) + "\n"})
    assert problems[0].startswith(f"{RECORDS}:2:13: ")


@pytest.mark.parametrize("header", ["phase,studies", "id", "id,registry,phase", "a"])
def test_the_records_of_an_export_have_their_columns(gallery: Path, header: str) -> None:
    row = ",".join("1" for _ in header.split(","))
    (problem,) = said(gallery, {RECORDS: f"{header}\n{row}\n"})
    assert problem.startswith(f"{RECORDS}:1:1: the columns of this table are not id, registry, ")


def test_the_records_of_an_export_are_sorted_each_once(gallery: Path) -> None:
    lines = (gallery / RECORDS).read_text("utf-8").splitlines()
    twice = "\n".join([*lines[:3], lines[2], *lines[4:]]) + "\n"
    (problem,) = said(gallery, {RECORDS: twice})
    assert problem.startswith(f"{RECORDS}:4:1: the record 'NCT00000003' stands after 'NCT00000003'")


def test_a_word_that_no_closed_list_has_is_said_once(gallery: Path) -> None:
    text = (gallery / RECORDS).read_text("utf-8").replace(",fever,", ",fevre,")
    (problem,) = said(gallery, {RECORDS: text})
    assert problem.startswith(f"{RECORDS}:11:5: 'fevre' is not a condition that")


def test_definitions_without_end_are_read(minimal: Path) -> None:
    assert said(minimal, {"content/about.md": FRONT + "a\n: b\n" * 5000}) == []


@pytest.mark.parametrize("deep", ["> " * 21, ">" * 21, " " * 201 + "- "])
def test_a_line_that_stands_very_deep_costs_a_message(minimal: Path, deep: str) -> None:
    (problem,) = said(minimal, {"content/about.md": f"{FRONT}Text.\n\n{deep}word\n"})
    assert problem.startswith("content/about.md:7:1: this line stands more than 20 quotations")
    assert problem.endswith("[file-limits]")


@pytest.mark.parametrize("deep", ["> " * 20, "- " * 20])
def test_a_line_may_stand_as_deep_as_anybody_writes(minimal: Path, deep: str) -> None:
    assert said(minimal, {"content/about.md": f"{FRONT}Text.\n\n{deep}word\n"}) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 1/0 }}", "division by zero"),
        ("{{ view.name + 1 }}", "can only concatenate str"),
        ("{{ '\\ud800' }}", "surrogates not allowed"),
    ],
)
def test_what_a_template_cannot_compute_costs_a_message(
    minimal: Path, text: str, message: str
) -> None:
    plain = (minimal / "templates/plain.html").read_text("utf-8")
    problems = said(
        minimal,
        {"templates/plain.html": plain.replace("{% endblock %}", f"{text}{{% endblock %}}")},
    )
    assert problems
    for problem in problems:
        assert problem.startswith("templates/plain.html:")
        assert message in problem
        assert problem.endswith("[template-complete]")


def test_angle_brackets_of_an_old_doi_are_written_as_addresses_have_them(minimal: Path) -> None:
    text = (minimal / SOURCE).read_text("utf-8")
    assert (
        said(minimal, {SOURCE: f'{text}DOI: "10.1002/(SICI)1097-4644(1998)70:2<204>3.0"\n'}) == []
    )
    (problem,) = said(minimal, {SOURCE: f'{text}DOI: "10.1002/a b"\n'})
    assert problem == f"{SOURCE}:8:6: '10.1002/a b' is not a DOI [value-valid]"
