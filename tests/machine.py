"""Two machines that have nothing in common, to build the same project on.

Each is a process of its own: other fonts, language, time zone, home, order of names in a folder,
order in sets, and rights of new files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from struct import pack_into, unpack_from

from evidence.figures.fonts import FILES, FOLDER
from tests.projects import ROOT, TODAY, files_below

# Runs the command line where folders list their names in the order asked for
BUILD = """
import os, sys

class Listed(list):
    def __enter__(self): return self
    def __exit__(self, *problem): pass
    def close(self): pass

backwards, umask = sys.argv[1] == "backwards", int(sys.argv[2], 8)
scandir, listdir = os.scandir, os.listdir
named = lambda entry: entry.name
os.scandir = lambda *path: Listed(sorted(scandir(*path), key=named, reverse=backwards))
os.listdir = lambda *path: sorted(listdir(*path), reverse=backwards)
os.umask(umask)
from evidence.command import main
sys.exit(main(sys.argv[3:]))
"""
BARE = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "LC_ALL": "C",
    "LANG": "C",
    "TZ": "America/Los_Angeles",
}
FURNISHED = {
    "PYTHONHASHSEED": "1",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "LANGUAGE": "tr",
    "TZ": "Pacific/Kiritimati",
    "SOURCE_DATE_EPOCH": "0",
    "MALLOC_PERTURB_": "165",  # memory that nobody wrote to is full of something else
}
FOREIGN = ("Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Times New Roman")
RECORD, TABLES = 12, 16  # bytes of a record in a font's table of names, and in its list of tables
STRANGE = 0x6F22  # a letter that our fonts lack: 漢


def bare(root: Path, home: Path) -> dict[str, bytes]:
    """Build ``root`` on a machine without fonts, and return the site."""
    return _built(root, home, BARE, root, ["forwards", "022"])


def furnished(root: Path, home: Path) -> dict[str, bytes]:
    """Build ``root`` on a machine with fonts, each as wrong as can be, and return the site."""
    for number, family in enumerate(FOREIGN):
        for name in FILES:
            foreign = strange_font((FOLDER / name).read_bytes(), family)
            (home / f"{number}-{name}").write_bytes(foreign)
    return _built(root, home, FURNISHED, home, ["backwards", "077"])


def strange_font(font: bytes, family: str) -> bytes:
    """Return one of our fonts under another name, bold where it was not, with a letter more."""
    changed = bytearray(font)
    (listed,) = unpack_from(">4xH", font)
    records = (unpack_from(">4s4xI", font, 12 + TABLES * number) for number in range(listed))
    starts = dict(records)
    _name(changed, starts[b"name"], family)
    (weight,) = unpack_from(">4xH", changed, starts[b"OS/2"])
    pack_into(">H", changed, starts[b"OS/2"] + 4, 1100 - weight)  # 400 and 700 change places
    _add_letter(changed, starts[b"cmap"])
    return bytes(changed)


def _name(font: bytearray, start: int, family: str) -> None:
    """Write ``family`` over the longest text in the table of names, and call it the family."""
    count, texts = unpack_from(">2xHH", font, start)
    records = [start + 6 + RECORD * number for number in range(count)]
    longest = max(records, key=lambda record: unpack_from(">8xH", font, record)[0])
    (where,) = unpack_from(">10xH", font, longest)
    written = family.encode("utf-16-be")
    font[start + texts + where : start + texts + where + len(written)] = written
    for record in records:
        if unpack_from(">6xH", font, record) == (1,):
            pack_into(">HH", font, record + 8, len(written), where)


def _add_letter(font: bytearray, start: int) -> None:
    """Let the first run of letters above the strange one be the strange one alone."""
    (listed,) = unpack_from(">2xH", font, start)
    for record in range(start + 4, start + 4 + 8 * listed, 8):
        table = start + unpack_from(">4xI", font, record)[0]
        form, twice = unpack_from(">H4xH", font, table)
        if form != 4:
            continue
        lasts, firsts = table + 14, table + 16 + twice
        runs = range(0, twice, 2)
        run = next(run for run in runs if unpack_from(">H", font, lasts + run)[0] > STRANGE)
        pack_into(">H", font, lasts + run, STRANGE)
        pack_into(">H", font, firsts + run, STRANGE)
        pack_into(">H", font, firsts + twice + run, (40 - STRANGE) % 0x10000)
        pack_into(">H", font, firsts + 2 * twice + run, 0)


def _built(
    root: Path, home: Path, surroundings: dict[str, str], where: Path, way: list[str]
) -> dict[str, bytes]:
    fonts = home / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{home}</dir></fontconfig>", "utf-8")
    own = {"HOME": str(home), "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(ROOT)}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    asked = ["--root", str(root), "--today", TODAY.isoformat(), "--no-cache"]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *way, *asked],
        cwd=where,
        env=kept | surroundings | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return files_below(root / "site")
