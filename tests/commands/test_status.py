"""What waits for somebody is listed with its place, and counted."""

from __future__ import annotations

from pathlib import Path

from tests.projects import TODAY, build_here, write

HEADER = "study,finding,quantity,on,by,reason,note,second-on,second-by\n"


def status(root: Path, *words: str) -> dict[str, list[str]]:
    """Return the lines of each part by its title."""
    printed = build_here(root, "status", *words)
    assert (printed.code, printed.problems) == (0, "")
    parts: dict[str, list[str]] = {}
    for line in printed.out.splitlines():
        if line.startswith("  "):
            parts[list(parts)[-1]].append(line.strip())
        else:
            parts[line] = []
    return parts


def page(review: str) -> str:
    return f"---\ntitle: About\nkind: plain\nreview-due: {review}\n---\nText.\n"


def test_where_nothing_waits_each_part_says_so(minimal: Path) -> None:
    parts = status(minimal)
    assert [title.rpartition(": ")[2] for title in parts] == ["none"] * 10
    assert not any(parts.values())


def test_reviews_are_overdue_or_due_soon(minimal: Path) -> None:
    assert TODAY.isoformat() == "2026-11-29"
    days = {"a": "2026-11-28", "b": "2026-11-29", "c": "2026-12-29", "d": "2026-12-30"}
    write(minimal, {f"content/{name}.md": page(day) for name, day in days.items()})
    parts = status(minimal)
    assert parts["Overdue for review: 1"] == ["content/a.md:4:13: due on 2026-11-28"]
    assert parts["Due for review in 30 days: 2"] == [
        "content/b.md:4:13: due on 2026-11-29",
        "content/c.md:4:13: due on 2026-12-29",
    ]


def test_findings_read_once_are_counted_by_study(minimal: Path) -> None:
    lines = [
        "a,x,n 1,2026-11-20,Ann,new,,,", "a,y,n 1,2026-11-20,Ann,new,,2026-11-21,Bo",
        "a,z,n 1,2026-11-20,Ann,new,,,", "b,x,n 1,2026-11-20,Ann,new,,,", "b,y,,2026-11-20,Ann,gone,,,",
    ]  # fmt: skip
    write(minimal, {"data/readings.csv": HEADER + "\n".join(lines) + "\n"})
    title = "Studies with findings that were read once only (3 findings): 2"
    assert status(minimal)[title] == ["a: 2", "b: 1"]


def test_what_nothing_names_is_listed(minimal: Path) -> None:
    text = (minimal / "data/sources/smith-2020.yaml").read_text("utf-8")
    write(
        minimal,
        {
            "data/sources/jones-2021.yaml": text,
            "data/figures/rest.yaml": "kind: shares\n",
            "data/tables/pain.csv": "a,b\n",
        },
    )
    parts = status(minimal)
    assert parts["Unused sources: 1"] == ["data/sources/jones-2021.yaml"]
    assert parts["Unused figures: 1"] == ["data/figures/rest.yaml"]
    assert parts["Unused tables: 1"] == ["data/tables/pain.csv"]


def test_what_is_unfinished_and_what_is_exempt_is_listed(minimal: Path) -> None:
    body = "The [[=3]] steps. TODO: the rest.\n\nLorem ipsum.\n"
    write(minimal, {"content/about.md": f"---\ntitle: About\nkind: plain\n---\n{body}"})
    parts = status(minimal)
    assert parts["Numbers marked as carrying no evidence: 1"] == ["content/about.md:5:5: [[=3]]"]
    assert parts["Unfinished (TODO, lorem ipsum): 2"] == [
        "content/about.md:5:19: The [[=3]] steps. TODO: the rest.",
        "content/about.md:7:1: Lorem ipsum.",
    ]


def test_a_long_part_is_cut_unless_all_is_asked_for(minimal: Path) -> None:
    write(minimal, {f"data/tables/t{number}.csv": "a\n" for number in range(10, 20)})
    assert status(minimal)["Unused tables: 10"][-1] == "and 2 more (--all lists them)"
    assert len(status(minimal, "--all")["Unused tables: 10"]) == 10
