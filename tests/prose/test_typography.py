"""Straight marks are typed, curled ones are shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.prose.typesetting import curl_quotes


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ('<p>"Yes," he said.</p>', "<p>“Yes,” he said.</p>"),
        ("<p>It's the trial's end.</p>", "<p>It’s the trial’s end.</p>"),
        ("<p>the 'strict' rows</p>", "<p>the ‘strict’ rows</p>"),
        ("<p>since the '90s</p>", "<p>since the ’90s</p>"),
        ('<p>("so")</p>', "<p>(“so”)</p>"),
        ('<p>the "<a href="x">Link</a>"</p>', '<p>the “<a href="x">Link</a>”</p>'),
        ("<p>a &#34;b&#34; c&#39;s</p>", "<p>a “b” c’s</p>"),
        ('<p title="a">b</p>', '<p title="a">b</p>'),
        ('<code>"x"</code><p>"y"</p>', '<code>"x"</code><p>“y”</p>'),
        ("<pre>it's</pre><p>it's</p>", "<pre>it's</pre><p>it’s</p>"),
    ],
)
def test_marks_in_text_are_curled_and_marks_of_html_are_not(page: str, wanted: str) -> None:
    assert curl_quotes(page) == wanted


@given(st.lists(st.sampled_from(['"', "'", "a", " ", "<b>", "</b>", '<i title="x">', "</i>"])))
def test_only_marks_change(parts: list[str]) -> None:
    page = f"<p>{''.join(parts)}</p>"
    straight = str.maketrans("“”‘’", "\"\"''")
    assert curl_quotes(page).translate(straight) == page
    assert re.findall(r"<[^>]*>", curl_quotes(page)) == re.findall(r"<[^>]*>", page)
