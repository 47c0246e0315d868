"""Pictures to test with, drawn here."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

PRIVATE = "taken at home by J. Doe"


def halves(width: int = 64, height: int = 48) -> Image.Image:
    """Return a picture of which the left half is red and the right half blue."""
    picture = Image.new("RGB", (width, height), (200, 0, 0))
    picture.paste((0, 0, 200), (width // 2, 0, width, height))
    return picture


def noise(width: int, height: int) -> Image.Image:
    """Return a picture that nothing makes small; the same each time."""
    dots = np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(dots)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def told_all(orientation: int = 1) -> Image.Exif:
    """Return EXIF data with where a photo was taken, by whom, and how it is turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = PRIVATE
    exif[0x8298] = PRIVATE
    exif[0x8825] = {1: "N", 2: (65.0, 0.0, 44.7), 3: "E", 4: (25.0, 28.0, 19.2), 29: "2026:11:29"}
    return exif
