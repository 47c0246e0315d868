"""Pictures of authors are part of the site: files, pages, twins, search, print, and what a page may weigh."""

from __future__ import annotations

import re
from pathlib import Path

from lxml.html import fromstring

from evidence.check.site.pages import PICTURES_LIMIT
from evidence.files.editions.chapter import PICTURE, chapter_of
from evidence.files.editions.ways import Ways
from evidence.run import Built
from evidence.serve.live_site import LiveSite
from evidence.store import Store
from tests.figures.pictured import PRIVATE, halves, noise, saved, told_all
from tests.projects import KEPT, TODAY, build_here, build_in_memory, change, problems_of, write

HONEY = "remedies/honey.html"
SAID = "credit: Jane Doe\nlicence: CC BY 4.0\n"
PAGE = "---\ntitle: Methods\nkind: plain\n---\n"


def shown(root: Path, body: str, **pictures: bytes) -> None:
    """Put pictures, each a JPEG, into a project, and a page that shows them."""
    files: dict[str, str | bytes] = {"content/methods.md": f"{PAGE}{body}\n"}
    for name, raw in pictures.items():
        files |= {f"data/pictures/{name}.jpg": raw, f"data/pictures/{name}.yaml": SAID}
    write(root, files)


def test_every_size_of_a_picture_is_a_file_of_the_site(gallery_site: Built) -> None:
    files = gallery_site.site.files
    page = fromstring(files[HONEY])
    found = page.xpath("//figure[@class='picture']/img")
    assert len(found) == 2
    for picture in found:
        asked = [part.split(" ")[0] for part in picture.get("srcset").split(", ")]
        assert picture.get("src") in asked
        assert [name for name in asked if name.removeprefix("../") not in files] == []
        assert int(picture.get("width")) > 0
        assert int(picture.get("height")) > 0
        assert picture.get("loading") == "lazy"
        assert picture.get("alt")


def test_whose_a_picture_is_stands_below_it(gallery_site: Built) -> None:
    page = fromstring(gallery_site.site.files[HONEY])
    jars, comb = page.xpath("//figure[@class='picture']/figcaption")
    assert "What the children of Honey 2019" in jars.text_content()
    assert jars.xpath(".//a[@rel='license']/@href") == [
        "https://creativecommons.org/publicdomain/zero/1.0/"
    ]
    assert comb.xpath(".//a/@href") == [
        "https://example.org/comb",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ]


def test_a_picture_stands_in_the_page_as_markdown(gallery_site: Built) -> None:
    twin = gallery_site.site.files["remedies/honey.md"].decode()
    (address,) = re.findall(r"!\[Two jars of honey[^\]]*\]\(\.\./(\S+)\)", twin)
    assert address in gallery_site.site.files
    assert "\n\nPicture: Stem-cell Evidence, [CC0](" in twin


def test_what_is_to_be_seen_is_found_by_the_search(gallery_site: Built) -> None:
    sheets = b"".join(
        raw for path, raw in gallery_site.site.files.items() if path.startswith("search/sheets")
    )
    assert b"a dipper in the dark one" in sheets
    assert b"drawn as a hexagon" in sheets


def test_on_paper_a_picture_is_shown_in_its_largest_size(gallery_site: Built) -> None:
    raw = gallery_site.site.files[HONEY]
    chapter = chapter_of(raw, HONEY, Ways({HONEY: "c1"}, frozenset(), ""), deeper=False)
    shown_there = re.findall(rf'<img src="{PICTURE}([^"]+)" alt="([^"]+)"', chapter.body)
    assert [address.split(".")[1] for address, _ in shown_there] == ["1240", "520"]
    assert all(address in gallery_site.site.files for address, _ in shown_there)
    assert "Picture: Stem-cell Evidence" in chapter.body


def test_nothing_of_a_camera_is_anywhere_in_the_site(minimal: Path) -> None:
    photo = saved(halves(1300, 900), "JPEG", exif=told_all(6), comment=PRIVATE.encode())
    shown(minimal, "![Two colours](knee.jpg)", knee=photo)
    site = build_in_memory(minimal).site
    names = [path for path in site.files if path.startswith("lasting/pictures/")]
    assert len(names) == 3
    assert [path for path, raw in site.files.items() if PRIVATE.encode() in raw] == []
    assert [path for path in names if b"Exif" in site.files[path]] == []


