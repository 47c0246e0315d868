"""A picture as an author has it: opened, turned upright, in the colours of the web; or what is wrong with it.

Importing this loads Pillow.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps

Fault = tuple[str, str]  # what is wrong, and what to do

ENDINGS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
MOST_PIXELS = 80_000_000  # more than cameras make, and as much as a small computer holds
KEPT_WIDTH = 2480  # pixels: twice what is shown, and a fraction of what cameras make
NAMES = {"JPEG": "a JPEG", "MPO": "a JPEG", "PNG": "a PNG", "WEBP": "a WebP"}
# What a file begins with that is called a picture and is none of these, and what it is
OTHERS = (
    (b"GIF8", "a GIF"), (b"%PDF", "a PDF"), (b"II*\0", "a TIFF"), (b"MM\0*", "a TIFF"), (b"BM", "a BMP"),
    (b"<svg", "an SVG"), (b"<?xml", "an SVG"), (b"<!DOCTYPE", "a page of HTML"), (b"<html", "a page of HTML"),
    (b"PK\3\4", "a ZIP archive"),
)  # fmt: skip
OF_PHONES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif")
EIGHT_BITS = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
SAVE_AGAIN = "Open it in a program for pictures, and save it as JPEG (a photo) or PNG (a drawing)."


class NoPictureError(Exception):
    """Raised for a file that cannot be shown; carries what is wrong and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both."""
        super().__init__(message, hint)


def opened(ending: str, raw: bytes) -> Image.Image:
    """Return the pixels of a picture, upright, in sRGB, as grey, RGB or RGBA; nothing else of the file is left.

    ``ending`` is that of its name. Raises NoPictureError with what is wrong with it.
    """
    picture = _read(raw)
    kind = _kind_of(picture)
    if ending not in ENDINGS[kind]:
        message = f"this ends in {ending}, and is {NAMES[kind]}"
        raise NoPictureError(message, f"Rename it: the ending is {ENDINGS[kind][0]}.")
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise NoPictureError("this picture moves", "Save one of its frames as a picture.")
    if picture.width * picture.height > MOST_PIXELS:
        size = f"{picture.width:,} by {picture.height:,}"
        message = f"this picture has {size} pixels, more than the {MOST_PIXELS:,} that are read"
        raise NoPictureError(message, "Save it smaller: nobody sees more than 1,240 pixels across.")
    if picture.mode not in EIGHT_BITS:
        what = "colours for print (CMYK)" if picture.mode == "CMYK" else "more than 8 bits a colour"
        raise NoPictureError(f"this picture has {what}", SAVE_AGAIN)
    # WeasyPrint lets all of a process read half of a picture as if it were whole
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        return _bare(_in_web_colours(ImageOps.exif_transpose(picture)))
    except Exception as error:  # whatever a library says of a file that is broken inside
        raise NoPictureError(f"this picture is damaged: {_said(error)}", SAVE_AGAIN) from error


def copied(raw: bytes) -> tuple[str, bytes]:
    """Return a picture as the ending and the bytes of a file to keep: all that is to be seen, and nothing else.

    Raises NoPictureError.
    """
    kind = _kind_of(_read(raw))
    picture = opened(ENDINGS[kind][0], raw)
    if picture.width > KEPT_WIDTH:
        size = KEPT_WIDTH, max(1, round(picture.height * KEPT_WIDTH / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    is_photo = kind == "JPEG" or (kind == "WEBP" and picture.mode != "RGBA")
    file = io.BytesIO()
    picture.save(file, "JPEG" if is_photo else "PNG", **({"quality": 95} if is_photo else {}))
    return ".jpg" if is_photo else ".png", file.getvalue()


def _read(raw: bytes) -> Image.Image:
    """Return a picture of which only the head was read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(raw), formats=tuple(ENDINGS))
    except Image.DecompressionBombError as error:
        raise NoPictureError("this picture has too many pixels", "Save it smaller.") from error
    except Exception as error:  # a library says of broken files what it likes
        message = f"this is {_other(raw) or 'no picture that can be read'}"
        hint = f"Pictures are JPEG, PNG or WebP. {SAVE_AGAIN}"
        raise NoPictureError(message, hint) from error


def _kind_of(picture: Image.Image) -> str:
    """Return the kind of a picture; what some cameras write with more than one in it is a JPEG too."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _other(raw: bytes) -> str:
    if raw[4:12] in OF_PHONES:
        return "a HEIC or AVIF picture"
    head = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    return next((what for begin, what in OTHERS if head.startswith(begin.lower())), "")


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n", maxsplit=1)[0][:80]


def _in_web_colours(picture: Any) -> Any:
    """Return a picture in sRGB, whatever colours its own profile says that it has."""
    profile = picture.info.get("icc_profile")
    if picture.mode in {"P", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode == "1":
        picture = picture.convert("L")
    opacity = picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None
    colours = picture.convert({"LA": "L", "RGBA": "RGB"}.get(picture.mode, picture.mode))
    if profile:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        web = ImageCms.createProfile("sRGB")
        colours = ImageCms.profileToProfile(colours, own, web, outputMode="RGB")
    if opacity is None or opacity.getextrema()[0] == 255:
        return colours
    colours = colours.convert("RGB")
    colours.putalpha(opacity)
    return colours


def _bare(picture: Any) -> Image.Image:
    """Return the same pixels as a new picture: no place, no camera, no note, no thumbnail comes along."""
    return Image.frombytes(picture.mode, picture.size, picture.tobytes())
