"""Kill a publish at every file operation, and look at what readers find and what the next run does.

    python -m benchmarks.kill [pages] [exchanges]

A child process publishes a small site and is killed (SIGKILL) before its first file operation, in
another run before its second, and so on until one run comes to its end; half of what is written is
one more place to be killed at, and so are the moments before and after the exchange of two folders.
After each kill the folder has to be the old site or the new one, the next command of any kind has to
leave it so with nothing else left behind, and the next build has to make it the new one.

Then one process publishes the two sites in turn (``exchanges`` times) while another opens the folder
again and again and reads all that is in it.

Three ways are tried: the exchange; the journal; and the journal after an exchange was refused. Exits
with 1 when the exchange ever left a mixed folder, or anything was not healed. Needs ``fork``.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evidence.finished.file import File
from evidence.steps.claim import heal
from evidence.steps.exchange import Exchange, system_exchange
from evidence.steps.planning import INSIDE, MANIFEST, manifest, parents
from evidence.steps.publish import publish

OPERATIONS = {
    "open", "os.chmod", "os.chown", "os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename",
    "os.rmdir", "os.scandir", "os.setxattr", "os.symlink", "os.truncate", "os.utime", "shutil.rmtree",
}  # fmt: skip
Site = dict[str, bytes]
OTHERS: Site = {"CNAME": b"example.org\n", "kept/by/hand.txt": b"by hand\n"}


def sites(pages: int) -> dict[str, tuple[Site, Site]]:
    """Return the old and the new site of each case."""
    names = [f"topic-{number % 3}/page-{number}.html" for number in range(pages)]
    old = {name: f"old {name}".encode() for name in names}
    old |= {"index.html": b"old home", "static/site.css": b"old style", "robots.txt": b"all"}
    edited = {**old, names[0]: b"new page", "static/site.css": b"", "added/page.html": b"added"}
    del edited[names[-1]]
    # What was a file becomes a folder, and what was a folder becomes a file
    turned = {**old, "gone/one.html": b"one", "turned": b"a file"}
    edited |= {"gone": b"a file", "turned/one.html": b"one"}
    removed = {name: raw for name, raw in old.items() if not name.startswith("topic-0/")}
    return {"first": ({}, old), "edit": (turned, edited), "removal": (old, removed)}


def refused(_one: str, other: str) -> None:
    """Refuse to let two folders change places, as another file system does."""
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), other)


WAYS: dict[str, Callable[[], Exchange | None]] = {
    "exchange": system_exchange,
    "journal": lambda: None,
    "refused": lambda: refused,
}


class Killer:
    """Kills this process at one of its file operations, counted from 1."""

    def __init__(self, at: int) -> None:
        """Count from now on."""
        self._rest = at

    def step(self) -> None:
        """Count one operation, and end the process when it is the one."""
        self._rest -= 1
        if self._rest == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count everything that the interpreter tells of, and every half of a write."""
        write = os.write

        def halves(descriptor: int, raw: memoryview) -> int:
            half = write(descriptor, raw[: len(raw) // 2])
            self.step()
            return half + write(descriptor, raw[half:])

        os.write = halves  # type: ignore[assignment]
        sys.addaudithook(self._hear)

    def exchange(self, exchange: Exchange) -> Exchange:
        """Return an exchange that counts before and after."""

        def counted(one: str, other: str) -> None:
            self.step()
            exchange(one, other)
            self.step()

        return counted

    def _hear(self, event: str, _values: tuple[Any, ...]) -> None:
        if event in OPERATIONS:
            self.step()


def killed(site: Site, folder: Path, way: str, at: int) -> bool:
    """Publish in a child that is killed at one operation; return whether it was, or had ended."""
    exchange = WAYS[way]()
    child = os.fork()
    if child == 0:
        with _alone():
            killer = Killer(at)
            counted = killer.exchange(exchange) if exchange else None
            killer.watch()
            publish(files(site), folder, lambda: counted)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("A child ended with an error of its own.")
    return os.WIFSIGNALED(status)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """End a child process here, whatever happens in it."""
    code = 1
    try:
        yield
        code = 0
    except Exception:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def files(site: Site) -> dict[str, File]:
    """Return a site as it is published."""
    return {path: File.of(raw) for path, raw in site.items()}


def whole(site: Site) -> Site:
    """Return all files of a folder that holds a site: its own, the manifest, and those of others."""
    return {**site, MANIFEST: manifest(files(site)).read(), **OTHERS} if site else {}


def standing(folder: Path) -> Site:
    """Return all files of a folder, without what a journal keeps there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and INSIDE not in path.parts
    }


def untidy(folder: Path, site: Site) -> bool:
    """Tell whether anything is left in or beside the folder that is no part of a site."""
    folders = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}
    beside = {path.name for path in folder.parent.iterdir()} - {folder.name}
    return bool(beside) or folders != parents(whole(site))


def lay(site: Site, folder: Path, others: Site) -> None:
    """Make the folder hold a site, and what others put there."""
    shutil.rmtree(folder, ignore_errors=True)
    if site:
        publish(files(site), folder)
        for path, raw in others.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)


def judged(folder: Path, old: Site, new: Site) -> str:
    """Return whether a folder is the old site, the new one, or a mixture."""
    found = standing(folder)
    return "old" if found == old else "new" if found == new else "mixed"


def try_case(folder: Path, way: str, old: Site, new: Site) -> Counter[str]:
    """Kill one case at each operation; return how often the folder was what, and was healed."""
    counts = Counter[str]()
    # In a first publish nobody else has a file in the folder yet
    wanted = whole(new) if old else {**new, MANIFEST: manifest(files(new)).read()}
    lay(old, folder, OTHERS)
    at = 1
    while killed(new, folder, way, at):
        found = judged(folder, whole(old), wanted)
        heal(folder)
        healed = judged(folder, whole(old), wanted)
        site = {"old": old, "new": new if old else wanted}.get(healed, {})
        tidy = not untidy(folder, site) if old else not _beside(folder)
        publish(files(new), folder, WAYS[way])
        done = standing(folder) == wanted and not _beside(folder)
        counts.update([found, "healed" if healed != "mixed" and tidy and done else "unhealed"])
        if old:
            publish(files(old), folder)
        else:
            shutil.rmtree(folder)
        at += 1
    return counts


def _beside(folder: Path) -> list[str]:
    inside = [INSIDE] if (folder / INSIDE).exists() else []
    return inside + [path.name for path in folder.parent.iterdir() if path != folder]


def read_open(folder: Path, known: dict[str, Site]) -> str:
    """Read every file through the folder as it was opened; return what that was.

    "cut short": the folder was replaced and removed in the meantime, which the reader can see, and
    every file that was read is one of the same site.
    """
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return "mixed"  # no site at all is no site
    found: Site = {}
    try:
        for below, _, names, descriptor in os.fwalk(".", dir_fd=opened):
            for name in () if INSIDE in below else names:
                with contextlib.suppress(FileNotFoundError):
                    file = os.open(name, os.O_RDONLY, dir_fd=descriptor)
                    with os.fdopen(file, "rb") as stream:
                        found[os.path.normpath(f"{below}/{name}")] = stream.read()
        complete = [name for name, site in known.items() if found == site]
        same = any(found.items() <= site.items() for site in known.values())
        current = os.path.samestat(os.fstat(opened), folder.stat())
    except FileNotFoundError:
        return "cut short"
    except (IsADirectoryError, NotADirectoryError):
        return "mixed"
    else:
        return (complete or ["cut short" if same and not current else "mixed"])[0]
    finally:
        os.close(opened)


@contextlib.contextmanager
def reading(folder: Path, known: dict[str, Site]) -> Iterator[Counter[str]]:
    """Read the folder in a process of its own; the counts are there at the end."""
    counts = Counter[str]()
    results, told = os.pipe()
    asked, stop = os.pipe()
    child = os.fork()
    if child == 0:
        with _alone():
            os.set_blocking(asked, False)
            while True:
                counts[read_open(folder, known)] += 1
                with contextlib.suppress(BlockingIOError):
                    os.read(asked, 1)
                    break
            os.write(told, json.dumps(counts).encode())
    os.close(told)
    yield counts
    os.write(stop, b".")
    if os.waitpid(child, 0)[1]:
        sys.exit("A reader ended with an error of its own.")
    counts.update(json.loads(os.read(results, 1 << 16)))


def read_meanwhile(folder: Path, way: str, pair: tuple[Site, Site], times: int) -> Counter[str]:
    """Publish two sites in turn while another process reads; return what it found."""
    old, new = pair
    lay(old, folder, OTHERS)
    with reading(folder, {"old": whole(old), "new": whole(new)}) as counts:
        for number in range(times):
            publish(files(new if number % 2 == 0 else old), folder, WAYS[way])
    return counts


def main(pages: int = 12, times: int = 200) -> int:
    """Print the counts of every way and case; return the exit code."""
    bad = 0
    print(
        f"{'way':9} {'case':8} {'kills':>6} {'old':>6} {'new':>6} {'mixed':>6} {'healed':>7} unhealed"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "site"
        for way in WAYS:
            for case, (old, new) in sites(pages).items():
                if way == "refused" and case != "edit":
                    continue  # what is new in it is the change from one way to the other
                counts = try_case(folder, way, old, new)
                kills = counts["healed"] + counts["unhealed"]
                shown = [counts[name] for name in ("old", "new", "mixed", "healed", "unhealed")]
                print("{:9} {:8} {:6} {:6} {:6} {:6} {:7} {:8}".format(way, case, kills, *shown))
                bad += counts["unhealed"] + (counts["mixed"] if way == "exchange" else 0)
        print(f"{'way':9} {'reads':>6} {'old':>6} {'new':>6} {'mixed':>6} cut short")
        for way in WAYS:
            counts = read_meanwhile(folder, way, sites(pages)["edit"], times)
            shown = [counts[name] for name in ("old", "new", "mixed", "cut short")]
            print("{:9} {:6} {:6} {:6} {:6} {:9}".format(way, counts.total(), *shown))
            bad += counts["mixed"] if way == "exchange" else 0
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:3])))
