from __future__ import annotations

from lxml import etree

from evidence.figures.accessible_svg import box_of, description
from evidence.figures.svg import inline_svg
from tests.figures.declaring import SVG, named

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
LINE = '<line aria-label="A: 1" transform="translate(3,4)" x2="10" y2="0" stroke="#1F5FA8"/>'
POINT = '<path aria-label="A: 1" transform="translate(8,4)" d="M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0" fill="#1F5FA8"/>'
BAR = '<path aria-label="B: 2" d="M20,10h15v8h-15Z" fill="#1F5FA8"/>'
TICK = '<line aria-label="x: 3; y: 4" x2="10" stroke="#D9D6CE"/>'


def heard(inside: str, *sentences: str) -> etree._Element:
    return etree.fromstring(inline_svg(f"{HEAD}{inside}</svg>", named("Honey", sentences), "wide"))


def spoken(root: etree._Element) -> list[tuple[str, str]]:
    """Return the name and place of each item that is heard."""
    (spoken,) = (each for each in root.iter(f"{SVG}g") if each.get("role") == "list")
    assert all(item.get("role") == "listitem" and len(item) == 1 for item in spoken)
    return [(str(item[0].get("aria-label")), str(item[0].get("d"))) for item in spoken]


def test_items_are_heard_in_reading_order_whatever_was_painted_first() -> None:
    root = heard(BAR + TICK + LINE + POINT, "A: 1", "B: 2")
    assert [name for name, _ in spoken(root)] == ["A: 1", "B: 2"]


def test_an_item_lies_over_all_its_marks() -> None:
    places = dict(spoken(heard(BAR + LINE + POINT, "A: 1", "B: 2")))
    assert places["A: 1"] == "M3,0h10v8h-10z"
    assert places["B: 2"] == "M20,10h15v8h-15z"


def test_an_item_without_a_mark_is_heard_too() -> None:
    assert [name for name, _ in spoken(heard(BAR, "B: 2", "C: not given"))] == [
        "B: 2",
        "C: not given",
    ]


def test_what_is_painted_is_hidden_and_says_nothing_of_its_own() -> None:
    root = heard(BAR + TICK + LINE, "A: 1", "B: 2")
    (painted,) = (each for each in root.iter(f"{SVG}g") if each.get("aria-hidden") == "true")
    assert len(painted) == 3
    assert all(each.get("aria-label") is None for each in painted.iter())


def test_the_description_does_not_say_what_the_list_says() -> None:
    told = "Honey. It shows two. A: 1. B: 2."
    result = named("Honey", ("A: 1", "B: 2"), told)
    assert description(result) == "It shows two."


def test_the_description_of_many_items_keeps_the_extremes() -> None:
    told = "Honey. It shows three. Lowest: A: 1. Highest: C: 3."
    result = named("Honey", ("A: 1", "B: 2", "C: 3"), told)
    assert description(result) == "It shows three. Lowest: A: 1. Highest: C: 3."


def test_a_path_of_steps_and_curves_has_a_box() -> None:
    path = etree.Element(f"{SVG}path", {"d": "M10,10l5,5c1,1,2,9,3,3Zm1,1h20v-4z"})
    assert box_of(path) == (10, 7, 31, 24)
    assert box_of(etree.Element(f"{SVG}path", {"d": ""})) is None
