"""What is cited, in words and as reference managers read it.

The files of a whole site were read back by four parsers of others, each name, title and address the
same (see docs/decisions/0033-quoted.md); what they need to be told is held here.
"""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model.base import parse_partial_date
from evidence.model.bibliography import Name
from evidence.prose.citation_formats import bibtex, csl_json, ris
from evidence.prose.citing import Work, authors_in_words, in_words

HOSTILE = r"50% of {cells} & C:\temp_1 cost $5 ~ x^2 # Müller’s “naïve” }"
PAPER = Work(
    id="panes-2016",
    type="article-journal",
    title=HOSTILE,
    author=(
        Name(family="de la Portilla", given="Fernando"),
        Name(family="Müller, Jr", given="A. B."),
        Name(literal="Agency for Health and Safety"),
        Name(literal="and others"),
    ),
    issued=parse_partial_date("2016-09-05"),
    container="Diseases of the Colon & Rectum",
    volume="388",
    issue="10051",
    page="1281-90",
    doi="10.1016/S0140-6736(16)31203-X",
    address="https://example.org/a_b%20c?d={e}&f#g",
)


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{?(.*?)\}?,?$", entry, re.MULTILINE))


def test_bibtex_writes_out_what_tex_takes_for_its_own() -> None:
    assert fields(bibtex([PAPER]))["title"] == (
        r"{50\% of \textbraceleft{}cells\textbraceright{} \& C:\textbackslash{}temp\_1 cost \$5 "
        r"\textasciitilde{} x\textasciicircum{}2 \# Müller’s “naïve” \textbraceright{}}"
    )


def test_bibtex_divides_names_as_they_are_divided() -> None:
    assert fields(bibtex([PAPER]))["author"] == (
        "de la Portilla, Fernando and {Müller, Jr}, A. B. and {Agency for Health and Safety} and others"
    )


def test_bibtex_leaves_addresses_as_they_are_but_for_braces() -> None:
    found = fields(bibtex([PAPER]))
    assert found["url"] == "https://example.org/a_b%20c?d=%7Be%7D&f#g"
    assert found["doi"] == PAPER.doi
    assert found["month"] == "sep"
    assert bibtex([PAPER]).startswith("@article{panes-2016,\n")


@given(st.text(max_size=60))
def test_the_braces_of_an_entry_are_even_whatever_a_title_holds(title: str) -> None:
    name = Name.model_construct(family=title or "x", given=title or None)
    work = Work("a/b", "webpage", title, (name,))
    depth = 0
    for sign in re.findall(r"[{}]", bibtex([work])):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=60))
def test_a_title_never_makes_a_line_of_its_own(title: str) -> None:
    work = Work("a", "webpage", title)
    assert all(re.match(r"[A-Z][A-Z\d]  - ", line) for line in ris([work]).split("\r\n") if line)
    assert json.loads(csl_json([work]))[0].get("title", "") == title


def test_ris_has_a_line_for_each_thing() -> None:
    assert ris([PAPER]).split("\r\n") == [
        "TY  - JOUR",
        "AU  - de la Portilla, Fernando",
        "AU  - Müller, Jr, A. B.",
        "AU  - Agency for Health and Safety",
        f"TI  - {HOSTILE}",
        "T2  - Diseases of the Colon & Rectum",
        "VL  - 388",
        "IS  - 10051",
        "SP  - 1281",
        "EP  - 90",
        "PY  - 2016",
        "DA  - 2016/09/05/",
        f"DO  - {PAPER.doi}",
        f"UR  - {PAPER.address}",
        "ID  - panes-2016",
        "ER  - ",
        "",
    ]


def test_csl_json_has_the_same_names_title_and_day() -> None:
    (item,) = json.loads(csl_json([PAPER]))
    assert item["title"] == HOSTILE
    assert item["author"][0] == {"family": "de la Portilla", "given": "Fernando"}
    assert {"literal": "and others"} not in item["author"]
    assert item["issued"] == {"date-parts": [[2016, 9, 5]]}
    assert item["DOI"] == PAPER.doi
    assert item["URL"] == PAPER.address


@pytest.mark.parametrize(
    ("given", "initials"),
    [("Julián", "J"), ("Jean-Pierre", "JP"), ("A. B.", "AB"), ("JM", "JM"), ("José M.", "JM")],
)
def test_given_names_are_initials_in_words(given: str, initials: str) -> None:
    work = Work("a", "webpage", "T", (Name(family="Panés", given=given),))
    assert authors_in_words(work) == f"Panés {initials}"


def test_a_source_in_words_names_three_authors_and_leads_to_its_doi() -> None:
    assert authors_in_words(PAPER).endswith("Agency for Health and Safety, et al")
    assert in_words(PAPER).startswith("de la Portilla F, Müller, Jr AB, Agency")
    assert in_words(PAPER).endswith(
        "Diseases of the Colon & Rectum. 2016; 388(10051):1281-90. https://doi.org/" + PAPER.doi
    )
    assert in_words(Work("a", "webpage", "Only a title")) == "Only a title."
