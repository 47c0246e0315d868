"""Files are read as forms and written again in Chromium: nothing but what was changed in the form is another."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from evidence.editors import lists_of
from evidence.files.browser_editor.editor_files import HERE
from evidence.files.browser_editor.forms import Forms
from evidence.files.browser_editor.settings import EDITED
from evidence.model.file_kinds import schema_of_kind
from tests.projects import GALLERY, MINIMAL, ROOT

SITES = {"gallery": GALLERY, "minimal": MINIMAL, "real": ROOT}
SHAPES = {
    name: Forms(schema_of_kind(kind), lists_of(GALLERY)["$defs"]).form().shape
    for kind in EDITED
    for name in [kind.schema.removesuffix(".json")]
}
SHAPES["page"]["page"] = True


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    for script in ("vendor/yaml.js", "written_form.js"):
        opened.add_script_tag(path=HERE / script)
    yield opened
    context.close()


def kind_of(path: str) -> str:
    """Return the format of a file; nothing for one that the editor does not show."""
    for kind in EDITED:
        name = kind.schema.removesuffix(".json")
        pattern = kind.files.replace("**/", "*") if name == "page" else kind.files
        if fnmatch(path, pattern) and (name == "page" or path.count("/") == kind.files.count("/")):
            return name
    return ""


def texts(root: Path) -> list[tuple[str, str, str]]:
    """Return path, format and text of every file of a site that the editor shows."""
    found = []
    for folder in ("content", "data"):
        for path in sorted((root / folder).rglob("*.*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and kind_of(name):
                found.append((name, kind_of(name), path.read_text("utf-8")))
    return found


def written(page: Page, kind: str, text: str, change: str = "") -> str:
    """Return a text that was read as a form, changed by a line of JavaScript, and written."""
    script = f"""([text, shape]) => {{
        const form = writtenForm.fromFile(text, shape);
        {change};
        return writtenForm.toFile(form, shape);
    }}"""
    made: str = page.evaluate(script, [text, SHAPES[kind]])
    return made


@pytest.mark.parametrize("site", SITES)
def test_every_file_that_is_read_and_written_is_the_same(page: Page, site: str) -> None:
    every = texts(SITES[site])
    assert len(every) > 3
    script = """([files, shapes]) => files.filter(([name, kind, text]) =>
        writtenForm.toFile(writtenForm.fromFile(text, shapes[kind]), shapes[kind]) !== text).map(([name]) => name)"""
    assert page.evaluate(script, [every, SHAPES]) == []


# Each scalar of a file is changed by itself, and each item of a list taken away: in the browser, because
# there are thousands. What is given back are the changes after which more is another than what was changed
EACH = """([files, shapes]) => {
  const leaves = (value, at) => Array.isArray(value) || (value && typeof value === "object")
    ? Object.entries(value).flatMap(([name, own]) => leaves(own, [...at, name])) : [at];
  const lists = (value, at) => value && typeof value === "object"
    ? [...(Array.isArray(value) ? [at] : []), ...Object.entries(value).flatMap(([name, own]) => lists(own, [...at, name]))] : [];
  const changed = (form, at, make) => {
    const copy = structuredClone(form);
    const inside = at.slice(0, -1).reduce((value, name) => value[name], copy);
    inside[at.at(-1)] = make(inside[at.at(-1)]);
    return copy;
  };
  const wrong = [];
  let tried = 0;
  for (const [name, kind, text] of files) {
    const form = writtenForm.fromFile(text, shapes[kind]);
    const {[writtenForm.AS_READ]: _, body, ...own} = form;
    for (const at of leaves(own, [])) {
      const value = at.reduce((inside, key) => inside[key], form);
      if (value === undefined || typeof value !== "string" || !/^[0-9.]+$/.test(value)) continue;
      tried += 1;
      const made = writtenForm.toFile(changed(form, at, (was) => `${was}1`), shapes[kind]);
      const before = text.split("\\n"), after = made.split("\\n");
      const others = before.filter((line, place) => line !== after[place]);
      if (before.length !== after.length || others.length !== 1) wrong.push(`${name} ${at}`);
    }
    for (const at of lists(own, [])) {
      const length = at.reduce((inside, key) => inside[key], form).length;
      if (!length) continue;
      tried += 1;
      const made = writtenForm.toFile(changed(form, at, (was) => was.filter((_, place) => place !== length - 1)), shapes[kind]);
      const before = text.split("\\n");
      const after = made.split("\\n");
      let start = 0, end = 0;
      while (start < after.length && before[start] === after[start]) start += 1;
      while (end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
      const others = after.length - start - end; // a list in brackets has another line, and no more
      if (others > 1 || before.filter((line) => line.includes(" #")).some((line) => !made.includes(line))) wrong.push(`${name} ${at} less`);
    }
  }
  return {wrong, tried};
}"""


@pytest.mark.parametrize("site", ["gallery", "minimal"])
def test_one_number_is_one_line_and_an_item_less_is_nothing_else_less(
    page: Page, site: str
) -> None:
    found: dict[str, Any] = page.evaluate(EACH, [texts(SITES[site]), SHAPES])
    assert found["wrong"] == []
    assert found["tried"] > (300 if site == "gallery" else 5)


STUDY = """\
# The head.
title: 'Honey: 2019'   # in quotes
short: "Honey 2019"
summary: >-
  A randomised trial of honey against placebo, in children who had
  coughed for a week, in five places of
  one country.

# What kind of study.
design: {kind: case-series, blinding: open}  # as printed
registry: [NCT00000001, "2020"]
related:
  # first
  - honey-2018  # the one before
  - honey-2017
unknown-key: {stays: [as, it, is]}
findings:
  # The first.
  better:
    measure: feeling better  # felt
    events: 70
    n: 103

  # The second.
  worse:
    measure: |
      Two lines
      of text
    value: 5.0
    interval: [4.20, 6.0]
    marks:
      - {kind: uncertain, text: "Yes: no."}
      - kind: mirror
        text: A copy.  # was read
"""


def lines(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with some of its lines as others; each stands in it once."""
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        ("form.title = 'Honey: 2020'", [("'Honey: 2019'", "'Honey: 2020'")]),
        ("form.summary = form.summary.replace('five', 'six')", [("in five", "in six")]),
        ("form.design.blinding = 'double'", [("blinding: open", "blinding: double")]),
        ("delete form.design.blinding", [(", blinding: open", "")]),
        ("form.design.phase = '2'", [("blinding: open", "blinding: open, phase: 2")]),
        ("form.registry.push('NCT2')", [('"2020"]', '"2020", NCT2]')]),
        ("form.registry.shift()", [("NCT00000001, ", "")]),
        ("form.registry = []", [('registry: [NCT00000001, "2020"]\n', "")]),
        ("form.related.push('rest-2020')", [("  - honey-2017\n", "  - honey-2017\n  - rest-2020\n")]),
        ("form.related.shift()", [("  - honey-2018  # the one before\n", "")]),
        (
            "form.related.reverse()",
            [("  - honey-2018  # the one before\n  - honey-2017\n", "  - honey-2017\n  - honey-2018  # the one before\n")],
        ),
        ("form.findings[0].events = '071'", [("events: 70", "events: 071")]),
        ("form.findings[0].unit = 'no'", [("  # felt\n", '  # felt\n    unit: "no"\n')]),
        ("form.findings[0].key = 'best'", [("  better:", "  best:")]),
        ("form.findings[1].measure = 'Two lines\\nof words'", [("of text", "of words")]),
        ("form.findings[1].interval[0] = '4.30'", [("4.20", "4.30")]),
        ("form.findings[1].value = '6.00'", [("5.0", "6.00")]),
        ("form.findings[1].marks[0].text = 'No: yes.'", [("Yes: no.", "No: yes.")]),
        (r"form.findings[1].marks[0].text = 'a\n# b'", [("Yes: no.", r"a\n# b")]),
        ("form.registry[0] = 'a, b'", [("[NCT00000001,", '["a, b",')]),
        ("form.registry[0] = 'a\\nb'", [("[NCT00000001,", '["a\\nb",')]),
        ("form.registry[0] = '*a'", [("[NCT00000001,", '["*a",')]),
        ("form.short = 'null'", [('"Honey 2019"', '"null"')]),
        ("form.findings[0].measure = 'null'", [("feeling better  #", '"null"  #')]),
        ("form.findings[1].marks.pop()", [("      - kind: mirror\n        text: A copy.  # was read\n", "")]),
        ("form.findings.push({key: 'new', measure: 'a: b', n: '3'})", [("# was read\n", '# was read\n  new:\n    measure: "a: b"\n    n: 3\n')]),
        ("form.note = 'One.'", [("unknown-key", "note: One.\nunknown-key")]),
        ("form.draft = ''; form.sums = []; form.years = {total: null}", []),
    ],
)  # fmt: skip
def test_what_is_changed_is_changed_where_it_stands(
    page: Page, change: str, changes: list[tuple[str, str]]
) -> None:
    assert written(page, "study", STUDY, change) == lines(STUDY, *changes)


