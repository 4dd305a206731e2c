"""The words by which a case is found."""

import pytest

from engine.execution.words import LONGEST_WORD, MOST_WORDS, with_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SM-2026-00042", ("sm", "2026", "00042")),
        ("Surat Keputusan: No. 12/B", ("surat", "keputusan", "no", "12", "b")),
        ("nomor_agenda", ("nomor", "agenda")),
        ("ＡＢＣ straße", ("abc", "strasse")),
        ("  \x00 -- ", ()),
    ],
)
def test_capitals_and_signs_make_no_difference(text: str, words: tuple[str, ...]):
    assert words_of(text) == words


def test_answers_give_their_words_however_deep():
    known = with_words("", "SM-1", {"perihal": "Undangan rapat", "baris": [{"jumlah": 12}, None, True]})
    assert known == "sm 1 undangan rapat 12"


def test_words_that_are_known_stay_and_stand_once():
    assert with_words("undangan rapat", {"perihal": "Rapat kerja"}) == "undangan rapat kerja"


def test_a_case_keeps_no_more_words_than_a_page_has():
    assert len(with_words("", " ".join(map(str, range(10_000)))).split()) == MOST_WORDS


def test_a_word_without_an_end_is_cut():
    assert words_of("a" * 9_000) == ("a" * LONGEST_WORD,)
