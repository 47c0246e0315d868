from __future__ import annotations

from evidence.search.files import Searched, serialised


def test_the_index_is_in_the_format_of_the_library() -> None:
    made = serialised(
        [
            Searched(({"lupus": 1}, {"cell": 2, "lupus": 1}, {})),
            Searched(({}, {"cell": 1}, {"48.9": 3})),
        ]
    )
    assert made == {
        "documentCount": 2,
        "nextId": 2,
        "documentIds": {"0": 0, "1": 1},
        "fieldIds": {"title": 0, "text": 1, "around": 2},
        "fieldLength": {"0": [1, 2, 0], "1": [0, 1, 1]},
        "averageFieldLength": [0.5, 1.5, 0.5],
        "storedFields": {},
        "dirtCount": 0,
        "index": [
            ("48.9", {"2": {"1": 3}}),
            ("cell", {"1": {"0": 2, "1": 1}}),
            ("lupus", {"0": {"0": 1}, "1": {"0": 1}}),
        ],
        "serializationVersion": 2,
    }


def test_an_index_of_nothing_is_empty() -> None:
    made = serialised([])
    assert made["documentCount"] == 0
    assert made["index"] == []