def test_a_long_sentence_is_folded_where_it_changed_and_nowhere_else(page: Page) -> None:
    change = "form.summary = form.summary.replace('five places', 'one place and then in four others, far from each other,')"
    made = written(page, "study", STUDY, change)
    before, after = STUDY.splitlines(), made.splitlines()
    assert after[:5] == before[:5]
    assert after[-len(before) + 6 :] == before[6:]


PAGE = """\
---
title: Honey  # for coughs
kind: topic
---

# Not a comment

Two spaces at an end:\x20\x20
and a last line without one.


"""


def test_the_text_of_a_page_stays_as_it_is_when_something_above_it_changes(page: Page) -> None:
    made = written(page, "page", PAGE, "form.title = 'Thyme'")
    assert made == PAGE.replace("title: Honey  #", "title: Thyme  #")
    made = written(page, "page", PAGE, "form.body = form.body.replace('last line', 'line')")
    assert made == PAGE.replace("last line", "line")


def test_a_new_file_begins_with_its_schema_and_is_in_the_order_of_the_keys(page: Page) -> None:
    script = "([form, shape]) => writtenForm.toFile(form, shape)"
    form = {
        "short": "Honey",
        "title": "Honey: 2019",
        "findings": [{"key": "better", "n": "3", "measure": "better"}],
    }
    shape = SHAPES["study"] | {"first": "# schema\n"}
    assert page.evaluate(script, [form, shape]) == (
        '# schema\ntitle: "Honey: 2019"\nshort: Honey\nfindings:\n  better:\n    measure: better\n    n: 3\n'
    )
    made = page.evaluate(
        script, [{"title": "Honey", "kind": "plain", "body": "Text.\n"}, SHAPES["page"]]
    )
    assert made == "---\ntitle: Honey\nkind: plain\n---\n\nText.\n"


def test_what_cannot_be_read_is_not_opened(
    page: Page,
) -> None:
    for text in ("title: [", "- a list\n"):
        with pytest.raises(Error):
            written(page, "study", text)
    with pytest.raises(Error, match="nothing stands above"):
        written(page, "page", "# A page without\n")


def test_lists_in_lists_are_changed_too(page: Page) -> None:
    nested = "title: T\nshort: S\norder:\n  - - a\n    - b\n"
    assert (
        written(page, "study", nested, "form.order[0] = ['b']")
        == "title: T\nshort: S\norder:\n  - - b\n"
    )
    assert written(page, "study", nested, "form.order.push(['c'])") == nested + "  - [c]\n"


def test_what_a_shape_does_not_know_stays(page: Page) -> None:
    """A key that no schema has, and one that is written in another way than the form can show."""
    text = "title: T\nwhere: {kind: [a, b], other: c}\nmine: 3\nissued:\n  date-parts: [[2019]]\nkind: bars\n"
    assert written(
        page, "figure", text, "form.title = 'U'; form.where[0].value = 'd'"
    ) == text.replace("title: T", "title: U").replace("other: c", "other: d")
