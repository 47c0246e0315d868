from __future__ import annotations

from evidence.figures.measures import filled, kept_together, text_width, wrapped


def test_widths_are_those_of_the_font_that_vega_measures_with() -> None:
    # Measured in a browser with Liberation Sans at 13 px
    assert round(text_width("40.8 to 56.9", 13), 1) == 68.7
    assert round(text_width("Percent, AIS (A) 95% †", 13, bold=True), 1) == 138.7


def test_a_letter_with_an_accent_is_as_wide_as_without() -> None:
    assert text_width("Mendonça") == text_width("Mendonca")


def test_lines_are_no_wider_than_asked_and_lose_no_word() -> None:
    words = "People given no cells: natural recovery, complete injury at first examination"
    lines = filled(words, 200)
    assert all(text_width(line) <= 200 for line in lines)
    assert " ".join(lines) == words


def test_two_lines_are_made_alike() -> None:
    assert filled("Approval in Japan reported", 150) == ["Approval in Japan", "reported"]
    assert wrapped("Approval in Japan reported", 150) == ["Approval in", "Japan reported"]


def test_a_word_wider_than_the_line_stands_alone() -> None:
    assert wrapped("a Donaudampfschiffahrt b", 40) == ["a", "Donaudampfschiffahrt", "b"]


def test_no_words_need_no_line() -> None:
    assert wrapped("", 100) == []


def test_a_statistic_and_its_number_stay_on_one_line() -> None:
    words = kept_together("tau² 0.005 (log scale), I² 12%, Q 11.0 with 10 degrees, P = 0.36.")
    assert "P\u00a0=\u00a00.36." in filled(words, 60, 13)
    assert "Q\u00a011.0" in filled(words, 60, 13)
    assert words.replace("\u00a0", " ").startswith("tau² 0.005 (log scale), I² 12%, Q 11.0")
    assert kept_together("Plan B and 3 others") == "Plan B and 3 others"
    assert text_width("P\u00a0= 1") == text_width("P = 1")
