"""What the tables of the open data are, for programs: a data package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import json
import re
from typing import Any

from evidence.model.base import PARTIAL_DATE
from evidence.model.columns import Column, Shape, safe
from evidence.model.open_data import LEADING, TABLES
from evidence.model.open_table import OpenTable
from evidence.model.source import Source
from evidence.pages.linked_data import LICENCE as LICENCE_ADDRESS
from evidence.pages.linked_data import filled
from evidence.pages.view import Given
from evidence.prose.citing import LICENCE, work_of
from evidence.store import Made

FOLDER = "downloads/"
# A date may be a year or a month, which is no date to the format
TYPES: dict[Shape, str] = {"whole": "integer", "number": "number", "truth": "boolean"}
NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
Sizes = dict[str, tuple[str, int]]


def data_package(given: Given, sizes: Sizes) -> Made:
    """Return the description of all tables; ``sizes`` are the SHA-256 and the bytes of each file, by its path."""
    site = given.report.site
    described = {
        "profile": "tabular-data-package",
        "name": NOT_IN_NAMES.sub("-", site.title.lower()).strip("-") or "site",
        "title": site.title,
        "description": site.description,
        "homepage": site.address,
        "licenses": [
            {"name": LICENCE.replace(" ", "-"), "title": LICENCE, "path": LICENCE_ADDRESS}
        ],
        "sources": [filled(_source(source)) for source in given.report.sources.values()],
        "resources": [_resource(table, *sizes[table.path]) for table in TABLES],
    }
    text = json.dumps(filled(described), indent=1, ensure_ascii=False) + "\n"
    return Made(None, text.encode())


def _source(source: Source) -> dict[str, Any]:
    return {"title": f"{source.short}: {source.title}", "path": work_of(source).link}


def _resource(table: OpenTable, digest: str, size: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": table.path.removeprefix(FOLDER),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [
                _field(column, unique=table.key == (column.name,)) for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **_leading(table),
        },
    }


def _leading(table: OpenTable) -> dict[str, Any]:
    keys = [
        {
            "fields": list(key.columns),
            "reference": {"resource": key.table, "fields": list(key.key)},
        }
        for key in LEADING[table.name]
    ]
    return {"foreignKeys": keys} if keys else {}


def _field(column: Column, *, unique: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.filled else {}
    if unique:
        constraints["unique"] = True
    if column.words:
        constraints["enum"] = [safe(word) for word in column.words]
    if column.shape == "date":
        constraints["pattern"] = PARTIAL_DATE.pattern.removesuffix("$")
    return filled(
        {
            "name": column.name,
            "title": column.title,
            "description": column.told,
            "type": TYPES.get(column.shape, "string"),
            "unit": column.unit_words,
            "constraints": constraints,
        }
    )
