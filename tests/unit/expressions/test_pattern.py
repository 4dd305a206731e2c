from datetime import date

import pytest

from engine.expressions import pattern
from engine.expressions.errors import ExpressionFault
from engine.expressions.pattern import LetterNumber, check, written

SEVENTH = LetterNumber(serial=7, register="SURAT", code="PP.00", on=date(2026, 11, 3))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (pattern.ORDINARY, "SURAT-2026-00007"),
        ("{nomor:03}/Kk.11.15/{kode}/{bulan_romawi}/{tahun}", "007/Kk.11.15/PP.00/XI/2026"),
        ("B-{nomor}/{tanggal}{bulan}", "B-7/0311"),
    ],
)
def test_a_number_is_written_as_the_pattern_says(text, number):
    check(text)
    assert written(text, SEVENTH) == number


def test_a_code_with_braces_is_only_text():
    number = LetterNumber(serial=1, register="A", code="{tahun}", on=date(2026, 1, 1))
    assert written("{nomor}/{kode}", number) == "1/{tahun}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{nomor.__class__}", "pattern.unknown_place"),
        ("{nomor:99}", "pattern.unknown_place"),
        ("{tahun:05}{nomor}", "pattern.unknown_place"),
        ("{nomor}{", "pattern.unknown_place"),
        ("B-{tahun}", "pattern.no_serial"),
        ("{nomor}" + "x" * 200, "pattern.too_long"),
        ("{nomor}\n", "pattern.too_long"),
    ],
)
def test_other_patterns_are_refused(text, code):
    with pytest.raises(ExpressionFault) as caught:
        check(text)
    assert caught.value.code == code
