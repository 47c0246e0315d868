"""The editor is in a site that asks for it, with a policy of its own, and in no other."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from evidence.files.browser_editor.editor_files import HERE, editor_files
from evidence.files.browser_editor.settings import configuration, edited_site
from evidence.model.browser_editor import Repository, entry_of
from evidence.run import Built
from tests.projects import GALLERY, MINIMAL, build_in_memory, change, make_project, places_of

GITHUB = "repository: https://github.com/cold-people/colds\neditor: {backend: github}\n"


def built(root: Path, site: str) -> Built:
    """Return the smallest site, with more in its site.yaml."""
    make_project(root, MINIMAL)
    file = root / "data/site.yaml"
    file.write_text(file.read_text("utf-8") + site, "utf-8")
    return build_in_memory(root)


def told(made: Built, *, local: bool = False) -> dict[str, Any]:
    config: dict[str, Any] = configuration(edited_site(made.report, local=local))["config"]
    return config


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("online") / "site", GITHUB)


@pytest.mark.parametrize("site", ["", "editor: {backend: local}\n"])
def test_without_a_host_nothing_of_it_is_in_the_site(tmp_path: Path, site: str) -> None:
    plain = built(tmp_path / "plain", "").site.files
    files = built(tmp_path / "site", site).site.files
    assert {path: file.digest for path, file in files.by_path.items()} == {
        path: file.digest for path, file in plain.by_path.items()
    }
    assert not any(path.startswith("edit/") for path in files)
    assert b"Edit this page" not in b"".join(
        files[path] for path in files if path.endswith(".html")
    )
    assert b"/edit/" not in files["_headers"]


def test_with_one_its_files_are_below_edit_and_pages_lead_there(online: Built) -> None:
    files = online.site.files
    names = sorted(path for path in files if path.startswith("edit/"))
    assert names == sorted(editor_files(edited_site(online.report, local=False)))
    assert "edit/local.js" not in names
    assert b'href="edit/index.html#/collections/pages/entries/index"' in files["index.html"]
    study = next(
        path
        for path in files
        if path.startswith("studies/") and path.endswith(".html") and "index" not in path
    )
    stem = study.removeprefix("studies/").removesuffix(".html")
    assert f'href="../edit/index.html#/collections/studies/entries/{stem}"'.encode() in files[study]


def test_the_page_of_a_trial_leads_to_its_file(tmp_path: Path) -> None:
    root = make_project(tmp_path, GALLERY)
    change(root, "data/site.yaml", "/colds.git", "/cold-people/colds.git")
    change(root, "data/site.yaml", "backend: local", "backend: github")
    files = build_in_memory(root).site.files
    name = next(path.stem for path in (root / "data/trials").glob("*.yaml"))
    link = f'href="../edit/index.html#/collections/trials/entries/{name}"'.encode()
    assert link in files[f"trials/{name}.html"]


def test_the_editor_is_no_page_of_the_site(online: Built) -> None:
    files = online.site.files
    assert b"noindex" in files["edit/index.html"]
    assert "edit/index.html" not in online.site.facts
    listed = [path for path in files if path.endswith(".xml") or path.startswith("search/")]
    assert not any(b"edit/index" in files[path] for path in listed)


def test_its_policy_names_the_host_and_lets_no_word_be_a_program(online: Built) -> None:
    page = online.site.files["edit/index.html"].decode()
    assert "script-src 'self';" in page
    assert "unsafe-eval" not in page
    assert "connect-src 'self' data: blob: https://github.com https://api.github.com;" in page
    assert "<script>" not in page


def test_the_configuration_names_the_repository_and_how_people_sign_in(online: Built) -> None:
    config = told(online)
    assert config["backend"] == {
        "name": "github", "repo": "cold-people/colds", "branch": "main", "auth_methods": ["token"]
    }  # fmt: skip
    assert config["publish_mode"] == "editorial_workflow"


GITEA = """\
repository: https://git.example.org/cold-people/colds
editor: {backend: gitea, branch: draft, app-id: 2c5a}
"""
GITLAB = """\
repository: https://gitlab.com/cold/people/colds
editor: {backend: gitlab, app-id: 2c5a}
"""
SIGN_IN = """\
repository: https://github.com/cold-people/colds
editor: {backend: github, sign-in: https://sign-in.example.org}
"""
BOTH = ["oauth", "token"]


@pytest.mark.parametrize(
    ("site", "wanted"),
    [
        (
            GITEA,
            {
                "name": "gitea",
                "repo": "cold-people/colds",
                "branch": "draft",
                "base_url": "https://git.example.org",
                "api_root": "https://git.example.org/api/v1",
                "app_id": "2c5a",
                "auth_methods": BOTH,
            },
        ),
        (
            GITLAB,
            {
                "name": "gitlab",
                "repo": "cold/people/colds",
                "branch": "main",
                "base_url": "https://gitlab.com",
                "api_root": "https://gitlab.com/api/v4",
                "app_id": "2c5a",
                "auth_type": "pkce",
                "auth_methods": BOTH,
            },
        ),
        (
            SIGN_IN,
            {
                "name": "github",
                "repo": "cold-people/colds",
                "branch": "main",
                "base_url": "https://sign-in.example.org",
                "auth_methods": BOTH,
            },
        ),
    ],
    ids=["gitea", "gitlab", "github"],
)
def test_each_kind_of_host_is_told_what_it_needs(tmp_path: Path, site: str, wanted: Any) -> None:
    assert told(built(tmp_path / "site", site))["backend"] == wanted


def test_on_this_computer_nobody_signs_in_anywhere(online: Built) -> None:
    files = editor_files(edited_site(online.report, local=True))
    assert json.loads(files["edit/config.json"])["config"]["backend"] == {"name": "test-repo"}
    page = files["edit/index.html"].decode()
    assert "connect-src 'self' data: blob:;" in page
    assert '<script src="local.js"></script>' in page


def test_a_host_without_a_repository_is_told(tmp_path: Path) -> None:
    make_project(tmp_path, MINIMAL)
    change(tmp_path, "data/site.yaml", "sections:", "editor: {backend: github}\nsections:")
    assert [rule for _, rule in places_of(tmp_path)] == ["value-valid"]


def test_without_an_editor_pages_may_lead_to_where_the_host_edits_files(tmp_path: Path) -> None:
    made = built(tmp_path / "site", "edit: https://example.org/colds/edit/main/(file)\n")
    link = b'<a href="https://example.org/colds/edit/main/content/index.md">Edit this page</a>'
    assert link in made.site.files["index.html"]
    assert "edit/index.html" not in made.site.files


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://github.com/a/b", ("https://github.com", "a/b")),
        ("https://github.com/a/b.git/", ("https://github.com", "a/b")),
        ("https://gitlab.com/a/b/c", ("https://gitlab.com", "a/b/c")),
        ("https://example.org/b", None),
        ("https://example.org/a/b?x", None),
    ],
)
def test_a_repository_is_known_by_its_address(address: str, wanted: tuple[str, str] | None) -> None:
    found = Repository.at(address)
    assert (found and (found.host, found.path)) == wanted


def test_every_page_and_file_of_data_is_an_entry_of_a_collection(tmp_path: Path) -> None:
    report = build_in_memory(make_project(tmp_path, GALLERY)).report
    collections = {
        one["name"]: one
        for one in configuration(edited_site(report, local=True))["config"]["collections"]
    }
    files = [path.relative_to(GALLERY).as_posix() for path in GALLERY.rglob("*.*")]
    asked = [
        file
        for file in files
        if file.endswith((".md", ".yaml"))
        and file.startswith(("content/", "data/"))
        and "registry" not in file
    ]
    assert asked
    alone = {file["file"] for file in collections["site"]["files"]}
    for file in asked:
        if file not in alone:
            _, _, name, _, entry = entry_of(file).split("/")
            assert file in {
                f"{collections[name]['folder']}/{entry}.{end}" for end in ("md", "yaml")
            }


def test_what_is_taken_from_others_is_what_its_list_says() -> None:
    about = json.loads((HERE / "vendor/vendor.json").read_text("utf-8"))
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (HERE / "vendor").iterdir()
        if path.name != "vendor.json"
    }
    assert there == about["sha-256"]
    locked = json.loads((HERE.parents[2] / "tools/editor/package-lock.json").read_text("utf-8"))[
        "packages"
    ]
    for package in about["packages"][:2]:
        assert locked[f"node_modules/{package['name']}"]["version"] == package["version"]
