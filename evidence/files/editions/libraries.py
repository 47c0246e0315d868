"""The libraries that only editions need: whether they are there, and which versions."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator

from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.program import installed

# What makes bytes, by the names under which it is installed
MAKING = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "fonttools",
    "pyphen",
    "pypandoc_binary",
)
FILE = "requirements-report.txt"
HINT = "Run 'make report', which installs it; without make: pip install --require-hashes -r requirements-report.txt."
PANGO_HINT = (
    "Install Pango, the library that lays out text. On Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; elsewhere see docs/editing.md."
)


def made_with() -> tuple[str, ...]:
    """Return name and version of everything that editions are made with, that of the machine too."""
    from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango  # noqa: PLC0415

    versions = installed()
    named = [f"{name} {versions.get(name, 'not installed')}" for name in MAKING]
    subset = "with" if harfbuzz_subset else "without"
    return (
        *named,
        f"pango {pango.pango_version()}",
        f"harfbuzz {_newest(harfbuzz.hb_version_atleast)} {subset} subset",
    )


def _newest(at_least: Callable[[int, int, int], int]) -> str:
    """Return the version of a library that only tells whether it has at least one."""
    found = [0, 0, 0]
    for place in range(len(found)):
        while at_least(*(part + (place == at) for at, part in enumerate(found))):
            found[place] += 1
    return ".".join(map(str, found))


def refuse_missing() -> None:
    """Raise ProblemsFoundError, with what to install, when editions cannot be made here."""
    problems = list(missing())
    if problems:
        raise ProblemsFoundError(problems)


def missing() -> Iterator[Problem]:
    """Yield a problem for each library that is not there."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints much when it cannot be used
            import weasyprint  # noqa: F401, PLC0415 - asked for, not used
    except ImportError:
        yield _problem("the library WeasyPrint is not installed, which makes PDF", HINT)
    except OSError:  # it is there, and what it calls is not
        yield _problem(
            "the library Pango is not installed, which lays out the text of a PDF", PANGO_HINT
        )
    try:
        import pypandoc  # noqa: PLC0415

        pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        yield _problem("the library pypandoc_binary is not installed, which makes Word files", HINT)


def _problem(message: str, hint: str) -> Problem:
    return Problem(Place(FILE), "edition-libraries", message, hint)
