"""Codes of countries that registries still name and ISO 3166-1 does not have."""

from __future__ import annotations

# ISO 3166-3 keeps those that were withdrawn; Kosovo's is in use without being assigned
FORMER = {
    "ANT": "Netherlands Antilles",
    "CSK": "Czechoslovakia",
    "DDR": "German Democratic Republic",
    "SCG": "Serbia and Montenegro",
    "SUN": "Soviet Union",
    "XKX": "Kosovo",
    "YUG": "Yugoslavia",
    "ZAR": "Zaire",
}
