from __future__ import annotations

from evidence.search.postings import LARGEST, file_of, group_of, shared_out, table_of, written
from tests.search.texts import _read


def test_sheets_are_steps_with_weights_five_bits_to_a_letter() -> None:
    assert written([(0, 3), (1, 0), (5, 7)]) == "DAf"
    assert written([(100, 1)]) == "hZ"


def test_what_is_written_is_read_again() -> None:
    sheets = {0: 7, 1: 0, 40: 3, 10_000: 5, 10_001: 6}
    assert _read(written(sheets.items())) == sheets


def test_words_are_grouped_by_their_first_letters_and_a_short_one_ends() -> None:
    assert [group_of(word) for word in ("lupus", "a", "10.1186/ar4520")] == ["lu", "a ", "10"]


def test_a_large_file_is_parted_by_the_next_letter_and_one_word_may_be_large() -> None:
    lines = [f"the {'A' * LARGEST}", "theatre AB", "them AB"]
    assert list(shared_out("th", lines)) == [
        ("the ", [lines[0]]),
        ("thea", [lines[1]]),
        ("them", [lines[2]]),
    ]


def test_small_groups_are_one_file() -> None:
    assert list(shared_out("lu", ["lupus AB", "lung CD"])) == [("lu", ["lupus AB", "lung CD"])]


def test_the_table_of_files_is_a_tree_of_what_their_words_begin_with() -> None:
    assert table_of(["a ", "th-", "the ", "thea", "lu"]) == "a< >l<u>t<h<-e< a>>>"


def test_a_path_has_only_letters_and_digits_that_any_host_serves() -> None:
    assert file_of("10.1/é ") == "search/words-10_2e_1_2f__e9__20_.js"
