"""Whatever an author does to a file: a site, or problems with places; never a traceback."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.problems import ProblemsFoundError
from evidence.read.sources import Sources
from evidence.rules import RULES
from evidence.steps.check import check
from evidence.steps.compute import compute
from evidence.steps.load import load
from evidence.steps.render import render
from evidence.steps.validate import validate
from evidence.store import Store
from tests.projects import GALLERY, KEPT, TODAY, make_project

SLIPS = [
    "", "\t", "'", '"', "[[", "]]", "{", "}", "[]", "{}", "-1", "0", "0.5", "true", "null", "1e9",
    "9" * 30, "x: y", "- a", "[1, 2]", "\ue000", "\ue010", "é", "|", "[@", "![[", "[[a/b]]", "%",
    "2024-00", "<script>", "NaN", "~", "&a", "*a", "--- ", "#", ",", "\x0b", "\u2028", "12%",
]  # fmt: skip
Slip = Callable[[list[str], int, str], list[str]]


def drop(lines: list[str], at: int, _slip: str) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def repeat(lines: list[str], at: int, _slip: str) -> list[str]:
    return [*lines[: at + 1], *lines[at:]]


def indent(lines: list[str], at: int, _slip: str) -> list[str]:
    return [*lines[:at], f"  {lines[at]}", *lines[at + 1 :]]


def cut(lines: list[str], at: int, _slip: str) -> list[str]:
    return lines[:at]


def type_over(lines: list[str], at: int, slip: str) -> list[str]:
    key, colon, _ = lines[at].partition(":")
    return [*lines[:at], f"{key}{colon} {slip}", *lines[at + 1 :]]


def type_within(lines: list[str], at: int, slip: str) -> list[str]:
    middle = len(lines[at]) // 2
    return [*lines[:at], lines[at][:middle] + slip + lines[at][middle:], *lines[at + 1 :]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Every file of the gallery, as it was loaded."""
    return load(make_project(Path(tmp_path_factory.mktemp("anything")), GALLERY))


@settings(
    max_examples=24,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    file=st.integers(0, 9999),
    slip=st.sampled_from([drop, repeat, indent, cut, type_over, type_within]),
    at=st.integers(0, 9999),
    typed=st.sampled_from(SLIPS),
)
def test_a_slip_in_any_file_gives_a_site_or_problems(
    sources: Sources, file: int, slip: Slip, at: int, typed: str
) -> None:
    name = sorted(sources.texts)[file % len(sources.texts)]
    lines = sources.texts[name].split("\n")
    changed = slip(lines, at % len(lines), typed)
    texts = {**sources.texts, name: "\n".join(changed)}
    cache = Store(KEPT)
    try:
        report = validate(dataclasses.replace(sources, texts=texts), TODAY, cache)
        check(render(compute(report, cache), cache))
    except ProblemsFoundError as error:
        for problem in error.problems:
            assert problem.rule in RULES
            assert problem.hint, str(problem)
            assert problem.place.file, str(problem)
