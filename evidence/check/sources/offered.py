"""The files of authors: pictures, and what pages offer. Is each what its ending says, and none a program?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from evidence.check.sources.pictures import shown_pictures
from evidence.model.offered import OfferedFile
from evidence.model.picture import Picture, ShownPicture
from evidence.problems import Place, Problem
from evidence.read.offered_file import fault_of
from evidence.read.reading import Reading, check_name
from evidence.read.sources import DOWNLOADS
from evidence.store import Store, content_key


@dataclass(frozen=True)
class FilesOfAuthors:
    """The files of data/pictures and data/downloads that are sound: see ``Report``."""

    pictures: dict[str, ShownPicture]
    picture_bodies: dict[str, Callable[[], bytes]]
    offered: dict[str, OfferedFile]
    offered_bytes: dict[str, bytes]

    @property
    def key(self) -> str:
        """Return the content key of all that pages say of these files but what stands in YAML."""
        shown = {
            name: [made.address for made in picture.renditions]
            for name, picture in self.pictures.items()
        }
        return content_key(shown, {name: file.digest for name, file in self.offered.items()})


def files_of_authors(reading: Reading, said: Mapping[str, Picture], store: Store) -> FilesOfAuthors:
    """Return the sound files; what is wrong with others becomes a problem in ``reading``.

    ``said`` is what stands beside pictures in YAML.
    """
    pictures, offered = shown_pictures(reading, said, store), offered_files(reading)
    raws = {name: reading.sources.binaries[f"{DOWNLOADS}{name}"] for name in offered}
    return FilesOfAuthors(pictures.shown, pictures.bodies, offered, raws)


def offered_files(reading: Reading) -> dict[str, OfferedFile]:
    """Return the files of data/downloads by name; what is wrong with one becomes a problem in ``reading``."""
    found: dict[str, OfferedFile] = {}
    for file, raw in sorted(reading.sources.binaries.items()):
        if not file.startswith(DOWNLOADS):
            continue
        path = PurePosixPath(file)
        before = len(reading.problems)
        check_name(reading, file, path.stem)
        fault = fault_of(path.suffix, raw)
        if fault is not None:
            reading.report(Problem(Place(file), "download-sound", *fault))
        if len(reading.problems) == before:
            found[path.name] = OfferedFile(len(raw), hashlib.sha256(raw).hexdigest())
    return found
