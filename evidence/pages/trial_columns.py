"""The table of trials: its columns, its orders, and what it can be narrowed by, each written once.

Lists, explorer, script and downloads follow from here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.model.vocabulary import Vocabularies


@dataclass(frozen=True)
class Facet:
    """Something that trials can be narrowed by; ``name`` is its key in shared addresses.

    ``field`` is the field of a trial that holds its values, and ``listed`` the closed list of them
    (none for a year). ``by`` names its lists of trials, of one value each, where there are such.
    ``open`` shows its values from the start where there is room.
    """

    name: str
    title: str
    field: str
    listed: str | None
    by: str = ""
    open: bool = False

    @property
    def anchor(self) -> str:
        """Return the anchor of the lists, ``by-condition``."""
        return f"by-{self.by}"


@dataclass(frozen=True)
class TrialColumn:
    """A column of the table beside the name; ``name`` is the key by which rows are sorted.

    ``style`` is the class of its cells. ``down`` is set where the greatest comes first when a reader
    asks for the order. ``orders`` are those that the menu offers: the key, with - for backwards, and
    its title.
    """

    name: str
    title: str
    orders: tuple[tuple[str, str], ...]
    style: str = ""
    down: bool = False


FACETS = (
    Facet("condition", "Condition", "condition", "conditions", "condition", open=True),
    Facet("cell", "Intervention", "cell", "cells", "cells"),
    Facet("phase", "Phase", "phase", "phases", open=True),
    Facet("status", "Status", "status", "statuses", open=True),
    Facet("country", "Country", "countries", "countries"),
    Facet("sponsor-type", "Sponsor", "sponsor_type", "sponsor_types"),
    Facet("year", "Year of start", "start", None),
)
COLUMNS = (
    TrialColumn("condition", "Condition", ()),
    TrialColumn("cell", "Intervention", (("cell", ""),)),
    TrialColumn(
        "phase", "Phase", (("phase", "Phase, early first"), ("-phase", "Phase, late first"))
    ),
    TrialColumn("status", "Status", (("status", "Status"),)),
    TrialColumn(
        "enrolment",
        "People",
        (("-enrolment", "People, most first"), ("enrolment", "People, fewest first")),
        "number people",
        down=True,
    ),
    TrialColumn("countries", "Country", (("countries", "Country"),)),
    TrialColumn(
        "start",
        "Start",
        (("-start", "Start, newest first"), ("start", "Start, oldest first")),
        "number start",
        down=True,
    ),
    TrialColumn("sponsor-type", "Sponsor", (("sponsor-type", "Sponsor"),)),
)
# The orders of the menu that belong to no column, and the download's column behind the last
FIRST_ORDERS = (("", "Condition, newest first"), ("name", "Name"), ("id", "Registry id"))
SORTED_BY = {"id": "registry-id"}


def facets_of(words: Vocabularies) -> tuple[Facet, ...]:
    """Return the facets with the site's own words."""
    own = {"cell": words.wording.title}
    return tuple(replace(each, title=own.get(each.name, each.title)) for each in FACETS)


def columns_of(words: Vocabularies) -> tuple[TrialColumn, ...]:
    """Return the columns with the site's own words."""
    title = words.wording.title
    return tuple(
        replace(each, title=title, orders=(("cell", title),)) if each.name == "cell" else each
        for each in COLUMNS
    )


def orders_of(words: Vocabularies) -> tuple[tuple[str, str], ...]:
    """Return every order of the menu: its key in shared addresses, and its title."""
    return (*FIRST_ORDERS, *(order for each in columns_of(words) for order in each.orders))
