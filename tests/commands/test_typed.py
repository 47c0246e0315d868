"""What may be typed, in which order, and what is said to a word that is no verb and no option."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.command import main
from evidence.commands import GROUPS, HOMES, VERBS
from evidence.commands.typed import overview, typed
from tests.projects import ROOT, build_here, python


def test_a_verb_is_in_one_group_and_has_its_own_name() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert len(names) == len({*names})
    assert [VERBS[name].name for name in names] == names
    assert HOMES.keys() <= {*names}


def test_the_help_lists_every_verb_below_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    printed = capsys.readouterr().out
    assert stopped.value.code == 0
    assert printed == f"{overview()}\n"
    places = []
    for group, names in GROUPS.items():
        places.append(printed.index(f"\n{group}:\n"))
        places += [printed.index(f"\n  {name} ") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_its_own_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0
    assert f"usage: build.py {verb}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--root", "X", "build", "--output", "Y"],
        ["build", "--output", "Y", "--root", "X"],
        ["--output", "Y", "--root", "X"],
        ["--root=X", "--output", "Y", "build"],
        ["--output", "Y", "build", "--root", "X"],
    ],
)
def test_options_stand_before_and_after_the_verb(words: list[str]) -> None:
    verb, asked = typed(words)
    assert asked is not None
    assert (verb.name, asked.root, asked.output) == ("build", Path("X"), Path("Y"))


def test_the_value_of_an_option_is_no_verb() -> None:
    verb, asked = typed(["--root", "check"])
    assert asked is not None
    assert (verb.name, asked.root) == ("build", Path("check"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "'chek' is no verb. Did you mean 'check'?"),
        (["bake"], "'bake' is no verb.\n'build.py --help' lists the verbs: build, "),
        (["check", "--port", "80"], "check has no option --port: it is one of serve"),
        (["build", "--ouput", "X"], "build has no option --ouput. Did you mean '--output'?"),
        (["build", "--colour"], "build has no option --colour. 'build.py build --help' lists them"),
        (["build", "--out", "X"], "build has no option --out"),
        (["check", "it"], "'it' is one word too many"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_can(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        typed(words)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_run_loads_no_verb_but_its_own() -> None:
    loaded = (
        "import sys; from evidence.commands.typed import typed; typed(['check']);"
        "print(sorted(name for name in sys.modules if name.startswith(('evidence.', 'pydantic'))))"
    )
    assert eval(python("-c", loaded).stdout) == [  # noqa: S307 - a list of names
        "evidence.commands", "evidence.commands.check", "evidence.commands.options", "evidence.commands.progress",
        "evidence.commands.reporting", "evidence.commands.typed", "evidence.commands.verb", "evidence.problems",
        "evidence.saying",
    ]  # fmt: skip


def test_the_help_of_all_verbs_loads_nothing_heavy() -> None:
    loaded = (
        "import sys; from evidence.commands.typed import overview; overview();"
        "print({'pydantic', 'yaml', 'numpy', 'urllib.request'} & {*sys.modules})"
    )
    assert python("-c", loaded).stdout == "set()\n"


def test_each_verb_is_one_file_and_one_name() -> None:
    homes = {HOMES.get(name, (name.replace("-", "_"), ""))[0] for name in VERBS}
    files = {
        path.stem for path in (ROOT / "evidence/commands").glob("*.py")
    }  # `making/` is below them
    shared = {"__init__", "options", "progress", "registry_words", "reporting", "typed", "verb"}
    assert files - shared == homes


def test_check_takes_no_folder_of_a_site(minimal: Path) -> None:
    with pytest.raises(SystemExit):
        build_here(minimal, "check", "--output", "site")
