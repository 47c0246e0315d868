from __future__ import annotations

import re

import vl_convert

from evidence.figures.svg import inline_svg
from tests.figures.declaring import lines_of, named, place_of

GRADIENT = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]},
    "mark": {"type": "point", "clip": True},
    "encoding": {
        "x": {"field": "a", "type": "quantitative"},
        "y": {"field": "b", "type": "quantitative"},
        "color": {"field": "b", "type": "quantitative"},
    },
}
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'


def ids(svg: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', svg))


def test_ids_do_not_depend_on_what_was_drawn_before() -> None:
    first, again = (vl_convert.vegalite_to_svg(GRADIENT) for _ in range(2))
    assert ids(first) != ids(again)  # Vega counts through the whole process
    assert inline_svg(first, named("x"), "wide") == inline_svg(again, named("x"), "wide")


def test_ids_are_used_once_even_when_two_drawings_stand_in_one_page() -> None:
    other = {**GRADIENT, "mark": {"type": "square", "clip": True}}
    made = [
        inline_svg(vl_convert.vegalite_to_svg(specification), named("x"), variant)
        for specification in (GRADIENT, other)
        for variant in ("wide", "narrow")
    ]
    every = [name for svg in made for name in ids(svg)]
    assert len(every) >= 4
    assert len(every) == len(set(every))
    for svg in made:
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= ids(svg)


def test_elements_stand_where_their_groups_had_moved_them() -> None:
    line = '<line transform="translate(3,4)" x2="10" y2="0" stroke="#1F5FA8"/>'
    words = '<text transform="translate(1,2)" font-size="13px" fill="#1B1D21">A</text>'
    drawn = f'{HEAD}<g transform="translate(5,6)"><g>{line}{words}</g></g></svg>'
    svg = inline_svg(drawn, named("x"), "wide")
    assert lines_of(svg, "series-1") == [(8, 10, 18, 10)]
    assert place_of(svg, "A") == (6, 8)


def test_what_cannot_be_seen_is_left_out() -> None:
    hidden = '<path d="M0,0h40v20h-40Z"/><path d="" fill="#1B1D21"/><text fill="#1B1D21"></text>'
    hidden += '<path d="M0,0h1" stroke="#1B1D21" display="none"/>'
    svg = inline_svg(f"{HEAD}{hidden}</svg>", named("x"), "wide")
    assert "<path" not in svg
    assert "<text" not in svg


def test_long_decimals_are_rounded() -> None:
    path = '<path d="M1.23456789,2.00000001h3.3333333" stroke="#1B1D21"/>'
    assert 'd="M1.2,2h3.3"' in inline_svg(f"{HEAD}{path}</svg>", named("x"), "wide")


def test_words_with_marks_of_html_stay_words() -> None:
    text = '<text fill="#1B1D21" x="1" y="2">a &lt; b &amp; c</text>'
    svg = inline_svg(f"{HEAD}{text}</svg>", named('said "so" & <so>'), "wide")
    assert "a &lt; b &amp; c" in svg
    assert 'aria-label="said &quot;so&quot; &amp; &lt;so&gt;"' in svg


def test_a_colour_outside_the_palette_is_kept() -> None:
    line = '<line x2="10" stroke="#123456"/><line x2="5" stroke="#1f5fa8"/>'
    svg = inline_svg(f"{HEAD}{line}</svg>", named("x"), "wide")
    assert 'stroke="#123456"' in svg
    assert 'stroke="var(--series-1,#1f5fa8)"' in svg
