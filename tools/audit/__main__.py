"""Audit the finished site; see the package."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.audit import answers, browsing, lighthouse, links, weights
from tools.audit.programs import MissingError
from tools.audit.servers import SERVERS, nginx
from tools.audit.table import Row, exit_code, table

CRAWLED = ("nginx", "Apache")
VALIDATOR = Path(__file__).parents[2] / "tests/validate_html"
Part = Callable[[Path, bool], Iterator[Row]]


def served(site: Path, _every: bool) -> Iterator[Row]:  # noqa: FBT001 - a part like the others
    """Yield how each host serves the site, at its top and below a path."""
    for name, (server, mounts) in SERVERS.items():
        for mount in mounts:
            where = f"{name} {mount}"
            try:
                with server(site, mount) as address:
                    host = answers.Host(address)
                    told = name in CRAWLED
                    yield from answers.rows(host, where, site, told=told)
                    yield from answers.missing_rows(host, where) if told else ()
                    host.close()
            except MissingError as error:
                yield Row.not_asked("host", where, str(error))


def followed(site: Path, _every: bool) -> Iterator[Row]:  # noqa: FBT001
    """Yield whether every link leads somewhere, on two servers."""
    for name in CRAWLED:
        server, mounts = SERVERS[name]
        try:
            with server(site, mounts[-1]) as address:
                yield from links.crawl(answers.Host(address), site, f"{name} {mounts[-1]}")
        except MissingError as error:
            yield Row.not_asked("links", name, str(error))


def weighed(site: Path, _every: bool) -> Iterator[Row]:  # noqa: FBT001
    """Yield what a first visit weighs."""
    yield from weights.rows(site)


def valid(site: Path, _every: bool) -> Iterator[Row]:  # noqa: FBT001
    """Yield what the Nu HTML validator finds."""
    done = subprocess.run(  # noqa: S603
        [str(VALIDATOR), str(site)], capture_output=True, text=True, timeout=1200, check=False
    )
    words = done.stdout.strip().rpartition("\n")[2]
    errors = [line for line in done.stderr.splitlines() if "error:" in line]
    if words.startswith("Skipped") or (done.returncode and not errors):
        yield Row.not_asked("Nu HTML validator", "all pages", words or done.stderr.strip()[-200:])
    else:
        pages = sum(1 for _ in site.rglob("*.html"))
        yield Row.count("Nu HTML validator", "all pages", errors, f"{pages:,} pages")


def opened(site: Path, every: bool) -> Iterator[Row]:  # noqa: FBT001
    """Yield what axe finds, and what the console says."""
    with nginx(site, "/") as address:
        yield from browsing.rows(address, browsing.chosen(site, every=every))


def scored(site: Path, _every: bool) -> Iterator[Row]:  # noqa: FBT001
    """Yield the scores of Lighthouse."""
    with nginx(site, "/") as address:
        yield from lighthouse.rows(address, site)


PARTS: dict[str, Part] = {
    "hosts": served, "links": followed, "weights": weighed, "valid": valid, "axe": opened,
    "lighthouse": scored,
}  # fmt: skip


def audited(site: Path, names: list[str], *, every: bool) -> list[Row]:
    """Return the lines of the parts ``names``; one that cannot be had says so."""
    rows: list[Row] = []
    for name in names:
        print(f"Auditing: {name}", file=sys.stderr, flush=True)
        try:
            rows += PARTS[name](site, every)
        except MissingError as error:
            rows.append(Row.not_asked(name, "", str(error)))
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Audit, print the table, and return the exit code: see ``exit_code``."""
    options = argparse.ArgumentParser(prog="python -m tools.audit", description=__doc__)
    options.add_argument("--site", type=Path, default=Path("site"), help="the folder of the site")
    options.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    options.add_argument(
        "--every", action="store_true", help="open every page, not some of each kind"
    )
    asked = options.parse_args(arguments)
    names = asked.only.split(",")
    if not set(names) <= PARTS.keys() or not (asked.site / "index.html").is_file():
        options.error("name parts that there are, and a folder that holds a site")
    rows = audited(asked.site.resolve(), names, every=asked.every)
    print(table(rows))
    return exit_code(rows)


if __name__ == "__main__":
    sys.exit(main())
