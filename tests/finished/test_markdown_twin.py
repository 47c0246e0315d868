"""A page as Markdown says what the page says: text, tables, and numbers with their sources."""

from __future__ import annotations

import re

import pytest
from lxml import html

from evidence.finished.markdown_twin import markdown_twin
from evidence.run import Built

MARK = re.compile(r"\[\^(\d+)\]")
DEFINITION = re.compile(r"^\[\^(\d+)\]: (.+)$", re.MULTILINE)


def twin(main: str) -> str:
    page = f'<html lang="en"><body><nav>around</nav><main>{main}</main></body></html>'
    return markdown_twin(page.encode(), "a.html").body.decode()


@pytest.mark.parametrize(
    ("main", "wanted"),
    [
        ("<p>One <b>two</b> <em>three</em>.</p>", "One **two** *three*."),
        ("<h2 id='x'>Head <span>line</span></h2>", "## Head line"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<dl><div><dt>Who</dt><dd>all</dd></div></dl>", "- Who: all"),
        ('<p><a href="b.html#c">there</a> <a href="#d">here</a></p>', "[there](b.html#c) here"),
        ("<p>1 &lt; 2 [a] *b* c_d | e</p>", r"1 \< 2 \[a\] \*b\* c\_d \| e"),
        ("<p>a <code>x_y &lt; *z*</code></p>", "a `x_y < *z*`"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p>a</p>tail <b>b</b><p>c</p>", "a\n\ntail **b**\n\nc"),
        ("<p>one<br>two</p>", "one; two"),
        ("<p>a <s>b</s> <math><mi>x</mi><mo>=</mo><mi>y</mi></math></p>", "a ~~b~~ `x=y`"),
        ('<p>Trial<span class="finding-note">of all</span></p>', "Trial; of all"),
        ('<p><span class="quantity">5</span>%</p>', "5%"),
        ("<details><summary>More</summary><p>a</p></details>", "**More**\n\na"),
        ("<details><summary><h2>More</h2> 3</summary><p>a</p></details>", "## More\n\na"),
        ('<p>a <svg><text>b</text></svg><span aria-hidden="true">c</span></p>', "a"),
        ("<p hidden>a</p><nav>b</nav><form>c</form><script>d</script><p>e</p>", "e"),
        ("<p></p><ul></ul><dl></dl><table></table><p> </p><p>x</p>", "x"),
    ],
)
def test_an_element_is_written_as_markdown(main: str, wanted: str) -> None:
    assert twin(main) == f"{wanted}\n"


def test_the_title_stands_first_and_then_where_the_page_is() -> None:
    assert twin("<p>Kicker</p><h1>Title</h1><p>a</p>") == (
        "# Title\n\n[a.html](a.html)\n\nKicker\n\na\n"
    )


def test_a_table_has_a_name_heads_and_groups() -> None:
    main = (
        "<table><caption>All</caption><thead><tr><th>Study</th><th>Share</th></tr></thead>"
        '<tbody><tr><th colspan="2">By lot</th></tr><tr><th>A | B</th><td>5<br>6</td></tr></tbody></table>'
    )
    assert twin(main) == (
        "**All**\n\n| Study | Share |\n| --- | --- |\n| **By lot** |  |\n| A \\| B | 5; 6 |\n"
    )


def test_a_number_leads_to_a_footnote_with_its_source() -> None:
    main = (
        '<p><a class="bound" href="#note-s--f" data-note="3">5 of 9</a> people</p><ol class="note-list">'
        '<li class="note" id="note-s--f"><p>5 of 9</p><dl><dt>Source</dt><dd><a href="s.html">Lee</a>, p. 2</dd>'
        '</dl><p class="note-back"><a href="#use-1">Back</a></p></li></ol>'
    )
    assert twin(main) == "5 of 9[^3] people\n\n[^3]: 5 of 9; Source: [Lee](s.html), p. 2\n"


def test_a_footnote_of_the_text_stays_one() -> None:
    main = (
        '<p>So.<sup><a class="footmark" href="#footnote-a" id="footnote-use-a">a</a></sup></p>'
        '<section class="footnotes"><ol type="a"><li id="footnote-a"><p>One.</p><p>Two. '
        '<a class="note-back" href="#footnote-use-a">back to the text</a></p></li></ol></section>'
    )
    assert twin(main) == "So.[^a]\n\n[^a]: One.\n    \n    Two.\n"


def test_what_is_no_page_has_no_markdown() -> None:
    assert markdown_twin(b"", "a.html").body == b""
    assert markdown_twin(b"<html><body>x</body></html>", "a.html").body == b""


@pytest.mark.parametrize("name", ["gallery_site", "real_site"])
def test_every_footnote_has_a_definition_and_every_note_of_the_page_is_one(
    name: str, request: pytest.FixtureRequest
) -> None:
    files = request.getfixturevalue(name).site.files
    twins = [path for path in files if path.endswith(".md")]
    assert twins
    for path in twins:
        text = files[path].decode()
        defined = dict(DEFINITION.findall(text))
        page = html.fromstring(files[path.removesuffix(".md") + ".html"])
        notes = page.xpath("//li[@class='note']")
        assert set(MARK.findall(DEFINITION.sub("", text))) == set(defined), path
        assert len(notes) == len(defined), path
        assert all("Source: [" in words for words in defined.values()), path


def test_the_words_of_a_page_are_in_its_markdown(gallery_site: Built) -> None:
    files = gallery_site.site.files
    page = html.fromstring(files["remedies/honey.html"])
    text = files["remedies/honey.md"].decode()
    for item in page.xpath("//div[@class='text']/ul/li | //div[@class='text']/p[not(@class)]"):
        words = [word for word in re.findall(r"[^\W\d_]+", item.text_content()) if len(word) > 4]
        assert all(word in text for word in words)
    assert not re.search(r"</?(?:div|span|p|section|svg)\b", text)
