"""The list of kinds, whose modules are loaded one by one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from evidence.figures import KINDS
from tests.projects import ROOT


def test_every_module_with_a_kind_is_in_the_list() -> None:
    modules = [
        path.stem.replace("_", "-")
        for path in (ROOT / "evidence/figures").glob("*.py")
        if "\nKIND = " in path.read_text("utf-8")
    ]
    assert {*modules, "cumulative", "leave-one-out"} == {*KINDS}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_stands_under_its_name(name: str) -> None:
    assert KINDS[name].name == name


def test_what_is_no_kind_is_not_there() -> None:
    assert KINDS.get("pie") is None
    assert "tabular" not in KINDS


def test_one_kind_does_not_load_the_others() -> None:
    program = (
        "import sys; from evidence.figures import KINDS; KINDS['shares']; "
        "print('evidence.figures.shares' in sys.modules, 'evidence.figures.world_map' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
