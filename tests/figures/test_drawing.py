from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import struct
import subprocess
import sys
from html import escape
from pathlib import Path

import altair as alt
import pytest

from evidence.figures import KINDS, rendering
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import items_of
from evidence.figures.kind import FigureKind
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.numbers.results import FigureResult
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.figures import (
    test_arms,
    test_intervals,
    test_judgements,
    test_shares,
    test_study_flow,
    test_timeline,
    test_years,
    trials,
)
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    forms_of,
    report_of,
    result_of,
    words_of,
)
from tests.figures.inside import outside

ROOT = Path(__file__).parents[2]
CASES: dict[str, tuple[Figure, Stated]] = {
    "intervals": (figure_of("intervals", list(test_intervals.PRINTED)), test_intervals.PRINTED),
    "shares": (
        figure_of("shares", list(test_shares.STATED), rest=test_shares.REST),
        test_shares.STATED,
    ),
    "years": (figure_of("years", test_years.ROWS), test_years.STATED),
    "arms": (figure_of("arms", list(test_arms.STATED)), test_arms.STATED),
    "timeline": (figure_of("timeline", list(test_timeline.STATED)), test_timeline.STATED),
    "study-flow": (figure_of("study-flow", test_study_flow.ROWS), test_study_flow.STATED),
    "designs": (figure_of("designs", list(test_judgements.STATED)), test_judgements.STATED),
    **trials.CASES,
}
every_kind = pytest.mark.parametrize("kind", CASES)
LOADED = """
import sys
import evidence.figures, evidence.figures.drawing
print([name for name in ("altair", "pandas", "vl_convert", "lxml", "numpy") if name in sys.modules])
"""
DRAWN = """
import json
from tests.figures.test_drawing import CASES, digest
print(json.dumps({kind: digest(kind) for kind in reversed(CASES)}))
"""


