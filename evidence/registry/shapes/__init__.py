"""Every shape of export that is known. A new one is a file beside this one and a name in SHAPES."""

from __future__ import annotations

from evidence.registry.shapes import (
    clinicaltrials_gov_classic_json,
    clinicaltrials_gov_classic_table,
    clinicaltrials_gov_classic_xml,
    clinicaltrials_gov_json,
    clinicaltrials_gov_table,
    eu_ctis_table,
    eu_ctr_summary,
    ictrp_table,
    ictrp_xml,
    isrctn_table,
    isrctn_xml,
)
from evidence.registry.shapes.element_shape import ElementShape
from evidence.registry.shapes.object_shape import ObjectShape
from evidence.registry.shapes.table_shape import TableShape

SHAPES: tuple[TableShape | ObjectShape | ElementShape, ...] = (
    clinicaltrials_gov_classic_table.SHAPE,
    clinicaltrials_gov_table.SHAPE,
    clinicaltrials_gov_json.SHAPE,
    clinicaltrials_gov_classic_json.SHAPE,
    clinicaltrials_gov_classic_xml.SHAPE,
    ictrp_table.SHAPE,
    ictrp_xml.SHAPE,
    isrctn_table.SHAPE,
    isrctn_xml.SHAPE,
    eu_ctis_table.SHAPE,
    eu_ctr_summary.SHAPE,
)
TABLES = tuple(shape for shape in SHAPES if isinstance(shape, TableShape))
OBJECTS = tuple(shape for shape in SHAPES if isinstance(shape, ObjectShape))
ELEMENTS = tuple(shape for shape in SHAPES if isinstance(shape, ElementShape))
