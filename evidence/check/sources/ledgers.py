"""Does a ledger judge its document whole: every statement of the inventory, and all that it prints wrongly?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.known import Known
from evidence.model.claim import Ledger
from evidence.model.inventory import INVENTORIES, InventoryLine
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.lines import bound_lines, table_of_lines
from evidence.read.yaml_file import Document


def check_judged(ledger: Ledger, document: Document, known: Known) -> Iterator[Problem]:
    """Yield discrepancies of the document that no claim names, and claims that pass over theirs."""
    source = known.sources.get(ledger.document)
    named = {name for claim in ledger.claims.values() for name in claim.discrepancies}
    for key, claim in ledger.claims.items():
        if claim.discrepancies and claim.verdict == "supported" and claim.severity != "none":
            message = f"the claim '{key}' is supported, and names what its document prints wrongly"
            hint = "Choose another verdict; or, where that misleads nobody, 'severity: none'."
            place = document.place(("claims", key, "verdict"))
            yield Problem(place, "discrepancy-judged", message, hint)
    if source is None or named - source.discrepancies.keys():
        return
    for name in source.discrepancies:
        if name not in named:
            message = f"no claim of '{ledger.id}' names what its document prints wrongly, '{name}'"
            hint = f"Name it under 'discrepancies:' of a claim in {document.file}."
            where = known.reading.place(
                f"data/sources/{source.id}.yaml", ("discrepancies", name), of_key=True
            )
            yield Problem(where, "discrepancy-judged", message, hint)


def check_inventories(known: Known) -> Iterator[Problem]:
    """Yield statements that no claim judges, and claims that judge no statement, where there is an inventory."""
    for file in known.reading.sources.below(INVENTORIES, ".csv"):
        name = file.removeprefix(INVENTORIES).removesuffix(".csv")
        ledger = known.ledgers.get(name)
        if ledger is not None:
            yield from _check_inventory(file, ledger, known)
        elif not known.reading.is_broken("ledger", name):
            hint = did_you_mean(name, known.ledgers, f"Write data/claims/{name}.yaml.")
            message = f"there are no claims for the inventory '{name}'"
            yield Problem(Place(file), "claim-inventoried", message, hint)


def _check_inventory(file: str, ledger: Ledger, known: Known) -> Iterator[Problem]:
    table = table_of_lines(
        known.reading, file, InventoryLine, "Write these columns, in this order."
    )
    if table is None:
        return
    named: set[str] = set()
    before = len(known.reading.problems)
    for number, (line, statement) in enumerate(
        bound_lines(known.reading, table, InventoryLine), start=1
    ):
        named |= {*statement.claims}
        if statement.number != number:
            message = f"this statement has the number {statement.number}, and is number {number}"
            hint = "Number the statements in their order, from 1."
            yield Problem(line.place(("number",)), "claim-inventoried", message, hint)
        for name in statement.claims:
            if name not in ledger.claims:
                hint = did_you_mean(
                    name, ledger.claims, f"Write it in data/claims/{ledger.id}.yaml."
                )
                message = f"the ledger '{ledger.id}' has no entry '{name}'"
                yield Problem(line.place(("entries",)), "claim-exists", message, hint)
    if len(known.reading.problems) > before:
        return  # what could not be read may judge them
    document = known.reading.documents[f"data/claims/{ledger.id}.yaml"]
    for name in ledger.claims:
        if name not in named:
            message = f"the claim '{name}' judges no statement of {file}"
            hint = "Add it to the entries of the statement that it judges."
            place = document.place(("claims", name), of_key=True)
            yield Problem(place, "claim-inventoried", message, hint)
