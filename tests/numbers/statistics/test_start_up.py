"""Nothing of SciPy or NumPy is loaded before something is computed."""

from __future__ import annotations

import subprocess
import sys

from tests.projects import ROOT

MODULES = sorted(
    f"evidence.numbers.statistics.{path.stem}"
    for path in (ROOT / "evidence/numbers/statistics").glob("*.py")
    if path.stem != "__init__"
)


def test_the_statistics_load_no_library_until_they_compute() -> None:
    program = (
        f"import sys, {', '.join(MODULES)}; "
        "print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