def test_a_picture_that_no_page_shows_is_no_part_of_the_site(minimal: Path) -> None:
    shown(minimal, "Words.", knee=saved(halves(), "JPEG"))
    site = build_in_memory(minimal).site
    assert [path for path in site.files if path.startswith("lasting/pictures/")] == []
    printed = build_here(minimal, "status")
    assert "Unused pictures: 1\n  data/pictures/knee.yaml" in printed.out
    shown(minimal, "![Two colours](knee.jpg)")
    assert "Unused pictures: none" in build_here(minimal, "status").out


def test_a_page_keeps_to_the_weight_of_pictures(minimal: Path) -> None:
    heavy = saved(noise(800, 600), "JPEG", quality=95)
    shown(minimal, "![Many dots](one.jpg)", one=heavy, two=saved(noise(800, 601), "JPEG"))
    size = next(
        len(raw) for path, raw in build_in_memory(minimal).site.files.items() if "/one.800." in path
    )
    assert PICTURES_LIMIT / 2 < size < PICTURES_LIMIT
    shown(minimal, "![Many dots](one.jpg)\n\n![Many dots](two.jpg)")
    (found,) = problems_of(minimal)
    assert found.rule == "page-weight"
    assert str(found.place).startswith("content/methods.md:")
    assert "the pictures of this page weigh" in found.message
    assert "The heaviest is 'two'" in found.hint


def test_a_caption_is_a_text_with_sources_like_any_other(minimal: Path) -> None:
    body = '![Two colours](knee.jpg "Of them [[smith-2020/improved]] were well [@smith-2020]")'
    shown(minimal, body, knee=saved(halves(), "JPEG"))
    page = build_in_memory(minimal).site.files["methods.html"].decode()
    assert (
        'data-note="1"' in page.partition('<figure class="picture">')[2].partition("</figure>")[0]
    )
    change(minimal, "content/methods.md", "smith-2020/improved", "smith-2020/improve")
    (found,) = problems_of(minimal)
    assert (found.rule, found.place.line) == ("finding-exists", 5)


def test_a_picture_in_a_file_of_data_is_told(minimal: Path) -> None:
    shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(), "JPEG"))
    file = "data/studies/smith-2020.yaml"
    text = (minimal / file).read_text("utf-8")
    text = re.sub(r"(?m)^summary:.*$", 'summary: "![Two colours](knee.jpg)"', text)
    (minimal / file).write_text(text, "utf-8")
    assert {(found.rule, found.place.file) for found in problems_of(minimal)} == {
        ("markdown-known", file)
    }


def test_a_picture_that_is_saved_anew_is_shown_anew(minimal: Path) -> None:
    shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(), "JPEG"))
    store = Store(KEPT)
    before = build_in_memory(minimal, store).site
    shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(66, 50), "JPEG"))
    after = build_in_memory(minimal, store).site
    assert b'width="64"' in before.files["methods.html"]
    assert b'width="66"' in after.files["methods.html"]
    assert [path for path in after.files if "/knee.64." in path] == []


def test_a_preview_shows_what_was_saved(minimal: Path) -> None:
    shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(), "JPEG"))
    live = LiveSite(minimal, Store(KEPT), lambda: TODAY)
    for width in (64, 66):
        shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(width), "JPEG"))
        live.look()
        page = live.page("methods.html")
        assert page is not None
        (address,) = set(re.findall(rb'src="(lasting/pictures/[^"]+)"', page.body))
        assert b".%d." % width in address
        raw = live.static(address.decode())
        assert raw == build_in_memory(minimal).site.files[address.decode()]
    (minimal / "data/pictures/knee.jpg").write_bytes(b"nothing")
    live.look()
    assert [problem.rule for problem in live.problems()] == ["picture-readable"]


def test_a_page_that_moves_keeps_its_pictures(minimal: Path) -> None:
    shown(minimal, "![Two colours](knee.jpg)", knee=saved(halves(), "JPEG"))
    assert build_here(minimal, "rename", "methods", "notes/on-methods").code == 0
    page = build_in_memory(minimal).site.files["notes/on-methods.html"].decode()
    assert 'src="../lasting/pictures/knee.64.' in page
