"""Countries as registries name them, to ISO 3166: one country by one name, by two, or in a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from evidence.model.former_countries import FORMER
from evidence.registry.vocabulary import squashed

# Names that the library of ISO names does not know, with why registries write them
OTHER_NAMES = {
    "TUR": "Turkey/Turkiye",  # the name until 2022; without the umlaut
    "USA": "USA/United States of America/US",
    "GBR": "UK/Great Britain/Britain/England/Scotland/Wales/Northern Ireland",  # and its parts
    "KOR": "South Korea/Korea/Republic of Korea",  # no registered trial is known from the north
    "PRK": "North Korea",
    "IRN": "Iran",
    "CHN": "PR China/People's Republic of China/PRC/Mainland China",
    "TWN": "Chinese Taipei/Taiwan Republic of China/Taiwan ROC",
    "HKG": "Hongkong/Hong Kong SAR/Hong Kong SAR China/Hong Kong Special Administrative Region",
    "MAC": "Macau/Macau SAR/Macau SAR China/Macao SAR/Macao SAR China"  # ISO spells it Macao
    "/Macau Special Administrative Region/Macao Special Administrative Region",
    "PSE": "Palestine/Palestinian Territories/Palestinian Territories Occupied"
    "/Palestinian Territory/Palestinian Territory Occupied",
    "MKD": "Macedonia/The Former Yugoslav Republic of Macedonia/FYR Macedonia",  # until 2019
    "SWZ": "Swaziland",  # the name until 2018
    "CIV": "Cote Ivoire/Ivory Coast",
    "COD": "Congo Democratic Republic/DR Congo/Congo Kinshasa",
    "COG": "Congo Brazzaville",
    "RUS": "Russia",
    "VNM": "Vietnam",
    "SYR": "Syria",
    "LAO": "Laos/Lao PDR",
    "MDA": "Moldova",
    "BOL": "Bolivia",
    "VEN": "Venezuela",
    "TZA": "Tanzania",
    "BRN": "Brunei",
    "CPV": "Cape Verde",
    "MMR": "Burma",  # the name until 1989
    "LBY": "Libyan Arab Jamahiriya",  # the name until 2011
    "TLS": "East Timor",
    "VAT": "Holy See/Vatican",
    "NLD": "Holland",
    "CZE": "Czech Republic",
    "ARE": "UAE",
    "BIH": "Bosnia",
    "ANT": "Netherlands Antilles",
    "SCG": "Former Serbia and Montenegro/Serbia and Montenegro",
    "YUG": "Former Yugoslavia/Yugoslavia",
    "CSK": "Former Czechoslovakia/Czechoslovakia",
    "DDR": "German Democratic Republic/East Germany",
    "SUN": "Soviet Union/USSR/Former Soviet Union",
    "ZAR": "Zaire",
    "XKX": "Kosovo",
}
# Places with a code of their own that are written with the name of another: "Taiwan, China"
WITH_ANOTHER = {
    "CHN": "HKG MAC TWN",
    "USA": "ASM GUM MNP PRI UMI VIR",
    "FRA": "ATF BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF",
    "GBR": "AIA BMU CYM FLK GGY GIB IMN IOT JEY MSR PCN SGS SHN TCA VGB",
    "NLD": "ABW ANT BES CUW SXM",
    "DNK": "FRO GRL",
    "FIN": "ALA",
    "NOR": "BVT SJM",
    "AUS": "CCK CXR HMD NFK",
    "NZL": "COK NIU TKL",
    "SRB": "XKX",
}
WHOSE = {place: whole for whole, places in WITH_ANOTHER.items() for place in places.split()}
# Words that are in one form of a name and not in another
FILLING = {"the", "of", "and"}
WORD = re.compile(r"[^\W\d_]+")
NOT_IN_WORDS = re.compile(r"[.'’`]")
# One name in brackets behind another, or two with a dash between
IN_BRACKETS = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]")
DASH = re.compile(r" [-–—] ")
LONGEST_NAMES = 120  # of two: what is longer is a list
PARTS_OF_A_NAME = 3  # "Congo, The Democratic Republic, of the"


@cache
def _codes() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Return codes by names without case, spaces and punctuation, and by the words of names."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    by_name: dict[str, str] = {}
    by_words: dict[tuple[str, ...], str] = {}
    for country in pycountry.countries:
        for form in ("name", "official_name", "common_name"):
            name = getattr(country, form, None)
            if name:
                by_name.setdefault(squashed(name), country.alpha_3)
                by_words.setdefault(_words(name), country.alpha_3)
    for code, names in OTHER_NAMES.items():
        by_name |= {squashed(name): code for name in names.split("/")}
        by_words |= {_words(name): code for name in names.split("/")}
    return by_name, by_words


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in one order: "Korea, Republic of" is "Republic of Korea"."""
    plain = NOT_IN_WORDS.sub("", _without_accents(name.casefold()))
    words = (("saint" if word == "st" else word) for word in WORD.findall(plain))
    return tuple(sorted(word for word in words if word not in FILLING))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=16384)
