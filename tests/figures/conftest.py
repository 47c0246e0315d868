"""The figures of both sites, for tests that look at each of them."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.numbers.results import FigureResult
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.figures.declaring import Forms, forms_of


@pytest.fixture(scope="module")
def results(gallery_site: Built, real_site: Built, drawings: Store) -> dict[str, Any]:
    sites = {"gallery_site": gallery_site, "real_site": real_site}
    return {name: compute(each.report, drawings).figures for name, each in sites.items()}


@pytest.fixture
def result(results: dict[str, dict[str, FigureResult]], site: str, name: str) -> FigureResult:
    return results[site][name]


@pytest.fixture
def drawing(result: FigureResult, drawings: Store) -> Forms:
    return forms_of(result, drawings)
