"""How numbers of letters are written: `{nomor:03}/Kk.11.15/{kode}/{bulan_romawi}/{tahun}`.

Only the places named here exist; there is no formatting language behind them that could walk about or grow.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.base.i18n import _
from engine.expressions.errors import ExpressionFault

ORDINARY = "{register}-{tahun}-{nomor:05}"
LONGEST = 120
PLACE = re.compile(r"\{(?P<name>[a-z_]{1,20})(?::0(?P<width>[1-9]))?\}")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumber:
    """What a number is made of."""

    serial: int
    register: str
    code: str
    on: date


PLACES: Mapping[str, Callable[[LetterNumber], str]] = {
    "nomor": lambda number: str(number.serial),
    "register": lambda number: number.register,
    "kode": lambda number: number.code,
    "tanggal": lambda number: f"{number.on.day:02}",
    "bulan": lambda number: f"{number.on.month:02}",
    "bulan_romawi": lambda number: ROMAN[number.on.month - 1],
    "tahun": lambda number: str(number.on.year),
}


def check(pattern: str) -> None:
    """Raises ExpressionFault with the place of what cannot be written there."""
    if len(pattern) > LONGEST or not pattern.isprintable():
        message = _("A number is written in one line of at most %(limit)s characters.")
        raise ExpressionFault(pattern, 0, "pattern.too_long", message, {"limit": LONGEST})
    names = {match["name"] for match in PLACE.finditer(pattern)}
    for match in PLACE.finditer(pattern):
        if match["name"] not in PLACES or (match["width"] and match["name"] != "nomor"):
            raise _unknown(pattern, match.start(), match.group())
    rest = PLACE.sub(lambda match: "x" * len(match.group()), pattern)
    loose = re.search(r"[{}]", rest)
    if loose:
        raise _unknown(pattern, loose.start(), loose.group())
    if "nomor" not in names:
        message = _("The pattern has no place {nomor}, so that every letter would get the same number.")
        raise ExpressionFault(pattern, 0, "pattern.no_serial", message)


def written(pattern: str, number: LetterNumber) -> str:
    """The number as the pattern has it; the pattern has been checked."""

    def fill(match: re.Match[str]) -> str:
        return PLACES[match["name"]](number).zfill(int(match["width"] or 0))

    return PLACE.sub(fill, pattern)


def _unknown(pattern: str, offset: int, place: str) -> ExpressionFault:
    message = _("“%(found)s” is no place of a number. Known are: %(places)s.")
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    return ExpressionFault(pattern, offset, "pattern.unknown_place", message, {"found": place, "places": known})
