"""The inventory of a document: each statement of it that can be judged, with the claims that judge it."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Model, Whole, Words

INVENTORIES = "data/inventories/"


class InventoryLine(Model):
    """One statement of a document, in its order, with the entries of its ledger."""

    number: Whole = Field(
        ge=1, examples=[1], description="Its number, counted from one in the order of the document."
    )
    where: Words = Field(
        examples=["Abstract, Results"], description="Where it stands in the document."
    )
    statement: Words = Field(
        examples=["Half of the children stopped coughing"],
        description="What the document states there, in our words.",
    )
    entries: Words = Field(
        examples=["half-stopped"],
        description="The claims of its ledger that judge it, by their names; several are parted by semicolons.",
    )

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the names of the claims that judge it."""
        return tuple(filter(None, (name.strip() for name in self.entries.split(";"))))
