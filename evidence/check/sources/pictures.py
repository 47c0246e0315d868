"""The pictures of data/pictures: can each be shown, and does somebody say whose it is?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from evidence.figures.renditions import renditions, shown_picture
from evidence.model.picture import Picture, ShownPicture
from evidence.problems import Place, Problem, did_you_mean, plain
from evidence.read.reading import Reading, check_name
from evidence.read.sources import PICTURE_ENDINGS, PICTURES
from evidence.store import Later, Store, content_key


@dataclass(frozen=True)
class Shown:
    """Pictures that can be shown, by the names of their files; ``bodies`` hands out what was made of each."""

    shown: dict[str, ShownPicture]
    bodies: dict[str, Callable[[], bytes]]


def shown_pictures(reading: Reading, said: Mapping[str, Picture], store: Store) -> Shown:
    """Return the pictures of data/pictures; what is wrong with one becomes a problem in ``reading``.

    ``said`` is what stands beside them in YAML, by the same names.
    """
    files = _sound_names(reading)
    _report_alone(reading, files, said)
    raws = [(PurePosixPath(file).suffix, _later(reading, file)) for file in files.values()]
    made = zip(files.items(), store.keep_all(renditions, raws, share=1), strict=True)
    shown: dict[str, ShownPicture] = {}
    bodies: dict[str, Callable[[], bytes]] = {}
    for (name, file), kept in made:
        if "fault" in kept.card:
            reading.report(Problem(Place(file), "picture-readable", *kept.card["fault"]))
            reading.broken.add(f"picture:{name}")
        elif name in said:
            shown[file.removeprefix(PICTURES)] = shown_picture(said[name], kept)
            bodies[file.removeprefix(PICTURES)] = kept.body
    return Shown(shown, bodies)


def _later(reading: Reading, file: str) -> Later:
    raw = reading.sources.binaries[file]
    return Later(content_key(raw), lambda: raw)


def _sound_names(reading: Reading) -> dict[str, str]:
    """Return the file of each picture by its name; of two with one name, the first."""
    files: dict[str, str] = {}
    for file in sorted(reading.sources.binaries):
        if not file.startswith(PICTURES):
            continue
        name = PurePosixPath(file).stem
        before = len(reading.problems)
        check_name(reading, file, name)
        if len(reading.problems) > before:
            reading.broken.add(f"picture:{plain(name)}")
        elif name in files:
            message = f"{files[name]} has the same name"
            hint = "Delete one of the two, or give it another name."
            reading.report(Problem(Place(file), "id-unique", message, hint))
        else:
            files[name] = file
    return files


def _report_alone(reading: Reading, files: Mapping[str, str], said: Mapping[str, Picture]) -> None:
    """Report pictures of which nothing is said, and what is said of a picture that is not there."""
    for name, file in files.items():
        if name not in said and not reading.is_broken("picture", name):
            message = "nobody says whose picture this is"
            hint = f"Write {PICTURES}{name}.yaml with 'credit:' and 'licence:'."
            reading.report(Problem(Place(file), "picture-complete", message, hint))
            reading.broken.add(f"picture:{name}")
    unread = {PurePosixPath(file).stem for file in reading.sources.unreadable}
    for name in said:
        if name in files or name in unread or reading.is_broken("picture", name):
            continue
        message = f"there is no picture '{name}' beside this file"
        others = [known for known in files if known not in said]
        endings = ", ".join(PICTURE_ENDINGS)
        hint = did_you_mean(
            name, others, f"Put it there, with the same name and one of the endings {endings}."
        )
        place = Place(f"{PICTURES}{name}.yaml")
        reading.report(Problem(place, "picture-complete", message, hint))
        reading.broken.add(f"picture:{name}")
