"""References as reference managers really export them are read as one and the same item."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evidence.commands.making.items import (
    NotReadableError,
    cleaned,
    date_parts,
    folded,
    id_of,
    name_of,
)
from evidence.commands.making.references import items_of

# One paper as each of them writes it
PAPER = {
    "type": "article-journal",
    "title": "Autologous cells in MS: Günther's trial & étude",
    "author": [
        {"family": "Beek", "given": "Jan", "non-dropping-particle": "van den"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr"},
        {"literal": "World Health Organization"},
    ],
    "issued": {"date-parts": [[2022, 3, 14]]},
    "container-title": "Stem Cells",
    "volume": "11",
    "issue": "2",
    "page": "101-109",
    "DOI": "10.1002/sctm.21-0001",
    "PMID": "12345678",
    "URL": "https://example.org/a_b%20c?x=1&y=2",
}
ZOTERO_JSON = json.dumps(
    [
        {
            "id": "http://zotero.org/users/1/items/ABC",
            "type": "article-journal",
            "abstract": "Left out.",
            "container-title": "Stem Cells",
            "DOI": "10.1002/sctm.21-0001",
            "ISSN": "1234-5678",
            "issue": "2",
            "language": "en",
            "note": "PMID: 12345678\nPMCID: PMC77",
            "page": "101-109",
            "source": "PubMed",
            "title": 'Autologous cells in <span class="nocase">MS</span>: <i>Günther</i>\'s trial &amp; étude',
            "URL": "https://example.org/a_b%20c?x=1&y=2",
            "volume": "11",
            "author": [
                {"family": "Beek", "given": "Jan", "non-dropping-particle": "van den"},
                {"family": "King", "given": "Martin Luther", "suffix": "Jr"},
                {"literal": "World Health Organization"},
            ],
            "accessed": {"date-parts": [["2026", 11, 2]]},
            "issued": {"date-parts": [["2022", 3, 14]]},
        }
    ]
)
BETTER_YAML = """\
---
references:
- id: beekAutologous2022
  author:
  - family: Beek
    given: Jan
    non-dropping-particle: van den
  - family: King
    given: Martin Luther
    suffix: Jr
  - literal: World Health Organization
  container-title: Stem Cells
  DOI: 10.1002/sctm.21-0001
  PMID: 12345678
  issue: 2
  issued:
    - year: 2022
      month: 3
      day: 14
  page: 101-109
  title: "Autologous cells in MS: Günther's trial & étude"
  type: article-journal
  URL: https://example.org/a_b%20c?x=1&y=2
  volume: 11
