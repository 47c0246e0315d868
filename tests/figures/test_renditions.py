"""Pictures of authors come out upright, in the sizes of screens, and say nothing but what is to be seen."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from evidence.figures.picture_file import MOST_PIXELS
from evidence.figures.renditions import WIDTHS, files_of, renditions, shown_picture
from evidence.model.picture import LICENCES, Picture, ShownPicture, deed_of
from evidence.store import Store
from tests.figures.pictured import PRIVATE, halves, noise, saved, told_all
from tests.projects import python

KNEE = Picture(id="knee", credit="Jane Doe", licence="CC0")


def shown(raw: bytes, ending: str = ".jpg") -> tuple[ShownPicture, dict[str, bytes]]:
    kept = Store(None).keep(renditions, ending, raw)
    picture = shown_picture(KNEE, kept)
    return picture, files_of(picture, kept.body())


def made(raw: bytes, ending: str = ".jpg") -> list[Image.Image]:
    files = shown(raw, ending)[1]
    return [Image.open(io.BytesIO(file)) for file in files.values()]


def fault(raw: bytes, ending: str = ".jpg") -> str:
    return " ".join(renditions(ending, raw).card["fault"])


def is_red(picture: Image.Image, x: float, y: float) -> bool:
    place = int(x * (picture.width - 1)), int(y * (picture.height - 1))
    red, _, blue = picture.convert("RGB").getpixel(place)  # type: ignore[misc]
    return bool(red > blue)


def test_nothing_is_left_of_where_and_by_whom_a_photo_was_taken() -> None:
    raw = saved(halves(900, 600), "JPEG", exif=told_all(), comment=PRIVATE.encode())
    assert raw.count(PRIVATE.encode()) == 3
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)[2] == (65.0, 0.0, 44.7)
    files = shown(raw)[1]
    assert len(files) == 3
    for file in files.values():
        picture = Image.open(io.BytesIO(file))
        assert PRIVATE.encode() not in file
        assert dict(picture.getexif()) == {}
        assert b"Exif" not in file
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi",
                                       "progressive", "progression"}  # fmt: skip


def test_nothing_but_pixels_is_left_of_a_png_and_a_webp() -> None:
    drawn = halves(900, 600).convert("RGBA")
    drawn.putpixel((0, 0), (0, 0, 0, 0))
    for kind, ending in (("PNG", ".png"), ("WEBP", ".webp")):
        raw = saved(drawn, kind, exif=told_all(), **({"lossless": True} if kind == "WEBP" else {}))
        assert PRIVATE.encode() in raw
        for file in shown(raw, ending)[1].values():
            assert PRIVATE.encode() not in file
            assert {file[at : at + 4] for at in _chunks(file)} <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT",
                                                                   b"IEND"}  # fmt: skip


def _chunks(png: bytes) -> list[int]:
    places, at = [], 8
    while at < len(png):
        places.append(at + 4)
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return places


@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        (1, "left"), (2, "right"), (3, "right"), (4, "left"),
        (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom"),
    ],
)  # fmt: skip
def test_a_photo_stands_as_it_was_seen(orientation: int, red: str) -> None:
    (picture,) = made(saved(halves(80, 60), "JPEG", exif=told_all(orientation), quality=95))
    assert picture.size == ((60, 80) if red in {"top", "bottom"} else (80, 60))
    places = {"left": (0.1, 0.5), "right": (0.9, 0.5), "top": (0.5, 0.1), "bottom": (0.5, 0.9)}
    assert {name for name, place in places.items() if is_red(picture, *place)} >= {red}
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[red]
    assert not is_red(picture, *places[opposite])


@pytest.mark.parametrize(
    ("width", "widths"),
    [(3000, [*WIDTHS]), (1240, [*WIDTHS]), (900, [400, 800, 900]), (400, [400]), (30, [30])],
)
def test_a_picture_has_the_sizes_of_screens_and_is_never_made_larger(
    width: int, widths: list[int]
) -> None:
    picture, files = shown(saved(halves(width, width // 2), "JPEG"))
    assert [size.width for size in picture.renditions] == widths
    assert [Image.open(io.BytesIO(file)).size for file in files.values()] == [
        (size.width, size.height) for size in picture.renditions
    ]
    assert [size.size for size in picture.renditions] == [*map(len, files.values())]
    assert picture.on_phones.width == widths[min(1, len(widths) - 1)]


def test_the_name_of_a_file_says_what_is_in_it() -> None:
    one, other = (shown(saved(halves(50, height), "JPEG"))[0] for height in (40, 41))
    assert one.largest.address.startswith("lasting/pictures/knee.50.")
    assert one.largest.address != other.largest.address


def test_colours_of_a_profile_become_those_of_the_web() -> None:
    profile = Image.open(io.BytesIO(_with_wide_colours()))
    assert profile.info["icc_profile"]
    (picture,) = made(_with_wide_colours())
    assert "icc_profile" not in picture.info
    red, green, _ = picture.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert (red > 190, green < 60) == (True, True)


def _with_wide_colours() -> bytes:
    """Return a red picture with a profile whose red and green lie the other way round."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red], profile[green] = profile[green], profile[red]
    drawn = Image.new("RGB", (40, 30), (0, 200, 0))
    return saved(drawn, "JPEG", icc_profile=bytes(profile), quality=95)


