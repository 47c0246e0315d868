"""A picture in the sizes that screens ask for. A function here is given bytes, and nothing else."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from evidence.model.picture import FOLDER, Picture, Rendition, ShownPicture
from evidence.store import Kept, Made

if TYPE_CHECKING:
    from PIL.Image import Image

# In pixels. A column of text is 608 wide on a desk and 320 on a phone, and screens have one to three dots for each:
# a phone of 2016 takes the first of these, most phones the second, a sharp screen on a desk the third.
WIDTHS = (400, 800, 1240)
PHONE = WIDTHS[1]  # what the weight of a page counts
QUALITY = 80  # of JPEG: beyond it a photo of this size grows by a third without looking better
HASHED = 10  # digits of the SHA-256 in a name


def renditions(ending: str, raw: bytes) -> Made:
    """Return a picture in each size, one after the other; the card has width, height, ending and end of each.

    ``ending`` is that of the file's name. Of a file that cannot be shown the card is what is wrong, and what to do.
    """
    from evidence.figures.picture_file import NoPictureError, opened  # noqa: PLC0415 - loads Pillow

    try:
        picture = opened(ending, raw)
    except NoPictureError as error:
        return Made({"fault": error.args})
    parts: list[bytes] = []
    card = []
    for width in sorted({min(picture.width, known) for known in WIDTHS}):
        size = width, max(1, round(picture.height * width / picture.width))
        kind, part = _packed(_resized(picture, size), photo=ending in {".jpg", ".jpeg"})
        parts.append(part)
        card.append([*size, kind, sum(map(len, parts)), hashlib.sha256(part).hexdigest()[:HASHED]])
    return Made({"sizes": card}, b"".join(parts))


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    from PIL.Image import Resampling  # noqa: PLC0415

    return picture if picture.size == size else picture.resize(size, Resampling.LANCZOS)


def _packed(picture: Image, *, photo: bool) -> tuple[str, bytes]:
    """Return a picture as the ending and bytes of a file: of what is no ``photo`` for sure, the smaller of two kinds."""
    if photo:
        return "jpg", _jpeg(picture)
    drawing = _png(picture)
    if picture.mode == "RGBA":
        return "png", drawing
    return min(("png", drawing), ("jpg", _jpeg(picture)), key=lambda packed: len(packed[1]))


def _jpeg(picture: Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()


def _png(picture: Image) -> bytes:
    import numpy as np  # noqa: PLC0415

    from evidence.figures.png import png_of_pixels  # noqa: PLC0415

    return png_of_pixels(np.array(picture.convert("RGBA")))


def shown_picture(picture: Picture, kept: Kept) -> ShownPicture:
    """Return a picture with what was made of it; the names of its files say what is in them."""
    made, start = [], 0
    for width, height, ending, end, digest in kept.card["sizes"]:
        address = f"{FOLDER}{picture.id}.{width}.{digest}.{ending}"
        made.append(Rendition(width, height, address, end - start))
        start = end
    return ShownPicture(picture, tuple(made))


def files_of(picture: ShownPicture, body: bytes) -> dict[str, bytes]:
    """Return the files of a picture by their addresses, out of the ``body`` that ``renditions`` made."""
    files, start = {}, 0
    for rendition in picture.renditions:
        files[rendition.address] = body[start : start + rendition.size]
        start += rendition.size
    return files