...
"""
PANDOC_YAML = BETTER_YAML.replace(
    "    - year: 2022\n      month: 3\n      day: 14\n",
    "    date-parts:\n    - - 2022\n      - 3\n      - 14\n",
)
ZOTERO_BIBTEX = r"""
@article{van_den_beek_autologous_2022,
	title = {Autologous cells in {MS}: {Günther}'s trial \& étude},
	volume = {11},
	issn = {1234-5678},
	url = {https://example.org/a_b%20c?x=1&y=2},
	doi = {10.1002/sctm.21-0001},
	abstract = {Braces { and } are left.},
	language = {en},
	number = {2},
	urldate = {2026-11-02},
	journal = {Stem Cells},
	author = {van den Beek, Jan and King, Jr, Martin Luther and {World Health Organization}},
	month = mar,
	day = {14},
	year = {2022},
	note = {PMID: 12345678
PMCID: PMC77},
	pages = {101--109},
}
"""
ACCENTS_BIBTEX = r"""
% A comment of somebody
@string{sc = "Stem Cells"}
@comment{jabref-meta: databaseType:bibtex;}
@ARTICLE{beek2022,
  AUTHOR = "van den Beek, Jan and King, Jr, Martin Luther and {{World Health Organization}}",
  TITLE = "Autologous cells in {MS}: {G{\"u}nther}'s trial {\&} {\'e}tude",
  JOURNAL = sc, VOLUME = 11, NUMBER = 2, YEAR = 2022, MONTH = "March", DAY = 14, PAGES = {101--109},
  DOI = {https://doi.org/10.1002/sctm.21-0001}, PMID = {12345678},
  URL = {https://example.org/a\_b\%20c?x=1\&y=2}
}
"""
BETTER_BIBLATEX = r"""
@article{beekAutologous2022,
  title = {Autologous Cells in {{MS}}},
  subtitle = {Günther's trial \& étude},
  author = {family=Beek, given=Jan, prefix=van den, useprefix=true and King, Jr, Martin Luther and {{World Health Organization}}},
  date = {2022-03-14},
  journaltitle = {Stem Cells},
  volume = {11},
  number = {2},
  eprint = {12345678},
  eprinttype = {pubmed},
  pages = {101--109},
  doi = {10.1002/sctm.21-0001},
  url = {https://example.org/a_b%20c?x=1&y=2},
  urldate = {2026-11-02},
  langid = {english},
  keywords = {cells}
}
"""
ZOTERO_RIS = """\
TY  - JOUR
TI  - Autologous cells in MS: Günther's trial & étude
AU  - van den Beek, Jan
AU  - King, Martin Luther, Jr
AU  - World Health Organization
T2  - Stem Cells
AB  - Left out.
DA  - 2022/03/14/
PY  - 2022
DO  - 10.1002/sctm.21-0001
DP  - PubMed
VL  - 11
IS  - 2
SP  - 101
EP  - 109
LA  - en
SN  - 1234-5678
UR  - https://example.org/a_b%20c?x=1&y=2
Y2  - 2026/11/02/
N1  - PMID: 12345678
KW  - Cells
ER  -


"""


@pytest.mark.parametrize(
    "export",
    [ZOTERO_JSON, BETTER_YAML, PANDOC_YAML, ZOTERO_BIBTEX, ACCENTS_BIBTEX, ZOTERO_RIS],
    ids=[
        "zotero-json",
        "better-yaml",
        "pandoc-yaml",
        "zotero-bibtex",
        "accents-bibtex",
        "zotero-ris",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_export_of_a_paper_is_the_same_item(export: str, end: str) -> None:
    (item,) = items_of("\N{ZERO WIDTH NO-BREAK SPACE}" + export.replace("\n", end))
    item.pop("id", None)
    item.pop("PMCID", None)
    assert item == PAPER


def test_biblatex_has_named_parts_of_names_and_a_subtitle() -> None:
    (item,) = items_of(BETTER_BIBLATEX)
    title = "Autologous Cells in MS: Günther's trial & étude"
    assert item == {"id": "beekAutologous2022", **PAPER, "title": title}


def test_several_entries_are_all_read() -> None:
    items = items_of(ZOTERO_BIBTEX + ACCENTS_BIBTEX)
    assert [item["id"] for item in items] == ["van_den_beek_autologous_2022", "beek2022"]
    assert len(items_of(ZOTERO_RIS * 3)) == 3


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@online{a, title={T}, url={https://a.org}}", "webpage"),
        ("@misc{a, title={T}, howpublished={x}, url={https://a.org}}", "webpage"),
        ("@misc{a, title={T}}", "document"),
        ("@inproceedings{a, title={T}, booktitle={P}}", "paper-conference"),
        ("@techreport{a, title={T}, institution={I}}", "report"),
        ("@article{a, title={T}, entrysubtype={newspaper}}", "article-newspaper"),
    ],
)
def test_an_entry_of_bibtex_is_what_csl_calls_it(entry: str, kind: str) -> None:
    assert items_of(entry)[0]["type"] == kind


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"{\"U}ber {\ss}-Zellen", "Über ß-Zellen"),
        (r"Garc{\'\i}a, \v{S}, \c{c}, {\o}, {\L}", "García, Š, ç, ø, Ł"),
        (r"A---B -- C", "A—B – C"),
        (r"\emph{In vivo} and \textit{in vitro}", "In vivo and in vitro"),
        (r"50\% of 100\$ \#1", "50% of 100$ #1"),
        (r"{{CD34}}+ cells", "CD34+ cells"),
        (r"TNF-$\alpha$ and CO$_2$", "TNF-\N{GREEK SMALL LETTER ALPHA} and CO_2"),
    ],
)
def test_latex_is_read_as_what_it_prints(latex: str, title: str) -> None:
    assert items_of(f"@article{{a, title = {{{latex}}}}}")[0]["title"] == title


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (
            "de la Cruz Garc{\\'i}a, Mar{\\'\\i}a",
            {"family": "Cruz García", "given": "María", "non-dropping-particle": "de la"},
        ),
        (
            "Ludwig van Beethoven",
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        ),
        ("{Barnes and Noble}", {"literal": "Barnes and Noble"}),
        ('M{\\"u}ller, J. and others', {"family": "Müller", "given": "J."}),
        (
            "{van Gogh}, Vincent",
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        ),
    ],
)
def test_names_of_bibtex_come_apart(written: str, name: dict[str, str]) -> None:
    assert items_of(f"@article{{a, title={{T}}, author={{{written}}}}}")[0]["author"][0] == name


def test_others_are_named_as_others() -> None:
    (item,) = items_of("@article{a, title={T}, author={Lee, Ann and others}}")
    assert item["author"][-1] == {"literal": "and others"}


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ({"date-parts": [[2022, 9, 5], [2022, 10]]}, [2022, 9, 5]),
        ({"date-parts": [["2022", "09"]]}, [2022, 9]),
        ({"date-parts": [[None]]}, []),
        ([{"year": 2022, "season": 1}], [2022]),
        ({"raw": "2022-09-05/2022-10"}, [2022, 9, 5]),
        ({"literal": "in press"}, []),
        ("2022/09/05/Autumn", [2022, 9, 5]),
        ("2022-13-01", [2022]),
        ("20221", []),
        (None, []),
    ],
)
def test_dates_are_read_as_far_as_they_are_dates(written: Any, parts: list[int]) -> None:
    assert date_parts(written) == parts


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("van den Berg", {"family": "Berg", "non-dropping-particle": "van den"}),
        ("de la Portilla", {"family": "Portilla", "non-dropping-particle": "de la"}),
        ("Van Assche", {"family": "Van Assche"}),
        ("al-Najjar", {"family": "al-Najjar"}),
        ("bell hooks", {"family": "bell hooks"}),
    ],
)
def test_particles_before_a_family_are_found(family: str, name: dict[str, str]) -> None:
    assert name_of({"family": family}) == name


def test_what_crossref_answers_is_read() -> None:
    answer = {
        "message": {
            "title": ["A <i>trial</i>"],
            "container-title": ["J"],
            "author": [{"name": "A Group"}],
        }
    }
    assert items_of(json.dumps(answer)) == [
        {"title": "A trial", "container-title": "J", "author": [{"literal": "A Group"}]}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words",
        "[]",
        "{}",
        "{",
        '[{"a": 1}]',
        "a: b",
        "@article{a, title = {T",
        "TY  - JOUR\nnonsense",
        "\x00",
        "- a\n- b",
    ],
)
def test_what_is_no_export_is_said_so(text: str) -> None:
    with pytest.raises(NotReadableError):
        items_of(text)


def test_an_entry_that_cannot_be_read_is_named_by_its_line() -> None:
    with pytest.raises(NotReadableError, match="begins on line 3"):
        items_of(
            "@article{a, title={T}}\n\n@article{b, title = {T}, title = {U}, doi\n@article{c, title={T}}"
        )


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (PAPER, "van-den-beek-2022"),
        (
            {
                "author": [{"family": "Müller-Łukasik", "given": "A"}],
                "issued": {"date-parts": [[2020]]},
            },
            "muller-lukasik-2020",
        ),
        ({"author": [{"literal": "World Health Organization"}]}, "world-health-organization"),
        ({"title": "A trial of rest in the common cold"}, "a-trial-of-rest-in"),
        ({}, ""),
    ],
)
def test_an_item_gets_an_id_of_author_and_year(item: dict[str, Any], name: str) -> None:
    assert id_of(cleaned(item)) == name


def test_letters_are_folded_for_an_id() -> None:
    assert folded("Ångström Øre ß Þórr") == "angstrom-ore-ss-thorr"


@pytest.mark.parametrize(
    "address", ["https://a.org/~lee", "https://a.org/a--b", "https://a.org/x%20y"]
)
def test_an_address_of_bibtex_is_no_latex(address: str) -> None:
    assert items_of(f"@misc{{a, title={{T}}, url={{{address}}}}}")[0]["URL"] == address
