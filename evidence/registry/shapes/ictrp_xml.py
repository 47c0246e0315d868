"""The XML of the WHO's portal, with the names of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.problems import Place
from evidence.registry.record import Record
from evidence.registry.shapes import ictrp_table
from evidence.registry.shapes.element_shape import ElementShape, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def _record(place: Place, study: Element) -> Record:
    named = {
        str(each.tag).rpartition("}")[2]: whole(each) for each in study if isinstance(each.tag, str)
    }
    return ictrp_table.SHAPE.record_of(place, named)


SHAPE = ElementShape(
    "ictrp-xml", "WHO ICTRP, XML", "ictrp", "Trials_downloaded_from_ICTRP", "Trial", _record
)
