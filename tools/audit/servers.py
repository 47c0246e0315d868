"""Servers that show the site on this machine alone, by the very recipes that docs/hosting.md prints."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from evidence.files import hosts
from evidence.finished.headers import LASTING
from tools.audit.programs import MissingError, program, python_packages

MODULES = (
    "mpm_event", "authz_core", "mime", "dir", "alias", "headers", "deflate", "filter",
)  # fmt: skip
APACHE_MODULES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")
BUCKET = "evidence"
READABLE = (
    f"aws s3api put-bucket-policy --bucket {BUCKET} --policy "
    '\'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",'
    f'"Action":"s3:GetObject","Resource":"arn:aws:s3:::{BUCKET}/*"}}]}}\''
)
PATIENCE = 20  # seconds for a server to answer for the first time
STORE_PACKAGES = ("moto[server,s3]==5.2.5", "awscli==1.46.3")
Server = Callable[[Path, str], AbstractContextManager[str]]


@contextmanager
def nginx(site: Path, mount: str) -> Iterator[str]:
    """Serve ``site`` at ``mount`` with nginx, and give the address, which ends in a slash."""
    nginx_program = program("nginx")
    with _workplace() as folder:
        port = _free_port()
        if mount == "/":
            http = hosts.nginx(str(site), f"127.0.0.1:{port}", "localhost")
        else:
            location = hosts.nginx_location(str(site), mount)
            http = f"{hosts.nginx_maps(mount)}server {{ listen 127.0.0.1:{port};\n{location}}}\n"
        temporary = "".join(
            f"{name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors;\n"
            f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{http}}}\n"
        )
        with _running([nginx_program, "-c", f"{folder}/nginx.conf", "-p", str(folder)], port):
            yield f"http://127.0.0.1:{port}{mount}"


@contextmanager
def apache(site: Path, mount: str) -> Iterator[str]:
    """Serve ``site`` at ``mount`` with Apache; see ``nginx``."""
    server = program("apache2")
    modules = next((each for each in APACHE_MODULES if Path(each).is_dir()), None)
    if modules is None:
        raise MissingError("Apache's modules were not found")
    with _workplace() as folder:
        port = _free_port()
        loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in MODULES)
        user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
        (folder / "apache.conf").write_text(
            f'{loaded}{user}ServerName localhost\nListen 127.0.0.1:{port}\nServerRoot "{folder}"\n'
            f"DefaultRuntimeDir {folder}\nPidFile {folder}/pid\nErrorLog {folder}/errors\n"
            f"TypesConfig /etc/mime.types\n{hosts.apache(str(site), mount)}"
        )
        with _running([server, "-f", f"{folder}/apache.conf", "-DFOREGROUND"], port):
            yield f"http://127.0.0.1:{port}{mount}"


@contextmanager
def plain(site: Path, mount: str) -> Iterator[str]:
    """Serve ``site`` at ``mount`` with Python's own server of files, which knows nothing of it."""
    with _workplace() as folder:
        port = _free_port()
        place = folder / "top" / mount.strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(site)
        top = site if mount == "/" else folder / "top"
        server = [
            sys.executable,
            "-m",
            "http.server",
            str(port),
            "--bind",
            "127.0.0.1",
            "-d",
            str(top),
        ]
        with _running(server, port):
            yield f"http://127.0.0.1:{port}{mount}"


@contextmanager
def store(site: Path, _mount: str) -> Iterator[str]:
    """Copy a part of ``site`` to a store that speaks as S3 does, with the commands of the recipe.

    The store shows a bucket below a path of its name. It takes a file after the other, so it gets no more
    than ``some`` of them.
    """
    tools = python_packages("store", STORE_PACKAGES)
    with _workplace() as folder:
        for path in some(site):
            (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site" / path).symlink_to(site / path)
        port = _free_port()
        there = f"http://127.0.0.1:{port}"
        surroundings = {
            **os.environ,
            "AWS_ENDPOINT_URL": there,
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": str(folder / "none"),
        }
        with _running([str(tools / "moto_server"), "-p", str(port), "-H", "127.0.0.1"], port):
            recipe = hosts.bucket(str(folder / "site"), f"s3://{BUCKET}")
            for line in [f"aws s3 mb s3://{BUCKET}", READABLE, *recipe.splitlines()]:
                _copied([str(tools / "aws"), *shlex.split(line)[1:]], surroundings)
            yield f"{there}/{BUCKET}/"


def some(site: Path) -> set[str]:
    """Return the paths of the styles, the scripts and a few files of each folder and kind."""
    kept: dict[tuple[str, str], list[str]] = {}
    for file in sorted(site.rglob("*.*")):
        path = file.relative_to(site).as_posix()
        few = kept.setdefault((file.parent.as_posix(), file.suffix), [])
        if file.is_file() and (len(few) < 2 or path.startswith(LASTING)):
            few.append(path)
    return {path for few in kept.values() for path in few} | {"index.html", "404.html"}


def _copied(command: Sequence[str], surroundings: Mapping[str, str]) -> None:
    try:
        subprocess.run(  # noqa: S603
            command, env=surroundings, capture_output=True, text=True, timeout=120, check=True
        )
    except subprocess.SubprocessError as error:
        words = str(getattr(error, "stderr", "") or error).strip()[:200]
        raise MissingError(f"'{' '.join(command[1:4])}' failed: {words}") from error


SERVERS: dict[str, tuple[Server, tuple[str, ...]]] = {
    "nginx": (nginx, ("/", "/a/b/")),
    "Apache": (apache, ("/", "/a/b/")),
    "file server": (plain, ("/", "/a/b/")),
    "store": (store, ("/evidence/",)),
}


@contextmanager
def _workplace() -> Iterator[Path]:
    """Give a folder that a server's own user can look into."""
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    """Run a server until the end of the block; raise MissingError when it does not answer."""
    with (
        tempfile.TemporaryFile() as said,  # a pipe that nobody reads would fill, and stop the server
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        ) as running,
    ):
        try:
            _wait_for(running, port, said)
            yield
        finally:
            running.terminate()
            try:
                running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()


def _wait_for(running: subprocess.Popen[bytes], port: int, said: IO[bytes]) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if running.poll() is not None:
            said.seek(0)
            words = said.read(400).decode("utf-8", "replace").strip()
            raise MissingError(f"the server ended: {words}")
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise MissingError("the server did not answer")