def python(code: str, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_every_kind_over_findings_has_a_case_here() -> None:
    assert set(CASES) == {name for name, kind in KINDS.items() if not kind.roles}


def test_figures_are_declared_and_read_without_loading_what_draws_them() -> None:
    assert python(LOADED) == "[]"


@every_kind
def test_drawing_table_sentences_and_file_print_the_same_numbers(kind: str) -> None:
    figure, stated = CASES[kind]
    report = report_of(stated)
    result, drawing = result_of(figure, report), drawn(figure, report)
    table = " ".join(cell for row in result.table for cell in row)
    file = csv_bytes(result).decode("utf-8-sig")
    for item in items_of(result):
        words = [words_of(svg) for svg in (drawing.wide, drawing.narrow)]
        for printed in (item.estimate_text, item.interval_text):
            assert printed in table
            assert printed in result.alternative
            assert printed in file
            drawn_only = printed == item.interval_text and item.part in {"treated", "control"}
            drawn_only = drawn_only or item.part == "point"  # its place says it
            drawn_only = drawn_only or printed in " ".join(result.conventions)
            for each in words:
                assert drawn_only or printed in " ".join([*each, *result.conventions]), (
                    f"'{printed}' is not in the drawing"
                )


@every_kind
def test_the_file_holds_one_row_an_item_with_its_address_and_source(kind: str) -> None:
    figure, stated = CASES[kind]
    result = result_of(figure, report_of(stated))
    rows = list(csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig"))))
    assert [row["printed"] for row in rows] == [item.printed for item in result.items]
    assert {row["finding"] for row in rows if row["finding"]} == set(stated)
    assert all(row["source"] and row["locator"] for row in rows if row["finding"])


def digest(kind: str) -> str:
    """Return the SHA-256 of all that is drawn of the case of a kind, drawn here and now."""
    figure, stated = CASES[kind]
    drawing = forms_of(result_of(figure, report_of(stated)), Store(None))
    parts = (drawing.wide, drawing.narrow, drawing.svg, drawing.png, drawing.specification)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, str]:
    """What another process draws, the last kind first."""
    return dict(json.loads(python(DRAWN)))


@every_kind
def test_a_drawing_is_the_same_in_a_new_process_and_whatever_was_drawn_before(
    kind: str, elsewhere: dict[str, str]
) -> None:
    assert elsewhere[kind] == digest(kind)


@every_kind
def test_a_drawing_stands_in_a_page_under_a_strict_policy(kind: str) -> None:
    drawing = drawn(CASES[kind][0], report_of(CASES[kind][1]))
    for svg in (drawing.wide, drawing.narrow):
        for refused in (
            "<style",
            "<script",
            "style=",
            "href",
            "onload",
            "url(",
            "<image",
            "@import",
        ):
            assert refused not in svg
        assert svg.count("http") == 1  # the name space


@every_kind
def test_a_drawing_has_a_name_and_takes_the_width_it_is_given(kind: str) -> None:
    figure, stated = CASES[kind]
    report = report_of(stated)
    result, drawing = result_of(figure, report), drawn(figure, report)
    for svg, name, width in ((drawing.wide, "wide", 680), (drawing.narrow, "narrow", 340)):
        root = svg[: svg.index(">")]
        assert f'class="figure-{name}"' in root
        assert f'viewBox="0 0 {width} ' in root
        assert 'role="group"' in root
        assert f'aria-label="{result.title}"' in root
        assert " width=" not in root
        assert svg.count('role="listitem"') == len(result.items)
        assert all(
            svg.count(f'"{escape(item.sentence, quote=False)}"') == 1 for item in result.items
        )


@every_kind
def test_no_text_is_smaller_than_13_pixels(kind: str) -> None:
    drawing = drawn(CASES[kind][0], report_of(CASES[kind][1]))
    for svg in (drawing.wide, drawing.narrow):
        sizes = {part.split('"')[0] for part in svg.split('font-size="')[1:]}
        assert all(float(size.removesuffix("px")) >= 13 for size in sizes)


@every_kind
def test_every_colour_in_a_page_can_be_themed(kind: str) -> None:
    drawing = drawn(CASES[kind][0], report_of(CASES[kind][1]))
    for svg in (drawing.wide, drawing.narrow):
        assert svg.count("#") == svg.count("var(--")


@every_kind
def test_words_stay_inside_the_drawing(kind: str) -> None:
    drawing = drawn(CASES[kind][0], report_of(CASES[kind][1]))
    assert outside(drawing.wide) == []
    assert outside(drawing.narrow) == []


@every_kind
def test_the_specification_is_valid_vega_lite_with_the_numbers_inside(kind: str) -> None:
    figure, stated = CASES[kind]
    report = report_of(stated)
    specification = json.loads(drawn(figure, report).specification)
    alt.Chart.from_dict(specification, validate=True)
    result = result_of(figure, report)
    held = json.dumps(specification["datasets"], ensure_ascii=False)
    for item in result.items:
        if item.estimate is not None:
            assert str(float(item.estimate)) in held
    assert specification["description"] == result.alternative
    assert specification["usermeta"]["title"] == result.title


def test_the_file_to_keep_has_title_subtitle_note_and_source_in_light_colours() -> None:
    figure, stated = CASES["intervals"]
    noted = figure.model_copy(update={"note": "A note."})
    drawing = drawn(noted, report_of(stated))
    words = words_of(drawing.svg)
    assert words[:2] == ["A message", "What, where, when"]
    told = result_of(noted, report_of(stated)).conventions
    assert words[-2 - len(told) :] == [
        "A note.",
        *told,
        "Sources: Wang 2014 paper; Rest 2020 paper",
    ]
    assert "var(" not in drawing.svg
    assert '<rect fill="#FBFAF7"' in drawing.svg


def test_the_picture_to_keep_has_twice_the_pixels() -> None:
    drawing = drawn(*_case("shares"))
    assert drawing.png.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", drawing.png[16:24])
    assert width == 2 * (680 + 48)


def _case(kind: str) -> tuple[Figure, Report]:
    figure, stated = CASES[kind]
    return figure, report_of(stated)


def test_a_kept_drawing_is_the_drawing_and_another_content_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure, stated = CASES["timeline"]
    report = report_of(stated)
    fresh = forms_of(result_of(figure, report), Store(tmp_path))
    drawn_now, rendered = list[str](), rendering.rendered

    def noted(kind: FigureKind, result: FigureResult) -> dict[str, str | bytes]:
        drawn_now.append(result.title)
        return rendered(kind, result)

    monkeypatch.setattr(rendering, "rendered", noted)
    assert forms_of(result_of(figure, report), Store(tmp_path)) == fresh
    assert drawn_now == []
    renamed = figure.model_copy(update={"title": "Another message"})
    forms_of(result_of(renamed, report), Store(tmp_path))
    assert drawn_now == ["Another message"]


def test_the_projects_figures_stay_light(real_site: Built, drawings: Store) -> None:
    results = compute(real_site.report, drawings).figures.values()
    sizes = [
        len(gzip.compress((drawing.wide + drawing.narrow).encode(), 9))
        for drawing in (forms_of(result, drawings) for result in results)
    ]
    assert sum(sizes) / len(sizes) < 6_000
    assert max(sizes) < 16_000
