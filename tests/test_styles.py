"""A style sheet keeps its meaning when it is made lean."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.styles import lean

SHEET = Path(__file__).parents[1] / "templates/static/site.css"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a { color: red; }\n\nb { top: 0; }\n", "a{color:red;}b{top:0;}"),
        ("/* why */ a { color: red; } /* and\n * so */", "a{color:red;}"),
        ('a::after { content: "; /* no: comment */ "; }', 'a::after{content:"; /* no: comment */ ";}'),
        ("p :is(a, b) > i {\n  width: calc(1px + 2px);\n}", "p :is(a,b) > i{width:calc(1px + 2px);}"),
        ("@media (min-width: 40em) { a { top: 0; } }", "@media (min-width:40em){a{top:0;}}"),
        ("a {\n  margin: 0 1px\n    2px;\n}", "a{margin:0 1px\n2px;}"),
    ],
)  # fmt: skip
def test_comments_and_blanks_go_and_nothing_else(written: str, read: str) -> None:
    assert lean(written.encode()).decode() == read


def test_making_it_lean_twice_changes_nothing() -> None:
    once = lean(SHEET.read_bytes())
    assert lean(once) == once


def test_bytes_that_are_no_text_pass_through() -> None:
    assert lean(b"a{content:'\xff'}") == b"a{content:'\xff'}"
