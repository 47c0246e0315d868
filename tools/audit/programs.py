"""Programs that the audit needs: found on this machine, or put into a folder of its own when first needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SYSTEM = ("/usr/sbin", "/usr/local/sbin")  # where servers stand, which no path of a user names
LONGEST = 300  # seconds that an installation may take


class MissingError(Exception):
    """Raised with what is missing, in words."""


def kept_in() -> Path:
    """Return the folder for what the audit installs, outside the repository; AUDIT_CACHE names another."""
    named = os.environ.get("AUDIT_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(named) if named else Path(home) / "evidence-audit"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def program(name: str, package: str = "") -> str:
    """Return the path of a program; raise MissingError when the system has none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM])
    found = shutil.which(name, path=path)
    if found is None:
        raise MissingError(f"'{name}' is not installed (Debian's package {package or name})")
    return found


def node_package(name: str, version: str) -> Path:
    """Return the folder of a package of npm at this version, installed when it is not there."""
    npm = program("npm")
    home = kept_in() / f"{name}-{version}"
    folder = home / "node_modules" / name
    if not (folder / "package.json").is_file():
        _run(
            [npm, "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save",
             "--prefix", str(home), f"{name}@{version}"],
            f"npm could not install {name}",
        )  # fmt: skip
    return folder


def python_packages(name: str, requirements: Sequence[str]) -> Path:
    """Return the folder of the programs of Python packages, in an environment of their own."""
    home = kept_in() / name
    done = home / "done.txt"
    wanted = "\n".join(requirements)
    if not done.is_file() or done.read_text("utf-8") != wanted:
        why = f"pip could not install {', '.join(requirements)}"
        _run([sys.executable, "-m", "venv", "--clear", str(home)], why)
        _run([str(home / "bin/python"), "-m", "pip", "install", "--quiet", *requirements], why)
        done.write_text(wanted, "utf-8")
    return home / "bin"


def _run(command: Sequence[str], why: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingError(why) from error
