"""Files that a page offers are published under their own names, with kind, size and licence; none is a program."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml.html import fromstring

from evidence.finished.headers import TYPES
from evidence.read.offered_file import fault_of
from evidence.read.sources import DOWNLOAD_ENDINGS
from evidence.store import Store
from tests.projects import KEPT, build_here, build_in_memory, problems_of, write

PDF = b"%PDF-1.7\n1 0 obj <</Author (J. Doe)>> endobj\ntrailer <<>>\n%%EOF\n"
FRONT = "---\ntitle: Methods\nkind: plain\ndownloads:\n- {{file: {}, title: The protocol, licence: CC BY 4.0}}\n---\nWords.\n"


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return file.getvalue()


def office(folder: str, *more: str) -> bytes:
    names = ("[Content_Types].xml", f"{folder}/document.xml", *more)
    return packed(dict.fromkeys(names, b"<x/>"))


def offered(root: Path, name: str = "protocol.pdf", raw: bytes = PDF) -> None:
    write(root, {"content/methods.md": FRONT.format(name), f"data/downloads/{name}": raw})


def test_a_file_is_published_as_it_is_and_said_what_it_is(minimal: Path) -> None:
    offered(minimal, raw=PDF + b"%" * 1_234_000 + b"\n%%EOF")
    site = build_in_memory(minimal).site
    assert site.files["files/protocol.pdf"].startswith(PDF)
    page = fromstring(site.files["methods.html"])
    (item,) = page.xpath("//section[@class='offered']//li")
    assert " ".join(item.text_content().split()) == "The protocol PDF, 1.2 MB; CC BY 4.0"
    assert item.xpath("./a/@href") == ["files/protocol.pdf"]
    assert (
        "- [The protocol](files/protocol.pdf) PDF, 1.2 MB; [CC BY 4.0]("
        in site.files["methods.md"].decode()
    )


def test_a_file_weighs_nothing_on_a_page_and_an_unused_one_is_no_part_of_the_site(
    minimal: Path,
) -> None:
    write(minimal, {"data/downloads/big.pdf": PDF + b" " * 3_000_000 + b"%%EOF"})
    assert "files/big.pdf" not in build_in_memory(minimal).site.files
    assert "Unused downloads: 1\n  data/downloads/big.pdf" in build_here(minimal, "status").out
    write(minimal, {"content/methods.md": FRONT.format("big.pdf")})
    assert "files/big.pdf" in build_in_memory(minimal).site.files
    assert "Unused downloads: none" in build_here(minimal, "status").out


def test_a_file_that_is_saved_anew_has_its_new_size(minimal: Path) -> None:
    offered(minimal, raw=PDF + b"%" * 20_000 + b"\n%%EOF")
    store = Store(KEPT)
    assert b"PDF, 20 KB" in build_in_memory(minimal, store).site.files["methods.html"]
    offered(minimal, raw=PDF + b"%" * 30_000 + b"\n%%EOF")
    assert b"PDF, 30 KB" in build_in_memory(minimal, store).site.files["methods.html"]


def test_hosts_know_every_kind_that_is_offered() -> None:
    known_everywhere = {".pdf", ".txt"}
    assert {*DOWNLOAD_ENDINGS} - known_everywhere <= {f".{ending}" for ending in TYPES}


@pytest.mark.parametrize(
    ("ending", "raw", "said"),
    [
        (".pdf", b"words", "no PDF"),
        (".pdf", PDF[:30], "copied in part"),
        (".pdf", PDF.replace(b"/Author", b"/JavaScript"), "holds a program"),
        (".pdf", b"", "is empty"),
        (".pdf", b"MZ\x90\0", "is a program"),
        (".txt", b"#!/bin/sh\nrm -rf /\n", "is a program"),
        (".txt", b"\xef\xbb\xbf <!DOCTYPE html><script>", "a page of HTML"),
        (".csv", b'<?xml version="1.0"?>\n<svg onload="x()"/>', "SVG"),
        (".csv", "größe;1\n".encode("latin-1"), "no text in UTF-8"),
        (".txt", b"a\0b", "is no text"),
        (".docx", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a password"),
        (".docx", b"PK\3\4", "cannot be opened"),
        (".docx", office("xl"), "is no .docx"),
        (".docx", office("word", "word/vbaProject.bin"), "holds macros"),
        (".ods", packed({"mimetype": b"application/zip"}), "is no .ods"),
        (".xlsx", packed({"a.exe": b"MZ"}), "is no .xlsx"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_told(ending: str, raw: bytes, said: str) -> None:
    fault = fault_of(ending, raw)
    assert fault is not None
    assert said in fault[0]
    assert fault[1]


@pytest.mark.parametrize(
    ("ending", "raw"),
    [
        (".pdf", PDF),
        (".csv", "größe;1\n".encode()),
        (".txt", b"a < b, and <p> is no tag that begins a file\n"),
        (".docx", office("word")),
        (".xlsx", office("xl")),
        (".pptx", office("ppt")),
        (".odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text"})),
    ],
)
def test_a_sound_file_is_taken_as_it_is(ending: str, raw: bytes) -> None:
    assert fault_of(ending, raw) is None


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "folder/protocol.pdf",
        "..%2fprotocol.pdf",
        "files/protocol.pdf",
    ],
)
def test_no_way_leads_out_of_the_folder(name: str, minimal: Path) -> None:
    offered(minimal)
    write(minimal, {"content/methods.md": FRONT.format(f'"{name}"')})
    (found,) = problems_of(minimal)
    assert (found.rule, found.place.line) == ("download-exists", 5)


def test_a_link_to_a_file_elsewhere_is_not_followed(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    write(minimal, {"content/methods.md": FRONT.format("secret.pdf")})
    (minimal / "data/downloads").mkdir()
    (minimal / "data/downloads/secret.pdf").symlink_to(tmp_path / "secret.pdf")
    (found,) = problems_of(minimal)
    assert (found.rule, found.place.file) == ("file-readable", "data/downloads/secret.pdf")
