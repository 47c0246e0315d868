"""The fuzzer spoils files, always the same way for a seed, and a few of its cases hold here too."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks.spoiling import WAYS, Spoil, spoilt

TEXT = "title: A trial of 12\ncount: 5\nparts:\n  - a\n"


def draw(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable, not secret


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> fuzz.Bench:
    return fuzz.prepared(tmp_path_factory.mktemp("spoilt"))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_changes_most_texts(way: Spoil) -> None:
    changed = [way(draw(seed), TEXT, "other: 1\n") != TEXT for seed in range(50)]
    assert sum(changed) > 20


def test_a_case_is_made_from_seed_and_number_alone(bench: fuzz.Bench) -> None:
    assert fuzz.chosen(bench, "a", 5) == fuzz.chosen(bench, "a", 5)
    assert fuzz.chosen(bench, "a", 5) != fuzz.chosen(bench, "a", 6)
    assert spoilt(draw(1), TEXT.encode(), [b"x"]) != TEXT.encode()


@pytest.mark.parametrize("way", ["read", "minimal", "template", "export"])
def test_what_was_spoilt_gives_something_sound_or_problems(bench: fuzz.Bench, way: str) -> None:
    number = tried = 0
    while tried < 40:
        chosen, name, raw = fuzz.chosen(bench, "tests", number)
        number += 1
        if chosen == way or number > 2000:
            fuzz.tried(bench, chosen, name, raw)
            tried += 1


def test_a_fault_is_counted_and_a_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> bool:
        raise KeyError("broken")

    monkeypatch.setattr(fuzz, "tried", fail)
    monkeypatch.setattr("faulthandler.dump_traceback_later", lambda *_, **__: None)
    state = tmp_path / "state.json"
    assert fuzz.main(["3", "a", str(state)]) == 1
    assert fuzz.main(["5", "b", str(state)]) == 1
    kept = json.loads(state.read_text("utf-8"))
    assert (kept["seed"], kept["following"]) == ("a", 5)
    assert [known[0] for known in kept["faults"].values()] == [5]
    assert "seed a, from case 3 to 5" in capsys.readouterr().out