def test_what_is_transparent_stays_so() -> None:
    drawn = Image.new("RGBA", (500, 300), (0, 0, 0, 0))
    drawn.paste((10, 20, 30, 255), (100, 100, 200, 200))
    for picture in made(saved(drawn, "PNG"), ".png"):
        assert picture.format == "PNG"
        assert picture.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_drawing_stays_a_png_and_a_photo_saved_as_png_becomes_a_jpeg() -> None:
    assert {each.format for each in made(saved(halves(900, 600), "PNG"), ".png")} == {"PNG"}
    assert {each.format for each in made(saved(noise(900, 600), "PNG"), ".png")} == {"JPEG"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_colours_of_screens_is_read(mode: str) -> None:
    (picture,) = made(saved(halves().convert(mode), "PNG"), ".png")
    assert picture.size == (64, 48)


def test_a_photo_of_two_lenses_is_a_photo() -> None:
    raw = saved(halves(), "MPO", save_all=True, append_images=[halves()])
    assert made(raw)[0].size == (64, 48)


def test_what_cannot_be_shown_is_told() -> None:
    photo, drawing = saved(noise(64, 48), "JPEG"), saved(halves(), "PNG")
    assert "is a PNG" in fault(drawing)
    assert "the ending is .png" in fault(drawing)
    assert "colours for print" in fault(saved(halves().convert("CMYK"), "JPEG"))
    assert "more than 8 bits" in fault(saved(Image.new("I;16", (9, 9)), "PNG"), ".png")
    assert "this picture moves" in fault(
        saved(halves(), "WEBP", save_all=True, append_images=[noise(64, 48)]), ".webp"
    )
    assert "a GIF" in fault(saved(halves(), "GIF"))
    assert "an SVG" in fault(b"\xef\xbb\xbf  <svg onload='alert(1)'/>")
    assert "HEIC" in fault(b"\0\0\0\x18ftypheic" + b"\0" * 90)
    assert "no picture" in fault(b"words")
    assert "no picture" in fault(b"")
    assert "damaged" in fault(photo[: len(photo) // 2])
    assert "damaged" in fault(drawing[:-40], ".png")


def test_whatever_is_cut_off_or_changed_is_a_picture_or_told() -> None:
    photo = saved(noise(40, 30), "JPEG", exif=told_all(6))
    for at in range(0, len(photo), 37):
        for raw in (photo[:at], photo[:at] + b"\xff" + photo[at + 1 :]):
            assert renditions(".jpg", raw).card.keys() & {"fault", "sizes"}


def test_a_picture_of_more_pixels_than_are_read_is_not_unpacked() -> None:
    side = int(MOST_PIXELS**0.5) + 1
    raw = saved(Image.new("1", (side, side)), "PNG")
    assert len(raw) < 50_000
    assert "are read" in fault(raw, ".png")


def test_two_processes_make_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.figures.pictured import noise, saved, told_all; "
        "from evidence.figures.renditions import renditions; "
        "made = renditions('.jpg', saved(noise(1500, 900), 'JPEG', exif=told_all(6))); "
        "print(made.card, hashlib.sha256(made.body).hexdigest())"
    )
    one, other = (python("-c", code) for _ in range(2))
    assert one.returncode == 0, one.stderr
    assert one.stdout == other.stdout


def test_each_licence_leads_to_its_deed() -> None:
    assert deed_of("CC BY-SA 4.0") == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert {deed_of(licence).count("creativecommons.org/") for licence in LICENCES} == {1}
    assert len({*map(deed_of, LICENCES)}) == len(LICENCES)


def test_a_tall_picture_is_narrower_than_the_column() -> None:
    tall = shown(saved(halves(600, 2400), "JPEG"))[0]
    assert tall.box == (200, 800)
    assert shown(saved(halves(600, 300), "JPEG"))[0].box == (600, 300)


def test_pillow_is_loaded_only_for_what_has_changed() -> None:
    ended = python(
        "-c",
        "import sys, evidence.check.sources.pictures; sys.exit('PIL' in sys.modules)",
    )
    assert ended.returncode == 0, ended.stderr
