"""Scripts without what only their editors need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.pages.scripts import minified
from tests.projects import ROOT

SCRIPTS = sorted((ROOT / "templates/static").glob("*.js"))


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("if (a) {\n    b();\n}\n", "if (a) {\nb();\n}\n"),
        ("/* why\n   so */\n\n\na();\n", "a();\n"),
        ("  // why\na();\n", "a();\n"),
        ("a(); /* why */\nb();\n", "a();\nb();\n"),
        ('a("; /* kept */");\n', 'a("; /* kept */");\n'),
        ("a = /x; \\/* kept *\\//;\n", "a = /x; \\/* kept *\\//;\n"),
        ("f((x) => /^10\\//.test(x)); // kept\n", "f((x) => /^10\\//.test(x)); // kept\n"),
        ("return a\n  + b\n  (c)\n", "return a\n+ b\n(c)\n"),
        ("a = `\n   kept\n`;\n", "a = `\n   kept\n`;\n"),
        ("a = 'b \\\n   kept';\n", "a = 'b \\\n   kept';\n"),
        ("a = `${b}  kept`;\n", "a = `${b}  kept`;\n"),
        ("  a();\r\n  b();\r\n", "a();\r\nb();\r\n"),
        ("/* open\na();\n", ""),
    ],
)
def test_a_script_does_the_same_in_fewer_letters(script: str, wanted: str) -> None:
    assert minified(script.encode()).decode() == wanted


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.name))
def test_own_scripts_lose_comments_and_indents_and_nothing_else(file: Path) -> None:
    raw = file.read_bytes()
    lean = minified(raw)
    assert len(lean) < len(raw) * 0.9
    assert minified(lean) == lean
    code = re.sub(rb"/\*.*?\*/", b"", raw, flags=re.DOTALL)
    assert re.sub(rb"\s+|/\*.*?\*/", b"", lean) == re.sub(rb"\s+", b"", code)


def test_bytes_that_are_no_text_do_not_stop_the_run() -> None:
    assert minified(b"a();\xff\n") == b"a();\xff\n"