def country_of(name: str) -> str | None:
    """Return the alpha-3 code of a country by its name or its two, or None when no country has it."""
    by_name, by_words = _codes()
    plain = squashed(name)
    return (
        by_name.get(plain)
        or by_name.get(_without_accents(plain))
        or by_words.get(_words(name))
        or _by_two_names(name)
    )


def _by_two_names(name: str) -> str | None:
    """Return the one country that is named with the country it belongs to, or twice."""
    if len(name) > LONGEST_NAMES:
        return None
    plain = " ".join(name.split())
    brackets = IN_BRACKETS.fullmatch(plain)
    two = brackets.groups() if brackets else DASH.split(plain, maxsplit=1)
    if len(two) > 1:
        first, second = map(country_of, two)
    else:
        before, comma, after = name.rpartition(",")
        if not comma or not before.strip() or not after.strip():
            return None
        first, second = country_of(before), country_of(after)
    if first is None or second is None:
        return None
    if first == second or WHOSE.get(first) == second:
        return first
    # In a list "China, Hong Kong" is two; in brackets it is one
    return second if len(two) > 1 and WHOSE.get(second) == first else None


@cache
def code_of(alpha_2: str) -> str | None:
    """Return the alpha-3 code of a country by its alpha-2 code, or None when no country has it."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    country = pycountry.countries.get(alpha_2=alpha_2) if len(alpha_2) == 2 else None
    return country.alpha_3 if country else None


@cache
def name_of(code: str) -> str:
    """Return the short English name of a country by its alpha-3 code."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return FORMER[code]
    return str(getattr(country, "common_name", None) or country.name)


@lru_cache(maxsize=65536)
def last_part(location: str) -> str:
    """Return the country at the end of "hospital, town, country", which may have commas itself."""
    parts = [part.strip() for part in location.split(",")]
    for width in range(min(PARTS_OF_A_NAME, len(parts)), 1, -1):
        whole = ", ".join(parts[-width:])
        if country_of(whole):
            return whole
    return parts[-1]


@lru_cache(maxsize=65536)
def listed(written: str) -> tuple[str, ...]:
    """Return the names in a list of countries, which is parted by ; or | or , or line ends."""
    names = [part.strip() for part in re.split(r"[;|\r\n]|<br ?/?>", written) if part.strip()]
    return tuple(dict.fromkeys(country for name in names for country in _parted_by_commas(name)))


def _parted_by_commas(names: str) -> Iterator[str]:
    """Yield the longest names of countries, from the left; all in one when none is known."""
    parts = [part.strip() for part in names.split(",") if part.strip()]
    if len(parts) < 2 or country_of(names) or not any(map(country_of, parts)):
        yield names
        return
    while parts:
        width = min(PARTS_OF_A_NAME, len(parts))
        while width > 1 and not country_of(", ".join(parts[:width])):
            width -= 1
        yield ", ".join(parts[:width])
        del parts[:width]


# Towns of registries: what stands before the country in a location.

# A part of a location that names a house rather than a town
HOUSE = re.compile(
    r"(?i)\b(hosp|univ|cent(?:er|re)|clinic|institut|medical|foundation|school|college|department"
    r"|unit|faculty|laborator|research|campus|site)|\d"
)


@lru_cache(maxsize=65536)
def town_of(location: str) -> str:
    """Return the town of "hospital, town, region, country": or the region where no town stands.

    ClinicalTrials.gov writes a region for some countries and for others none, and houses have commas
    in their names: the part before the country is a region when it is one of ISO 3166-2, and then the
    part before it is the town, unless that names a house.
    """
    country = last_part(location)
    count = len(country.split(","))
    parts = [part.strip() for part in location.split(",")][:-count]
    parts = [part for part in parts if part and not part.isdigit()]
    if len(parts) < 2:
        return ""
    town, region = parts[-2], parts[-1]
    is_region = _plain(region) in _regions(country_of(country) or "")
    named = town if len(parts) > 2 and is_region and not HOUSE.search(town) else region
    return "" if HOUSE.search(named) else named


def _plain(name: str) -> str:
    return squashed(_without_accents(name))


@cache
def _regions(code: str) -> frozenset[str]:
    """Return the names of the regions of a country, as ISO 3166-2 has them."""
    import pycountry  # noqa: PLC0415 - reads its tables when first asked

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return frozenset()
    known = pycountry.subdivisions.get(  # type: ignore[no-untyped-call]
        country_code=country.alpha_2
    )
    names = (part for region in known or () for part in (region.name, region.name.split(" ")[0]))
    return frozenset(map(_plain, names))
