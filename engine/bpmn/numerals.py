"""Small Indonesian numerals, as they stand in official letters: *tiga puluh lima*, *setengah*."""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

_DIGITS = MappingProxyType(
    {
        word: value
        for value, word in enumerate(
            ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"),
            start=1,
        )
    }
)
_PARTS = MappingProxyType({"setengah": Decimal("0.5"), "seperempat": Decimal("0.25")})


# What a word makes of the digit before it: so many times, and so much more.
_TURNED = MappingProxyType({"belas": (1, 10), "puluh": (10, 0), "ratus": (100, 0)})


def numeral(words: Sequence[str]) -> Decimal | None:
    """Its value below a thousand; None where it is no numeral."""
    if len(words) == 1 and words[0] in _PARTS:
        return _PARTS[words[0]]
    total, digit = 0, 0
    for word in words:
        if word in _DIGITS and not digit:
            digit = _DIGITS[word]
        elif word == "seratus" and not (digit or total):
            total = 100
        elif word in _TURNED and 0 < digit < 10:
            times, more = _TURNED[word]
            total, digit = total + digit * times + more, 0
        else:
            return None
    return Decimal(total + digit) if total + digit else None
