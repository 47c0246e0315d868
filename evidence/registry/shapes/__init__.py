"""Every shape of export that is known. A new one is a file beside this one and a name in SHAPES."""

from __future__ import annotations

from evidence.registry.shapes import (
    clinicaltrials_gov_classic_table,
    clinicaltrials_gov_table,
    ictrp_table,
)

SHAPES = (
    clinicaltrials_gov_classic_table.SHAPE,
    clinicaltrials_gov_table.SHAPE,
    ictrp_table.SHAPE,
)
