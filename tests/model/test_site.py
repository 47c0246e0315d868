"""Where readers say that a number is wrong, and the addresses that are filled in."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from evidence.model.site import Site

FORM = "https://example.org/new?title=(number)&body=(page)+(finding)"


def site(**more: Any) -> Site:
    bare = {"title": "T", "tagline": "T", "description": "D", "sections": [], "navigation": []}
    return Site.model_validate({**bare, "footer": "F", **more})


@pytest.mark.parametrize("written", [FORM, "corrections@example.org", "a.b+c@mail.example.org"])
def test_a_form_with_places_and_a_mail_address_are_taken(written: str) -> None:
    assert site(report=written).report == written


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/new",
        "https://example.org/new?title=(number)&body=(page)",
        "javascript:alert('(page)(number)(finding)')",
        "example.org/(page)(number)(finding)",
        "nobody@",
        "a@b",
        "a@example.org?subject=x",
        "mailto:a@example.org",
        7,
    ],
)
def test_what_cannot_be_filled_in_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match=r"has no \(|is no address"):
        site(report=written)


def test_a_page_is_filled_in_with_its_public_address_where_there_is_one() -> None:
    assert site(report=FORM).report_pattern("a/b.html") == (
        "https://example.org/new?title=(number)&body=a%2Fb.html+(finding)"
    )
    public = site(report=FORM, address="https://example.org/colds/").report_pattern("a/b.html")
    assert "body=https%3A%2F%2Fexample.org%2Fcolds%2Fa%2Fb.html+(finding)" in public


def test_a_mail_has_a_line_for_each_thing() -> None:
    pattern = site(report="corrections@example.org").report_pattern("a/b.html")
    address = pattern.replace("(number)", "12%25").replace("(finding)", "smith-2020%2Fbetter")
    parts = urlsplit(address)
    assert (parts.scheme, parts.path) == ("mailto", "corrections@example.org")
    said = parse_qs(parts.query)
    assert said["subject"] == ["A number is wrong: smith-2020/better"]
    assert said["body"][0].split("\r\n")[:3] == [
        "Page: a/b.html",
        "Number: 12%",
        "Finding: smith-2020/better",
    ]


def test_without_a_number_its_places_are_empty() -> None:
    assert (
        site(report=FORM).report_address("a.html") == "https://example.org/new?title=&body=a.html+"
    )
    assert site().report_address("a.html") == ""
