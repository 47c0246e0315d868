from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.finished.words import (
    SPELLINGS,
    count_words,
    fold,
    forms,
    other_spelling,
    trimmed_doi,
    words,
)

# Letters that are written in several ways, and marks that join
ODD = "aZ09 .,-/:'^²⁶½–−’“”éÁβτ\u202f\u2009\xa0_()%<İßﬁ①"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Álvaro-García", "alvaro-garcia"),
        ("I² and τ²", "i^2 and tau^2"),
        ("40.8–56.9", "40.8-56.9"),
        ("−0.5", "-0.5"),
        ("2\u202f439 people", "2,439 people"),
        ("1\u2009234\u2009567", "1,234,567"),
        ("Table\xa02", "table 2"),
        ("Crohn’s", "crohn's"),
        ("2½", "2 1/2"),
        ("CO₂ ﬁbre", "co2 fibre"),
        ("TGF-β1", "tgf-beta-1"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NCT01541579.", {"nct01541579"}),
        ("(doi 10.1186/ar4520)", {"10.1186/ar4520", "10.1186", "ar4520"}),
        ("10.1016/S0140-6736(16)31203-X.", {"10.1016/s0140-6736(16)31203-x"}),
        ("https://doi.org/10.1186/ar4520", {"10.1186/ar4520"}),
        ("48.9% of", {"48.9", "48", "9"}),
        ("2,439 patients", {"2,439", "2439", "2", "439"}),
        ("stem-cell", {"stem-cell", "stem", "cell", "stemcell"}),
        ("I²", {"i^2", "i2", "i"}),
        ("10⁶", {"10^6", "10", "6"}),
        ("EUCTR2011-006064-43-ES", {"euctr2011-006064-43-es", "006064"}),
        ("40.8–56.9", {"40.8-56.9", "40.8", "56.9"}),
        ("Phase 1/2", {"1/2", "1", "2"}),
        ("haematopoietic", {"haematopoietic", "hematopoietic"}),
        ("Crohn’s", {"crohn's", "crohns", "crohn"}),
        ("BMC Medicine 20:284", {"20:284", "20", "284"}),
    ],
)
def test_a_word_is_one_as_a_whole_and_in_its_parts(text: str, wanted: set[str]) -> None:
    assert wanted <= set(words(text))


def test_a_power_is_not_joined_to_another_number() -> None:
    assert "106" not in set(words("10⁶ cells"))


def test_a_number_is_not_cut_out_of_a_name() -> None:
    assert "01541579" not in set(words("NCT01541579"))


@pytest.mark.parametrize(
    ("doi", "trimmed"),
    [
        ("10.1186/ar4520.", "10.1186/ar4520"),
        ("10.1186/ar4520).", "10.1186/ar4520"),
        ("10.1002/(SICI)1097-0142(19990101)", "10.1002/(SICI)1097-0142(19990101)"),
        ("10.1002/(SICI)1097);", "10.1002/(SICI)1097"),
    ],
)
def test_a_doi_ends_before_the_mark_of_the_sentence(doi: str, trimmed: str) -> None:
    assert trimmed_doi(doi) == trimmed


@pytest.mark.parametrize(("british", "american"), SPELLINGS)
def test_a_british_stem_is_also_indexed_in_american_spelling(british: str, american: str) -> None:
    assert other_spelling(british) == american
    assert american in set(words(british))


@pytest.mark.parametrize("word", ["hour", "four", "for", "cell", "is", "raise"])
def test_a_word_that_only_looks_british_has_no_other_spelling(word: str) -> None:
    assert other_spelling(word) == ""


@given(st.text(st.sampled_from(ODD), max_size=40))
def test_folding_a_folded_text_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(st.sampled_from(ODD), max_size=40), st.text(st.sampled_from(ODD), max_size=20))
def test_what_stands_between_blanks_is_found_whatever_stands_around_it(
    text: str, other: str
) -> None:
    alone = set(words(text))
    assert alone <= set(words(f"{other} | {text} | {other}"))


@given(st.text(st.sampled_from(ODD), max_size=20))
def test_every_form_of_a_run_is_a_word_of_the_text(text: str) -> None:
    found = set(words(text))
    for word in list(found):
        if word[0].isalnum() and word[-1].isalnum() and "(" not in word:
            assert forms(word)[0] in found


@given(
    st.lists(st.sampled_from(["CD34+", "cell", "stem-cell", "10.1/x", "10.1186/ar4520.", "2,439"]))
)
def test_words_are_counted_as_they_are_found(parts: list[str]) -> None:
    text = " ".join(parts)
    counted = count_words(text)
    assert counted == dict(Counter(words(text)))
    assert list(counted) == list(dict.fromkeys(words(text)))
