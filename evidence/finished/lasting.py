"""Names that say what is in a file: styles and scripts that browsers keep, and ask for only once.

Pages are made, and kept between runs, with a mark where such a name goes: a style that is edited does not
make them anew. The names are put in when all files are there. What a script loads by name at run time and
grows with the site (``search/``, ``trials/``, ``figures/``) keeps its plain name, and is asked for each time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from evidence.finished.file import File, Files
from evidence.finished.headers import LASTING
from evidence.finished.site import FinishedSite
from evidence.prose.writer import LASTING_ENDS, NAME_LATER, STATIC
from evidence.store import Later, Made, Store, content_key

HASHED = 10  # digits of the SHA-256 in a name: two contents of one file in 2^40
TOGETHER = 16  # groups of pages whose bytes are held at a time
MARKED = re.compile(re.escape(f"{STATIC}{NAME_LATER}").encode() + rb"([\w./-]+)")
Names = Mapping[str, str]


def with_lasting_names(
    site: FinishedSite, groups: Sequence[Sequence[str]], store: Store
) -> FinishedSite:
    """Return the site with its styles and scripts below ``lasting/``, and pages that ask for them there.

    ``groups`` share out the addresses of all pages; those of one group are kept together.
    """
    files = site.files.by_path
    names = lasting_names(files)
    plain = {f"{STATIC}{name}" for name in names}
    moved = {names[path.removeprefix(STATIC)]: files[path] for path in plain}
    others = {path: file for path, file in files.items() if path not in plain}
    pages = {
        path: File(digest, partial(_read, files[path].read, names))
        for path, digest in _digests(files, names, groups, store)
    }
    return replace(site, files=Files({**others, **moved, **pages}), lasting=names)


def lasting_names(files: Mapping[str, File]) -> Names:
    """Return the paths of styles and scripts that say what is in them, by their plain names."""
    plain = (path for path in files if path.startswith(STATIC) and path.endswith(LASTING_ENDS))
    return {path.removeprefix(STATIC): _name(path, files[path].digest) for path in sorted(plain)}


def _name(path: str, digest: str) -> str:
    stem, _, end = path.removeprefix(STATIC).rpartition(".")
    return f"{LASTING}{stem}.{digest[:HASHED]}.{end}"


def _digests(
    files: Mapping[str, File], names: Names, groups: Sequence[Sequence[str]], store: Store
) -> Iterator[tuple[str, str]]:
    """Yield each page with the SHA-256 that it has with its names."""
    for start in range(0, len(groups), TOGETHER):
        some = groups[start : start + TOGETHER]
        tasks = []
        for paths in some:
            key = content_key([files[path].digest for path in paths])
            tasks.append((names, Later(key, partial(_pages, files, paths))))
        for paths, kept in zip(some, store.keep_all(named_digests, tasks), strict=True):
            yield from zip(paths, kept.card, strict=True)


def _pages(files: Mapping[str, File], paths: Sequence[str]) -> list[bytes]:
    return [files[path].read() for path in paths]


def named_digests(names: Names, pages: list[bytes]) -> Made:
    """Return the SHA-256 of each page with its names."""
    return Made([hashlib.sha256(named(page, names)).hexdigest() for page in pages])


def _read(read: Callable[[], bytes], names: Names) -> bytes:
    return named(read(), names)


def named(page: bytes, names: Names) -> bytes:
    """Return a page that asks for styles and scripts by the names that they have.

    One that is not there keeps its plain name, which the check of links finds.
    """
    return MARKED.sub(partial(_put_in, names), page)


def _put_in(names: Names, match: re.Match[bytes]) -> bytes:
    plain = match.group(1).decode()
    return names.get(plain, f"{STATIC}{plain}").encode()
