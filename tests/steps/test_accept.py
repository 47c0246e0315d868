"""What is accepted becomes a line of the ledger: the right one, once, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from evidence.command import main
from evidence.model.base import PartialDate
from evidence.model.columns import MARK
from evidence.steps import accept as accepting
from tests.projects import Printed, change, problems_of, write

LEDGER = "data/readings.csv"
STUDY = "data/studies/smith-2020.yaml"
HEADER = "study,finding,quantity,on,by,reason,note,second-on,second-by\n"
LINE = "smith-2020,improved,events 37; n 40,2026-11-21,Ann Reader,new,,,\n"
NOW = "--by", "Bo", "--on", "2026-11-28"
IMPROVED = "smith-2020/improved"


def accept(root: Path, *words: str) -> Printed:
    out, problems = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(problems):
        try:
            code = main(["accept", *words, "--root", str(root)])
        except SystemExit as error:
            code = int(str(error.code))
    return Printed(code, out.getvalue(), problems.getvalue().replace(f"{root}{os.sep}", ""))


def ledger(root: Path) -> str:
    return (root / LEDGER).read_bytes().decode()


@pytest.fixture
def kept(minimal: Path) -> Path:
    """The smallest project with a ledger of readings."""
    write(minimal, {LEDGER: HEADER + LINE})
    return minimal


def refused(root: Path, *words: str) -> str:
    """Return why something was refused; nothing may be written then."""
    before = ledger(root) if (root / LEDGER).exists() else None
    printed = accept(root, *words)
    assert printed.code == 2
    assert (ledger(root) if (root / LEDGER).exists() else None) == before
    assert printed.problems.endswith(" Nothing was written.\n")
    return printed.problems.removeprefix("build.py accept: ").removesuffix(
        " Nothing was written.\n"
    )


def test_what_a_problem_says_to_type_mends_it(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    (problem,) = problems_of(kept)
    typed = problem.hint.partition("python build.py accept ")[2].partition(' "..."')[0].split()
    printed = accept(kept, *typed, "Read again.", *NOW)
    assert printed == Printed(
        0,
        "smith-2020/improved: corrected; events 37 -> events 36\ndata/readings.csv: 1 line written.\n",
        "",
    )
    assert ledger(kept) == HEADER + LINE + (
        "smith-2020,improved,events 36; n 40,2026-11-28,Bo,corrected,Read again.,,\n"
    )
    assert problems_of(kept) == []


def test_a_ledger_begins_with_a_line_for_every_finding(minimal: Path) -> None:
    assert accept(minimal, "--all-new", *NOW).code == 0
    assert ledger(minimal) == MARK + HEADER + (
        "smith-2020,improved,events 37; n 40,2026-11-28,Bo,new,,,\n"
    )
    assert problems_of(minimal) == []
    assert refused(minimal, "--all-new", *NOW) == "every finding has a line already."


def test_nothing_else_begins_a_ledger(minimal: Path) -> None:
    assert refused(minimal, IMPROVED, "--why", "new", *NOW) == (
        "there is no data/readings.csv. 'python build.py accept --all-new' begins it."
    )


def test_a_study_stands_for_those_of_its_findings_that_the_reason_fits(kept: Path) -> None:
    text = (
        "  worse:\n    {measure: worse, events: 3, n: 40, source: smith-2020, locator: Abstract}\n"
    )
    (kept / STUDY).write_text((kept / STUDY).read_text("utf-8") + text, "utf-8")
    assert accept(kept, "smith-2020", "--why", "new", *NOW).code == 0
    assert ledger(kept).count("\n") == 3
    assert refused(kept, "smith-2020", "--why", "corrected", *NOW) == (
        "no finding of 'smith-2020' can be accepted as corrected."
    )


def test_what_is_gone_is_said_to_be_gone(kept: Path) -> None:
    write(kept, {LEDGER: HEADER + LINE + LINE.replace("improved", "worse")})
    assert accept(kept, "smith-2020/worse", "--why", "gone", "--note", "Twice.", *NOW).code == 0
    assert ledger(kept).endswith("smith-2020,worse,,2026-11-28,Bo,gone,Twice.,,\n")
    assert problems_of(kept) == []


def test_a_renamed_study_takes_its_readings_along(kept: Path) -> None:
    read_twice = LINE.replace(",,,\n", ",,2026-11-22,Bo\n")
    write(kept, {LEDGER: HEADER + read_twice})
    (kept / STUDY).rename(kept / "data/studies/jones-2020.yaml")
    change(kept, "content/index.md", "smith-2020", "jones-2020")
    assert accept(kept, "jones-2020", "--was", "smith-2020", "--on", "2026-11-28").code == 0
    assert ledger(kept) == HEADER + read_twice + (
        "jones-2020,improved,events 37; n 40,2026-11-21,Ann Reader,new,Was smith-2020/improved.,"
        "2026-11-22,Bo\n"
        "smith-2020,improved,,2026-11-28,Ann Reader,gone,Now jones-2020/improved.,,\n"
    ).replace("2026-11-28,Ann Reader", f"2026-11-28,{accepting_name(kept)}")
    assert problems_of(kept) == []


def accepting_name(root: Path) -> str:
    """Return who is said to work here: whoever git knows, or else who read it first."""
    from evidence.commands.accept import git_name  # noqa: PLC0415

    return git_name(root) or "Ann Reader"


def test_a_renamed_study_with_another_number_is_refused(kept: Path) -> None:
    (kept / STUDY).rename(kept / "data/studies/jones-2020.yaml")
    change(kept, "content/index.md", "smith-2020", "jones-2020")
    change(kept, "data/studies/jones-2020.yaml", "events: 37", "events: 36")
    assert refused(kept, "jones-2020", "--was", "smith-2020", *NOW) == (
        "'jones-2020/improved' says something else than 'smith-2020/improved' did: give it its old "
        "numbers first, and then accept new ones."
    )
    assert refused(kept, "jones-2020", "--was", "smith-202", *NOW).startswith(
        "no finding was lost that was called 'smith-202'."
    )


def test_a_second_reading_is_recorded_and_the_line_stays(kept: Path) -> None:
    write(kept, {LEDGER: MARK + HEADER.replace("\n", "\r\n") + LINE.replace("\n", "\r\n") * 2})
    assert accept(kept, IMPROVED, "--second", *NOW).code == 0
    first = MARK + HEADER.replace("\n", "\r\n") + LINE.replace("\n", "\r\n")
    assert ledger(kept) == first + LINE.replace(",,,\n", ",,2026-11-28,Bo\r\n")
    assert refused(kept, IMPROVED, "--second", "--by", "Cy") == (
        "'smith-2020/improved' was read a second time by Bo on 28 November 2026 already."
    )


def test_who_read_first_is_not_the_second(kept: Path) -> None:
    assert refused(kept, IMPROVED, "--second", "--by", "ann reader") == (
        "Ann Reader read 'smith-2020/improved' first, and so is not the second to read it. Give the "
        "other name with --by."
    )


def test_a_number_that_changed_is_not_confirmed(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    assert refused(kept, IMPROVED, "--second", *NOW).startswith(
        "'smith-2020/improved' is not what it was when it was read: say first why it changed"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("smith-2020/improvd", "--why", "new"),
            "there is no finding 'smith-2020/improvd'. Did you mean 'smith-2020/improved'?",
        ),
        (
            ("smih-2020", "--why", "new"),
            "there is no study 'smih-2020'. Did you mean 'smith-2020'?",
        ),
        (
            (IMPROVED, "--why", "corrected"),
            "'smith-2020/improved' is as it was read: there is nothing to accept.",
        ),
        (
            (IMPROVED, "--why", "new"),
            "'smith-2020/improved' is not new: say why it changed, such as --why corrected.",
        ),
        (
            (IMPROVED, "--why", "gone"),
            "'smith-2020/improved' is still there. Delete it first, or say what changed.",
        ),
    ],
)
def test_what_cannot_be_accepted_is_refused_with_what_would_help(
    words: tuple[str, ...], why: str, kept: Path
) -> None:
    assert refused(kept, *words, *NOW) == why


def test_one_that_is_refused_refuses_all(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    assert refused(kept, IMPROVED, "smith-2020/worse", "--why", "corrected", *NOW)


def test_a_day_to_come_is_refused(kept: Path) -> None:
    assert refused(kept, "--all-new", "--by", "Bo", "--on", "9999-01-01") == (
        "9999-01-01 is still to come: nobody has read it then."
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            (IMPROVED, "--why", "corected"),
            "'corected' is no reason. Did you mean 'corrected'? Known",
        ),
        ((IMPROVED, "--why", "x"), "Known reasons: new, corrected, source-changed, typing-error,"),
        ((IMPROVED,), "say one of: --why REASON, --second, --was NAME, --all-new."),
        ((IMPROVED, "--second", "--why", "new"), "say one of: --why REASON"),
        ((IMPROVED, "--all-new"), "it takes no name"),
        ((IMPROVED, "--second", "--note", "x"), "--note stands beside a reason"),
        ((IMPROVED, "--why", "new", "--on", "21/11/2026"), "'21/11/2026' is not a date such as"),
        ((), "usage: build.py accept STUDY/FINDING [...] --why REASON"),
    ],
)
def test_what_was_typed_wrongly_is_told(words: tuple[str, ...], told: str, kept: Path) -> None:
    printed = accept(kept, *words)
    assert printed.code == 2
    assert told in printed.problems
    assert ledger(kept) == HEADER + LINE


def test_what_else_is_wrong_comes_first(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    change(kept, STUDY, "condition: cold", "condition: flu")
    printed = accept(kept, IMPROVED, "--why", "corrected", *NOW)
    assert printed.code == 1
    assert "[value-known]" in printed.problems
    assert "change-explained" not in printed.problems
    assert printed.problems.endswith("\n1 problem. Nothing was written.\n")
    assert ledger(kept) == HEADER + LINE


def test_a_ledger_that_is_broken_comes_first(kept: Path) -> None:
    write(kept, {LEDGER: HEADER + LINE.replace("2026-11-21", "21/11/2026")})
    printed = accept(kept, IMPROVED, "--why", "corrected", *NOW)
    assert "data/readings.csv:2:4: " in printed.problems
    assert printed.problems.endswith("\n1 problem. Nothing was written.\n")


def test_the_name_is_that_of_git_where_none_is_given(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(kept / "nothing"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(kept / "nothing"))
    assert refused(kept, IMPROVED, "--why", "corrected") == "say who read it: --by and a name."
    subprocess.run(["git", "init", "-q", str(kept)], check=True)
    subprocess.run(["git", "-C", str(kept), "config", "user.name", "Cy Author"], check=True)
    assert accept(kept, IMPROVED, "--why", "typing-error").code == 0
    assert ",Cy Author,typing-error," in ledger(kept)


def test_a_note_is_no_formula_and_no_second_line_and_is_read_back(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    assert accept(kept, IMPROVED, "--why", "corrected", "--note", '=1+1,\n "x"', *NOW).code == 0
    assert ledger(kept).endswith(""",corrected,"'=1+1, ""x""\",,\n""")
    assert accept(kept, IMPROVED, "--second", "--by", "Cy", "--on", "2026-11-29").code == 0
    assert ledger(kept).endswith(""",corrected,"'=1+1, ""x""\",2026-11-29,Cy\n""")


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\udcff"])
def test_a_character_that_nobody_sees_is_refused(hidden: str, kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    assert refused(kept, IMPROVED, "--why", "corrected", "--note", f"x{hidden}", *NOW) == (
        "a character of the name or the note cannot stand in a text."
    )


def test_a_file_without_a_last_line_end_gets_one(kept: Path) -> None:
    write(kept, {LEDGER: (HEADER + LINE).rstrip("\n")})
    change(kept, STUDY, "events: 37", "events: 36")
    assert accept(kept, IMPROVED, "--why", "corrected", *NOW).code == 0
    assert ledger(kept).startswith(HEADER + LINE + "smith-2020,improved,events 36")


ASKED = accepting.Acceptance((IMPROVED,), "corrected", PartialDate(year=2026), "Bo")


def test_a_write_that_fails_leaves_the_ledger_and_nothing_beside_it(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(kept, STUDY, "events: 37", "events: 36")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        accepting.accept(kept, ASKED)
    assert ledger(kept) == HEADER + LINE
    assert sorted(path.name for path in (kept / "data").glob("*readings*")) == ["readings.csv"]
    assert refused(kept, IMPROVED, "--why", "corrected", *NOW) == (
        "data/readings.csv cannot be written: no space left on device."
    )


def test_what_somebody_else_wrote_meanwhile_is_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    other = HEADER + LINE * 2
    monkeypatch.setattr(os, "fsync", lambda _: write(kept, {LEDGER: other}))
    with pytest.raises(accepting.NothingAcceptedError, match="somebody else wrote"):
        accepting.accept(kept, ASKED)
    assert ledger(kept) == other


def test_today_is_the_day_where_none_is_given(kept: Path) -> None:
    change(kept, STUDY, "events: 37", "events: 36")
    before = date.today()  # noqa: DTZ011 - the day of whoever types
    assert accept(kept, IMPROVED, "--why", "corrected", "--by", "Bo").code == 0
    assert any(f",{day}," in ledger(kept) for day in {before, date.today()})  # noqa: DTZ011
