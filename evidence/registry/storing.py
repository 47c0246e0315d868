"""An export, counted, as files; and its folder, which is replaced whole or left alone."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path
from typing import Any

from evidence.problems import Place, ProblemsFoundError
from evidence.registry.counting import Tally
from evidence.registry.record import finding

PROVENANCE = "provenance.yaml"
HEAD = """\
# Made by `python build.py import registry`; do not edit. docs/importing.md says what is what.
"""
LINE_LENGTH = 100


def files_of(provenance: dict[str, Any], tables: dict[str, Tally]) -> dict[str, bytes]:
    """Return the content of every file by its name."""
    import yaml  # noqa: PLC0415 - needed only when something is written

    text = yaml.safe_dump(provenance, sort_keys=False, allow_unicode=True, width=LINE_LENGTH)
    files = {PROVENANCE: (HEAD + text).encode()}
    return files | {f"{name}.csv": _csv(table) for name, table in tables.items()}


def _csv(table: Tally) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue().encode()


def check_folder(folder: Path, relative: str) -> None:
    """Raise ProblemsFoundError when ``folder`` holds something that no import made."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and ((folder / PROVENANCE).is_file() or not any(folder.iterdir())):
        return
    message = f"'{folder.name}' holds something that no import made"
    hint = "Move it away, or choose another name with --name."
    raise ProblemsFoundError([finding("export-name", Place(relative), message, hint)])


def store(files: dict[str, bytes], folder: Path) -> None:
    """Put ``files`` into ``folder`` in place of what was there: all of them or none."""
    staging = folder.with_name(f".{folder.name}-{os.getpid()}-new")
    aside = folder.with_name(f".{folder.name}-{os.getpid()}-old")
    try:
        staging.mkdir(parents=True)
        for name, raw in files.items():
            (staging / name).write_bytes(raw)
        if folder.exists():
            folder.rename(aside)
        try:
            staging.rename(folder)
        except OSError:
            if aside.exists():
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
