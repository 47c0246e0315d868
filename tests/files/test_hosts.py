"""What hosts read says what the table of headers says."""

from __future__ import annotations

import re

import pytest

from evidence.files.hosts import (
    MOUNT,
    apache,
    bucket,
    headers_file,
    nginx,
    nginx_location,
    nginx_maps,
)
from evidence.finished.headers import BY_FOLDER, EDITOR, EVERYWHERE, POLICY, TRANSPORT
from evidence.run import Built

MOST_RULES = 100  # that Cloudflare Pages reads
LONGEST = 2000  # characters of a line there


def rules(*, editor: bool = False) -> dict[str, dict[str, str]]:
    """Return the headers of each rule in ``_headers`` by its path."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in headers_file(editor=editor).splitlines():
        if line.startswith("/"):
            path = line
            found[path] = {}
        elif not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
    return found


def test_the_file_of_headers_has_every_rule_but_how_long_pages_are_kept() -> None:
    everywhere = {name: value for name, value in EVERYWHERE.items() if name != "Cache-Control"}
    folders = {folder: own for folder, own in BY_FOLDER.items() if folder != EDITOR}
    assert rules() == {"/*": everywhere} | {f"/{folder}*": own for folder, own in folders.items()}


def test_with_an_editor_no_policy_is_joined_with_its_own() -> None:
    """Joined, two policies hold both, and the one of the other pages lets no editor start."""
    found, plain = rules(editor=True), rules()
    policy = "Content-Security-Policy"
    assert [path for path, own in found.items() if policy in own] == ["/edit/*", "/figures/*"]
    assert found.pop("/edit/*") == BY_FOLDER[EDITOR]
    assert found | {"/*": found["/*"] | {policy: POLICY}} == plain


def test_no_rule_contradicts_another_when_a_host_joins_them() -> None:
    """A policy beside a policy holds too; of two words on who may use a file neither counts."""
    found = rules()
    for path, own in found.items():
        twice = own.keys() & found["/*"].keys() if path != "/*" else set()
        assert twice <= {"Content-Security-Policy", "Cross-Origin-Resource-Policy"}, path
    assert "frame-ancestors" not in found["/*"]["Content-Security-Policy"]


def test_the_file_of_headers_is_within_the_limits_of_hosts() -> None:
    assert len(rules()) <= MOST_RULES
    assert max(map(len, headers_file().splitlines())) <= LONGEST


@pytest.mark.parametrize("recipe", [nginx(), apache()], ids=["nginx", "apache"])
def test_a_recipe_for_the_top_of_a_host_says_everything(recipe: str) -> None:
    for name, value in EVERYWHERE.items():
        assert name in recipe
        assert value in recipe


@pytest.mark.parametrize(
    "recipe", [nginx_maps(MOUNT) + nginx_location(), apache(mount=MOUNT)], ids=["nginx", "apache"]
)
def test_a_recipe_for_a_path_speaks_of_that_path_alone(recipe: str) -> None:
    assert TRANSPORT not in recipe
    assert POLICY in recipe
    assert not re.search(r"[#^ ]/(?:figures|lasting|404\.html)", recipe)


def test_new_styles_come_to_a_store_first_and_old_ones_go_last() -> None:
    lines = bucket().splitlines()
    assert "lasting/" in lines[0]
    assert [line for line in lines if "--delete" in line] == [lines[-1]]


def test_a_site_has_what_hosts_read(minimal_site: Built) -> None:
    files = minimal_site.site.files
    assert files["_headers"] == headers_file().encode()
    assert files[".nojekyll"] == b""


def test_every_page_says_the_policy_before_it_asks_for_anything(gallery_site: Built) -> None:
    site = gallery_site.site
    said = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'.encode()
    assert [
        path for path in site.pages() if site.files[path].partition(said)[0].count(b"<") != 3
    ] == []
