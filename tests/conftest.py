"""What the tests share: small projects, and sites that are built once for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.run import Built
from evidence.store import Store
from tests.projects import (
    GALLERY,
    KEPT,
    MINIMAL,
    ROOT,
    build_for_all,
    build_in_memory,
    lent_gallery,
    make_project,
    write,
)

MakeProject = Callable[[dict[str, str | bytes]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes what tests/sites expect anew."""
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="write the expected files in tests/sites anew; read the diff before you keep it",
    )


@pytest.fixture(scope="session")
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected files are to be written instead of compared."""
    return bool(request.config.getoption("--update-expected"))


@pytest.fixture(scope="session")
def drawings() -> Store:
    """The store of all tests and all their processes, so that a figure is drawn once."""
    return Store(KEPT)


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the smallest project, to be changed."""
    return make_project(tmp_path / "minimal", MINIMAL)


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """A copy of the project with every authoring feature, to be changed."""
    return make_project(tmp_path / "gallery", GALLERY)


@pytest.fixture
def with_files(minimal: Path) -> MakeProject:
    """Add files to a copy of the smallest project."""

    def add(files: dict[str, str | bytes]) -> Path:
        write(minimal, files)
        return minimal

    return add


@pytest.fixture(scope="session")
def minimal_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The smallest site, built."""
    return build_in_memory(make_project(tmp_path_factory.mktemp("minimal"), MINIMAL))


@pytest.fixture(scope="session")
def gallery_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site with every authoring feature, built."""
    return build_for_all(make_project(tmp_path_factory.mktemp("gallery"), GALLERY), "gallery")


@pytest.fixture(scope="session")
def lend_gallery(gallery_site: Built) -> Callable[[Path], Path]:
    """Put what was kept of the gallery into a new store in a folder, and return the folder."""
    assert gallery_site.report.figures
    return lent_gallery


@pytest.fixture(scope="session")
def real_site() -> Built:
    """The project's own site, built."""
    return build_for_all(ROOT, "real")
