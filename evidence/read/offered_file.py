"""What a file to download is, by its bytes: is it of the kind that its ending says, and no program?"""

from __future__ import annotations

import io
import re
import zipfile

from evidence.read.limits import HIDDEN

Fault = tuple[str, str]  # what is wrong, and what to do

OPEN_DOCUMENTS = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}  # where its parts stand
MACROS = re.compile(r"(?i)(?:^|/)(?:vbaProject\.bin|Basic/.*|Scripts/.*)$")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
PAGES = re.compile(rb"(?i)\A\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|svg|script)\b")
IN_PDF = re.compile(rb"/(JavaScript|Launch)\b")
LOCKED = (
    b"\xd0\xcf\x11\xe0"  # what old formats of Office begin with, and those that ask for a password
)
SAVE_AGAIN = "Open it in the program that made it, and save it again."


def fault_of(ending: str, raw: bytes) -> Fault | None:
    """Return what is wrong with a file of an ``ending``, and what to do; None for a sound one."""
    if not raw:
        return "this file is empty", "Fill it, or delete it."
    if raw.startswith(PROGRAMS):
        return "this is a program", "Only documents and tables are offered here."
    if PAGES.match(raw[:2000].removeprefix(b"\xef\xbb\xbf")):
        return "this is a page of HTML or a drawing in SVG", "Save it as PDF."
    if ending == ".pdf":
        return _fault_of_pdf(raw)
    if ending in {".csv", ".txt"}:
        return _fault_of_text(raw)
    return _fault_of_office(ending, raw)


def _fault_of_pdf(raw: bytes) -> Fault | None:
    if not raw.startswith(b"%PDF-"):
        return "this is no PDF", SAVE_AGAIN
    if b"%%EOF" not in raw[-2000:]:
        return "this PDF has no end: it was copied in part", "Copy it again."
    held = IN_PDF.search(raw)
    if held:
        message = f"this PDF holds a program ({held[1].decode()})"
        return message, "Print it into a new PDF."
    return None


def _fault_of_text(raw: bytes) -> Fault | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "this is no text in UTF-8", "Save it as text in UTF-8."
    if HIDDEN.search(text):
        return "this is no text", SAVE_AGAIN
    return None


def _fault_of_office(ending: str, raw: bytes) -> Fault | None:
    if raw.startswith(LOCKED):
        return "this asks for a password, or is of an old kind", f"{SAVE_AGAIN} Without a password."
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            kind = packed.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return f"this cannot be opened as {ending}", SAVE_AGAIN
    if any(MACROS.search(name) for name in names):
        return "this document holds macros, which are programs", "Save it without macros."
    part = OFFICE.get(ending)
    is_own = (
        any(name.startswith(part) for name in names) and "[Content_Types].xml" in names
        if part
        else kind == OPEN_DOCUMENTS[ending]
    )
    return None if is_own else (f"this is no {ending}", "Give it the ending of what it is.")
