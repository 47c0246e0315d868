"""An audit says what is known, and never passes when it could not ask."""

import urllib.error
from collections.abc import Sequence
from typing import Any

import pytest

from tools.weaknesses import main


def nothing_known(purls: Sequence[str]) -> dict[str, Any]:
    return {"results": [{} for _ in purls]}


def test_nothing_known_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(nothing_known) == 0
    assert "0 known weaknesses" in capsys.readouterr().out


def test_a_weakness_is_named_with_its_component(capsys: pytest.CaptureFixture[str]) -> None:
    def one_known(purls: Sequence[str]) -> dict[str, Any]:
        return {"results": [{"vulns": [{"id": "GHSA-1"}]}, *({} for _ in purls[1:])]}

    assert main(one_known) == 1
    assert "pkg:pypi/altair@" in capsys.readouterr().out


def unreachable(_: Sequence[str]) -> dict[str, Any]:
    raise urllib.error.URLError("no network")


def too_few(_: Sequence[str]) -> dict[str, Any]:
    return {"results": [{}]}


def another_answer(_: Sequence[str]) -> dict[str, Any]:
    return {"message": "sorry"}


@pytest.mark.parametrize("asked", [unreachable, too_few, another_answer])
def test_who_cannot_ask_does_not_pass(asked: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked) == 2
    assert "nothing was audited" in capsys.readouterr().err
