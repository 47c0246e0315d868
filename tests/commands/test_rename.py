"""A page gets another name: all that names it is mended, nothing else, and all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence.steps.in_place import ChangedMeanwhileError, write_together
from evidence.steps.publish import MANIFEST
from tests.projects import Printed, build_here, files_below, places_of, problems_of, write

PAGE = "---\ntitle: On rest\nkind: plain\n---\nSee [methods](methods.html#a), [a list](downloads/findings.csv) and [[page:about]].\n"


def rename(root: Path, old: str, new: str) -> Printed:
    return build_here(root, "rename", old, new)


def texts(root: Path) -> dict[str, bytes]:
    return {name: raw for name, raw in files_below(root).items() if not name.startswith(".cache")}


@pytest.fixture
def site(minimal: Path) -> Path:
    """A site of which many places name the page 'rest'."""
    write(
        minimal,
        {
            "content/rest.md": PAGE,
            "content/methods.md": "---\ntitle: Methods\nkind: plain\n---\n## a\n\n[[page:rest|Rest]], [here](rest.html#main), `[[page:rest]]`, "
            "[[page:rest-2]], rest.html.\n\n[it]: rest.html\n",
            "content/rest-2.md": "---\ntitle: More\nkind: plain\n---\n[Rest](../rest.html) and [[page: rest]].\n".replace("../", ""),
            "content/part/deep.md": "---\ntitle: Deep\nkind: plain\n---\n[Rest](../rest.html) again.\n",
            "data/site.yaml": (minimal / "data/site.yaml").read_text("utf-8").replace(
                "navigation:\n", "navigation:\n  - {page: 'rest', title: Rest}\n"
            ),
            "data/synonyms.yaml": "synonyms:\n  rest:\n    words: [rest]\n    pages: [about, rest]  # rest\n",
        },
    )  # fmt: skip
    return minimal


def test_everything_that_names_the_page_is_mended_and_nothing_else(site: Path) -> None:
    before = texts(site)
    printed = rename(site, "rest", "part/quiet")
    assert (printed.code, printed.problems) == (0, "")
    after = texts(site)
    assert after.keys() == before.keys() - {"content/rest.md"} | {"content/part/quiet.md"}
    assert after["content/methods.md"].decode() == (
        "---\ntitle: Methods\nkind: plain\n---\n## a\n\n[[page:part/quiet|Rest]], [here](part/quiet.html#main), `[[page:rest]]`, "
        "[[page:rest-2]], rest.html.\n\n[it]: part/quiet.html\n"
    )
    assert b"[Rest](part/quiet.html) and [[page: part/quiet]]." in after["content/rest-2.md"]
    assert b"[Rest](quiet.html) again." in after["content/part/deep.md"]
    assert b"- {page: 'part/quiet', title: Rest}" in after["data/site.yaml"]
    assert (
        b"    words: [rest]\n    pages: [about, part/quiet]  # rest\n"
        in after["data/synonyms.yaml"]
    )
    assert after["content/part/quiet.md"].decode() == (
        "---\ntitle: On rest\nkind: plain\nformerly: [rest]\n---\n"
        "See [methods](../methods.html#a), [a list](../downloads/findings.csv) and [[page:about]].\n"
    )


def test_the_site_is_sound_and_the_old_address_leads_to_the_new_one(site: Path) -> None:
    write(site, {"content/rest.md": PAGE.replace("[a list](downloads/findings.csv)", "a list")})
    assert rename(site, "content/rest.md", "part/quiet").code == 0
    assert problems_of(site) == []
    assert build_here(site).code == 0
    old = (site / "site/rest.html").read_text("utf-8")
    for said in (
        '<meta http-equiv="refresh" content="0; url=part/quiet.html">',
        '<link rel="canonical" href="part/quiet.html">',
        '<meta name="robots" content="noindex">',
        '<a href="part/quiet.html">On rest',
    ):
        assert said in old
    assert (
        (site / "site/_redirects")
        .read_text("utf-8")
        .endswith("\n/rest.html /part/quiet.html 301!\n")
    )
    assert '"rest.html":' in (site / "site" / MANIFEST).read_text("utf-8")


def test_a_page_that_is_renamed_back_has_no_former_name_of_its_own(site: Path) -> None:
    rename(site, "rest", "quiet")
    rename(site, "quiet", "silence")
    assert b"\nformerly: [rest, quiet]\n" in texts(site)["content/silence.md"]
    rename(site, "silence", "rest")
    assert b"\nformerly: [quiet, silence]\n" in texts(site)["content/rest.md"]
    assert problems_of(site) == []


def test_a_list_of_former_names_over_several_lines_is_kept(site: Path) -> None:
    write(
        site,
        {
            "content/rest.md": PAGE.replace(
                "kind: plain\n", "formerly:\n  - old\n  - older\nkind: plain\n"
            )
        },
    )
    rename(site, "rest", "quiet")
    assert texts(site)["content/quiet.md"].startswith(
        b"---\ntitle: On rest\nformerly: [old, older, rest]\nkind: plain\n---\n"
    )


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_mark_of_a_file_stay(start: bytes, site: Path) -> None:
    raw = start + PAGE.replace("\n", "\r\n").encode()
    write(site, {"content/rest.md": raw})
    rename(site, "rest", "quiet")
    expected = (
        start
        + PAGE.replace("kind: plain\n", "kind: plain\nformerly: [rest]\n")
        .replace("\n", "\r\n")
        .encode()
    )
    assert texts(site)["content/quiet.md"] == expected


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rast", "quiet", "there is no page 'rast'. Did you mean 'rest'?"),
        ("rest", "about", "there is a page 'about' already."),
        ("rest", "Quiet Page", "Did you mean 'quiet-page'?"),
    ],
)
def test_a_name_that_cannot_be_changes_nothing(old: str, new: str, said: str, site: Path) -> None:
    before = texts(site)
    printed = rename(site, old, new)
    assert printed.code == 2
    assert said in printed.problems
    assert texts(site) == before


def test_what_would_be_wrong_afterwards_changes_nothing(site: Path) -> None:
    write(
        site,
        {
            "content/about.md": "---\ntitle: About\nkind: plain\nformerly: [quiet, rest]\n---\nText.\n"
        },
    )
    before = texts(site)
    printed = rename(site, "rest", "quiet")
    assert printed.code == 1
    assert "[page-moved]" in printed.problems
    assert texts(site) == before


def test_when_a_file_cannot_be_put_in_place_all_are_as_they_were(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(site)
    replace, put = Path.replace, list[Path]()

    def stop(path: Path, target: Path) -> Path:
        put.append(target)
        if len(put) == 4:
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    with monkeypatch.context() as stopped:
        stopped.setattr(Path, "replace", stop)
        printed = rename(site, "rest", "part/quiet")
    assert printed.code == 1
    assert "cannot be written: no space left on device. Nothing was changed." in printed.problems
    assert texts(site) == before


@pytest.mark.parametrize("at", range(1, 4))
def test_stopped_anywhere_nothing_is_half_done(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: dict[str, bytes | None] = {"a": b"old a", "b": b"old b", "new/c": None, "d": b"old d"}
    write(tmp_path, {name: raw for name, raw in before.items() if raw})
    after = {"a": b"new a", "new/c": b"new c", "b": b"new b", "d": None}
    calls: list[int] = []

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(1)
        if len(calls) == at:
            raise KeyboardInterrupt
        os.replace(path, target)  # noqa: PTH105 - the method is what is held up
        return target

    with monkeypatch.context() as stopped:
        stopped.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_together(tmp_path, before, after)
    assert files_below(tmp_path) == {name: raw for name, raw in before.items() if raw}
    write_together(tmp_path, before, after)
    assert files_below(tmp_path) == {name: raw for name, raw in after.items() if raw}


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a": "theirs"})
    with pytest.raises(ChangedMeanwhileError):
        write_together(tmp_path, {"a": b"old"}, {"a": b"new"})
    assert files_below(tmp_path) == {"a": b"theirs"}


# Former names


def test_two_pages_cannot_have_had_one_name(site: Path) -> None:
    front = "---\ntitle: {}\nkind: plain\nformerly: [old, Bad_name]\n---\nText.\n"
    write(site, {"content/a.md": front.format("A"), "content/b.md": front.format("B")})
    assert sorted(places_of(site)) == [
        ("content/a.md:4:17", "page-moved"), ("content/b.md:4:12", "page-moved"), ("content/b.md:4:17", "page-moved"),
    ]  # fmt: skip


def test_a_former_name_is_not_that_of_a_page_which_the_program_makes(site: Path) -> None:
    write(
        site,
        {
            "content/a.md": "---\ntitle: A\nkind: plain\nformerly: [studies/smith-2020]\n---\nText.\n"
        },
    )
    assert places_of(site) == [("content/a.md:1:1", "page-moved")]
