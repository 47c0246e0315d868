"""Countries as registries name them: by one name, by two, at the end of a place, in a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.figures.world import names
from evidence.model.former_countries import FORMER
from evidence.registry.countries import (
    OTHER_NAMES,
    WHOSE,
    country_of,
    last_part,
    listed,
    name_of,
)
from tests.registry.exporting import classic, portal, project, records, run

COUNTRIES = {
    "United States": "USA", "Korea, Republic of": "KOR", "South Korea": "KOR", "Iran": "IRN",
    "Iran, Islamic Republic of": "IRN", "Iran (Islamic Republic of)": "IRN", "Turkey": "TUR",
    "Turkey (Türkiye)": "TUR", "Türkiye": "TUR", "Russian Federation": "RUS", "Russia": "RUS",
    "Taiwan": "TWN", "Vietnam": "VNM", "Viet Nam": "VNM", "Czechia": "CZE", "Czech Republic": "CZE",
    "Palestinian Territories, Occupied": "PSE", "Côte D'Ivoire": "CIV", "Cote d'Ivoire": "CIV",
    "Macedonia, The Former Yugoslav Republic of": "MKD", "United States of America": "USA",
    "Moldova, Republic of": "MDA", "Congo, The Democratic Republic of the": "COD", "Hong Kong": "HKG",
    "Bolivia": "BOL", "Venezuela": "VEN", "Tanzania": "TZA", "Réunion": "REU", "Reunion": "REU",
    "Former Serbia and Montenegro": "SCG", "Kosovo": "XKX", "UNITED KINGDOM": "GBR",
    "Syrian Arab Republic": "SYR", "Lao People's Democratic Republic": "LAO", "Antigua and Barbuda": "ATG",
}  # fmt: skip
PLACES = {
    "Hospital, Seoul, Korea, Republic of": "KOR",
    "Seoul, Korea, Republic of": "KOR",
    "Clinic, Tehran, Iran, Islamic Republic of": "IRN",
    "Centre, Boston, Massachusetts, 02115, United States": "USA",
    "Clinic, St. John's, Antigua and Barbuda": "ATG",
    "Unit, Skopje, Macedonia, The Former Yugoslav Republic of": "MKD",
    "France": "FRA",
    "Republic of the Poor Hospital, Lima, Peru": "PER",
}
# One country that is written with two names, or with its long one in another order
ONE = {
    "Taiwan, China": "TWN", "Taiwan, Province of China": "TWN", "Taiwan (China)": "TWN",
    "Taiwan, Republic of China": "TWN", "China (Taiwan)": "TWN", "Republic of China (Taiwan)": "TWN",
    "Taiwan, R.O.C.": "TWN", "China - Taiwan": "TWN",
    "Hong Kong, China": "HKG", "Hong Kong SAR, China": "HKG", "Hong Kong SAR China": "HKG",
    "Hong Kong (SAR)": "HKG", "China, Hong Kong Special Administrative Region": "HKG", "China, Hong Kong SAR": "HKG",
    "Macau, China": "MAC", "Macao SAR": "MAC", "Macau": "MAC",
    "Korea, Republic of": "KOR", "Republic of Korea": "KOR", "Korea (the Republic of)": "KOR",
    "Korea, South": "KOR", "Korea, Democratic People's Republic of": "PRK", "Korea (North)": "PRK",
    "P.R. China": "CHN", "China, People's Republic of": "CHN",
    "Congo, Republic of": "COG", "Congo, Democratic Republic of the": "COD",
    "Democratic Republic of the Congo": "COD", "Republic of the Congo": "COG",
    "Virgin Islands, U.S.": "VIR", "Puerto Rico, United States": "PRI", "Réunion, France": "REU",
    "Netherlands (Kingdom of the)": "NLD", "The Netherlands": "NLD", "Bahamas, The": "BHS",
    "Turkey [Türkiye]": "TUR", "St. Lucia": "LCA", "Trinidad & Tobago": "TTO",
    "Tanzania, United Republic of": "TZA", "Micronesia, Federated States of": "FSM",
    "Former Yugoslavia": "YUG", "Netherlands Antilles": "ANT",
}  # fmt: skip
# What is written like it, and is two countries or none
NOT_ONE = ("China, Japan", "Japan, China", "China, Hong Kong", "Georgia, United States", "China, Taiwan", "Lyon, France",
           "Sudan, South Sudan", "Guinea, Guinea-Bissau", "Ireland, Northern Ireland",
           "Congo, Democratic Republic of the Congo", "Republic of")  # fmt: skip
ENDS = {
    "Hospital, Taipei, Taiwan, China": "TWN",
    "Hospital, Hong Kong, Hong Kong, China": "HKG",
    "Clinic, Atlanta, Georgia, United States": "USA",
    "Clinic, San Juan, Puerto Rico, United States": "PRI",
    "Ward, Kinshasa, Congo, The Democratic Republic of the": "COD",
    "Hospital, Beijing, China": "CHN",
    "Unit, Pyongyang, Korea, Democratic People's Republic of": "PRK",
}
LISTS = {
    "Taiwan, China": ("TWN",),
    "Hong Kong, China;Japan": ("HKG", "JPN"),
    "Japan, Taiwan, China, Korea, Republic of": ("JPN", "KOR", "TWN"),
    "Korea, Republic of, China": ("CHN", "KOR"),
    "China, Hong Kong, Taiwan": ("CHN", "HKG", "TWN"),
    "Sudan, South Sudan": ("SDN", "SSD"),
    "Guinea, Guinea-Bissau, Equatorial Guinea": ("GIN", "GNB", "GNQ"),
    "France, Congo, The Democratic Republic of the, Spain": ("COD", "ESP", "FRA"),
    "England, Scotland, Ireland": ("GBR", "IRL"),
    "Iran (Islamic Republic of)": ("IRN",),
}


@pytest.mark.parametrize("name", COUNTRIES)
def test_a_country_is_understood(name: str) -> None:
    assert country_of(name) == COUNTRIES[name]


@pytest.mark.parametrize("location", PLACES)
def test_the_country_is_the_end_of_a_location(location: str) -> None:
    assert country_of(last_part(location)) == PLACES[location]


def test_what_is_no_country_is_not_taken_for_one() -> None:
    assert country_of("Atlantis") is None
    assert country_of("") is None


@pytest.mark.parametrize("code", sorted({*OTHER_NAMES, *WHOSE, *FORMER}))
def test_every_code_has_a_name(code: str) -> None:
    assert name_of(code)


@pytest.mark.parametrize("name", ONE)
def test_a_country_with_two_names_is_one(name: str) -> None:
    assert country_of(name) == ONE[name]


@pytest.mark.parametrize("name", NOT_ONE)
def test_two_countries_are_not_one(name: str) -> None:
    assert country_of(name) is None


@pytest.mark.parametrize("location", ENDS)
def test_the_end_of_a_location_may_have_two_names(location: str) -> None:
    assert country_of(last_part(location)) == ENDS[location]


@pytest.mark.parametrize("written", LISTS)
def test_a_list_is_parted_into_countries_and_not_into_names(written: str) -> None:
    assert tuple(sorted({str(country_of(name)) for name in listed(written)})) == LISTS[written]


def test_a_name_in_a_list_that_is_not_known_stands_alone() -> None:
    assert listed("India, Freedonia") == ("India", "Freedonia")
    assert listed("Freedonia, Republic of") == ("Freedonia, Republic of",)


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_a_country(text: str) -> None:
    country_of(last_part(text))
    listed(text)


def test_an_import_counts_such_a_country_once(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(
        root,
        portal({"Countries": "Taiwan, China", "TrialID": "DRKS00000001"}),
        classic({"Locations": "Hospital, Hong Kong, China|Ward, Kowloon, Hong Kong"}),
    )
    assert printed.code == 0, printed.problems
    rows = records(root, "registries-2022-10-07")
    assert {row.countries for row in rows} == {("TWN",), ("HKG",)}


def test_the_map_knows_every_code_that_an_import_writes() -> None:
    assert {*OTHER_NAMES, *WHOSE, *WHOSE.values()} <= {*names(), *FORMER}
