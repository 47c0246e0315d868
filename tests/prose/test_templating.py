"""Templates: what they are given, and what happens when they ask for more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from evidence.prose.templating import CONTEXT, environment, phrase, sentence, thousands
from tests.projects import ROOT, places_of, problems_of, write


def rendered(template: str, **given: object) -> str:
    return environment({"a.html": template}).get_template("a.html").render(**given)


def test_everything_that_a_template_prints_is_escaped() -> None:
    assert rendered("{{ site }}", site="<b>&") == "&lt;b&gt;&amp;"


def test_a_name_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ view.nothing }}", view={})


def test_a_long_row_of_signs_costs_no_time() -> None:
    row = f"{{% macro a(b) %}}{{{{ b {'-' * 180} b }}}}{{% endmacro %}}{{{{ a(1) }}}}"
    taken = []
    for _ in range(3):  # of which one may have to clean up after other tests
        began = time.process_time()
        assert rendered(row) == "2"
        taken.append(time.process_time() - began)
    assert min(taken) < 0.3


def test_each_environment_fills_the_templates_that_it_was_given() -> None:
    shown = [rendered(text, site=1) for text in ("{{ site }}", "{{ site }}!")]
    assert shown == ["1", "1!"]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("single-arm-trial", "single-arm trial"),
        ("randomised-controlled-trial", "randomised controlled trial"),
        ("case-series", "case series"),
        ("partly-readable", "partly readable"),
    ],
)
def test_a_word_of_a_list_is_printed_as_it_is_read(word: str, words: str) -> None:
    assert phrase(word) == words


def test_a_sentence_begins_with_a_capital() -> None:
    assert sentence("improvement of AIS") == "Improvement of AIS"
    assert sentence("") == ""


def test_thousands_have_separators() -> None:
    assert thousands(2439) == "2,439"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("<p>\n{{ veiw.name }}", "2:4", "Did you mean 'view'?"),
        ("{% block a %}", "1:1", "open {% block %}"),
        ("\n{{ view.name | sentense }}", "2:1", "Did you mean 'sentence'?"),
        ("\n{{ view.name | qqq }}", "2:1", "Use a filter"),
        ("\n\n{{ view.name ", "3:1", "{{"),
        ("{% include 'parts/marcs.html' %}", "1:13", "Did you mean 'parts/marks.html'?"),
        ("{% extends 'bse.html' %}", "1:13", "Did you mean 'base.html'?"),
        ("{% fro x in y %}", "1:1", ""),
        (f"{{{{ {'[' * 3000}{']' * 3000} }}}}", "1:1", "nested without end"),
        (f"{'{% for a in view %}' * 30}{'{% endfor %}' * 30}", "1:1", "nested without end"),
        (f"{{{{ {'9' * 5000} }}}}", "1:1", "long numbers"),
    ],
)
def test_what_is_wrong_in_a_template_has_its_line(
    text: str, place: str, hint: str, minimal: Path
) -> None:
    write(minimal, {"templates/parts/new.html": text})
    (problem,) = problems_of(minimal)
    assert (str(problem.place), problem.rule) == (
        f"templates/parts/new.html:{place}",
        "template-syntax",
    )
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "{% macro a(b) %}{{ b }}{% endmacro %}",
        "{% set a = 1 %}{{ a }}",
        "{% for a in site.sections %}{{ a }}{{ loop.index }}{% endfor %}",
        "{% import 'parts/marks.html' as m %}{{ m.list([]) }}",
        "{% macro a(b) %}{% block c %}{% endblock %}{% endmacro %}",
    ],
)
def test_names_that_a_template_makes_itself_are_known(text: str, minimal: Path) -> None:
    write(minimal, {"templates/parts/new.html": text})
    assert problems_of(minimal) == []


def test_every_name_that_templates_are_given_is_used() -> None:
    # What is given and never used would be a promise that nobody keeps
    root = ROOT / "templates"
    together = "".join(path.read_text("utf-8") for path in root.rglob("*.html"))
    assert {name for name in CONTEXT if name in together} == CONTEXT


def test_a_value_that_is_missing_has_the_file_and_line_where_it_is_asked_for(minimal: Path) -> None:
    base = minimal / "templates/parts/frame.html"
    text = base.read_text("utf-8").replace("{{ site.footer }}", "{{ site.fotter }}")
    base.write_text(text, "utf-8")
    line = text[: text.index("{{ site.fotter }}")].count("\n") + 1
    places = set(places_of(minimal))
    assert places == {(f"templates/parts/frame.html:{line}:1", "template-complete")}


def test_a_template_that_is_missing_is_named_once(minimal: Path) -> None:
    (minimal / "templates/study.html").unlink()
    assert places_of(minimal) == [("templates/study.html", "site-complete")]
