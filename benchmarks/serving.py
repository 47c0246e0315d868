"""How soon an editor sees what was saved, in Chromium, on a copy of the real site.

    python -m benchmarks.serving [saves of each kind] [a kind, such as number]
    python -m benchmarks.serving edits [edits]

The first starts ``build.py serve`` and saves a sentence, a number, a template and a style, so many times each
(20): from the save to the page changed in the browser, the median and the worst. The second makes edits (1,000)
of the smallest project, and prints what the server needs of memory and of open files at each tenth.

Absolute times are this machine's, and of this moment: run it on an idle one.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from tests.browser.chromium import MISSING, find_chromium, start
from tests.projects import MINIMAL, TODAY, make_project

ROOT = Path(__file__).parent.parent
SAVES = 20
EDITS = 1000
BETWEEN = 2.5  # seconds between two saves: the whole site is checked meanwhile, as it is when somebody writes
LONGEST = 60.0  # seconds
PAGE = "spinal-cord-injury/neurological-outcome.html"


@dataclass(frozen=True)
class Kind:
    """A kind of save: its ``file``, the text after save ``at``, and what is then true in the page."""

    name: str
    file: str
    edited: Callable[[str, int], str]
    shown: Callable[[int], str]


KINDS = (
    Kind(
        "a sentence",
        "content/spinal-cord-injury/neurological-outcome.md",
        lambda text, at: f"{text.rstrip()}\n\nA sentence {'ab'[at % 2] * (at + 3)} more.\n",
        lambda at: f"document.body.innerText.includes('{'ab'[at % 2] * (at + 3)} more')",
    ),
    Kind(
        "a number",
        "data/studies/shang-2022.yaml",
        lambda text, at: re.sub(r"value: 48\.9\b", f"value: 48.{at + 10}", text, count=1),
        lambda at: f"document.body.innerText.includes('48.{at + 10}%')",
    ),
    Kind(
        "a template",
        "templates/base.html",
        lambda text, at: text.replace("<h1", f'<h1 data-save="{at}"', 1),
        lambda at: f"document.querySelector('[data-save=\"{at}\"]')",
    ),
    Kind(
        "a style",
        "templates/static/site.css",
        lambda text, at: f"{text}\nh1 {{ margin-left: {at + 1}px; }}\n",
        lambda at: f"getComputedStyle(document.querySelector('h1')).marginLeft == '{at + 1}px'",
    ),
)


@contextlib.contextmanager
def serving(root: Path) -> Iterator[tuple[str, int]]:
    """Serve a project; the address, and the number of the process."""
    given = [
        "serve",
        "--root",
        str(root),
        "--today",
        TODAY.isoformat(),
        "--port",
        "0",
        "--no-browser",
    ]
    process = subprocess.Popen(
        [sys.executable, "-u", "build.py", *given],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = process.stdout or sys.exit("nothing is printed")
    try:
        address = next(filter(None, (re.search(r"http://\S+/", line) for line in said)))
        threading.Thread(target=said.read, daemon=True).start()  # so that it is never full
        yield address[0], process.pid
    finally:
        process.kill()
        process.wait()


def main(saves: int, only: str = "") -> None:
    """Print the table of saves."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "project"
        for name in ("content", "data", "templates"):
            shutil.copytree(ROOT / name, root / name)
        program = find_chromium(playwright)
        if program is None:
            sys.exit(MISSING)
        built = ["build.py", "check", "--root", str(root), "--today", TODAY.isoformat()]
        subprocess.run([sys.executable, *built], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with serving(root) as (address, _):
            browser = start(playwright, program)
            page = browser.new_page()
            page.goto(address + PAGE)
            time.sleep(BETWEEN)
            print(f"From a save to the page changed in Chromium, {saves} of each, milliseconds")
            print(f"{'':12} {'median':>7} {'worst':>7}")
            for kind in (kind for kind in KINDS if only in kind.name):
                times = sorted(_times(page, root, kind, saves))
                print(
                    f"{kind.name:12} {statistics.median(times):7.0f} {times[-1]:7.0f}", flush=True
                )
            browser.close()


def _times(page: Page, root: Path, kind: Kind, saves: int) -> Iterator[float]:
    """Yield how long each save of a kind took to show, in milliseconds."""
    file = root / kind.file
    text = file.read_text("utf-8")
    for at in range(saves):
        started = time.perf_counter()
        file.write_text(kind.edited(text, at), "utf-8")
        while not _holds(page, kind.shown(at)):
            if time.perf_counter() - started > LONGEST:
                sys.exit(f"{kind.name} was not shown within {LONGEST:.0f} s")
            time.sleep(0.005)
        yield 1000 * (time.perf_counter() - started)
        time.sleep(BETWEEN)
    file.write_text(text, "utf-8")
    time.sleep(BETWEEN)


def _holds(page: Page, question: str) -> bool:
    try:
        return bool(page.evaluate(f"() => document.body && !!({question})"))
    except Error:  # the page is being loaded
        return False


def edits(number: int) -> None:
    """Print what the server needs after each tenth of the edits."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_project(Path(folder) / "project", MINIMAL)
        files = [root / "content/methods.md", root / "data/studies/smith-2020.yaml"]
        texts = [file.read_text("utf-8") for file in files]
        with serving(root) as (address, process):
            print(f"{'edits':>6} {'MB':>7} {'files':>6}")
            for at in range(number + 1):
                place = at % 2
                more = f"\nText {at}\n".translate(LETTERS) if not place else f"# remark {at}\n"
                files[place].write_text(texts[place] + more, "utf-8")
                time.sleep(0.03)
                if at % 5 == 0:
                    urllib.request.urlopen(f"{address}methods.html").read()  # noqa: S310
                if at % max(1, number // 10) == 0:
                    time.sleep(3)
                    print(f"{at:6} {_memory(process):7.1f} {_open_files(process):6}", flush=True)


LETTERS = str.maketrans("0123456789", "abcdefghij")


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    (found,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(found) / 1024


def _open_files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["edits"]:
        edits(int(sys.argv[2]) if len(sys.argv) > 2 else EDITS)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else SAVES, "".join(sys.argv[2:3]))
