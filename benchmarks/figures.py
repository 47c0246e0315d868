"""Measure figures: the first one drawn, the next ones, those that are kept; and what they weigh.

Run with ``python -m benchmarks.figures``. It draws the figures of this project and of the gallery.
"""

from __future__ import annotations

import dataclasses
import gzip
import statistics
import tempfile
import time
from pathlib import Path

from evidence.numbers.results import FigureResult
from evidence.steps.compute import compute
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store
from tests.figures.declaring import Forms, forms_of
from tests.projects import TODAY

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "tests/sites/gallery"
ROUNDS = 3


def main() -> None:
    """Print seconds and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Store(Path(folder))
        results = [*_results(ROOT, cache), *_results(GALLERY, cache)]
        first, drawings = _timed(results[:1], cache)
        print(f"{len(results)} figures")
        print(f"first, with all that is loaded for it   {1000 * first:7.0f} ms")
        rounds, anew = [], results
        for number in range(ROUNDS):
            anew = [dataclasses.replace(each, id=f"{each.id}-{number}") for each in results]
            took, drawings = _timed(anew, cache)
            rounds.append(took / len(anew))
        print(f"each further one                        {1000 * statistics.median(rounds):7.1f} ms")
        kept, _ = _timed(anew, cache)
        print(f"each that is kept                       {1000 * kept / len(anew):7.2f} ms")
        _weigh(results, drawings)


def _results(root: Path, cache: Store) -> list[FigureResult]:
    return list(compute(validate(load(root), TODAY, cache), cache).figures.values())


def _timed(results: list[FigureResult], cache: Store) -> tuple[float, list[Forms]]:
    started = time.perf_counter()
    drawings = [forms_of(each, cache) for each in results]
    return time.perf_counter() - started, drawings


def _weigh(results: list[FigureResult], drawings: list[Forms]) -> None:
    print("\nbytes compressed: in the page (both widths), and what exploring it loads besides Vega")
    sizes = []
    for result, drawing in zip(results, drawings, strict=True):
        page = len(gzip.compress((drawing.wide + drawing.narrow).encode(), 9))
        sizes.append(page)
        print(
            f"{result.kind:16} {result.id:28} {page:6} {len(gzip.compress(drawing.script.encode(), 9)):6}"
        )
    print(f"mean in the page {statistics.mean(sizes):.0f}, most {max(sizes)}")


if __name__ == "__main__":
    main()
