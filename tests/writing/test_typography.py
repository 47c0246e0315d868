"""Quotation marks and apostrophes in the text of a page."""

from __future__ import annotations

import pytest

from evidence.writing.typography import curl_quotes


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<p>Crohn's disease</p>", "<p>Crohn’s disease</p>"),
        ("<p>Crohn&#39;s disease</p>", "<p>Crohn’s disease</p>"),
        ('<p>"Not supported" means</p>', "<p>“Not supported” means</p>"),
        ("<p>(&#34;in short&#34;)</p>", "<p>(“in short”)</p>"),
        ('<td>"a"</td><td>"b"</td>', "<td>“a”</td><td>“b”</td>"),
        ('<p>a "<b>word</b>", and <em>"more"</em></p>', "<p>a “<b>word</b>”, and <em>“more”</em></p>"),
        ("<p>the patients' own cells of the '90s</p>", "<p>the patients’ own cells of the ’90s</p>"),
    ],
)  # fmt: skip
def test_straight_marks_are_curled(typed: str, shown: str) -> None:
    assert curl_quotes(typed) == shown


@pytest.mark.parametrize(
    "page",
    [
        '<a href="it&#39;s.html" title=\'a "b"\'>x</a>',
        '<p><code>say "no"</code></p>',
        "<pre>it's\n<b>so</b></pre><p>x</p><code></code>",
    ],
)
def test_attributes_and_code_stay_as_they_are(page: str) -> None:
    assert curl_quotes(page) == page
