"""The employee number (NIP): birth, first appointment, sex, serial. Pure rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _

SHAPE = re.compile(
    r"(?P<birth>[0-9]{8})(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<sex>[0-9])(?P<serial>[0-9]{3})", re.ASCII
)
# A government employee on contract (PPPK) has a code from here on where others have the month of appointment.
FIRST_PPPK_CODE = 21
DIGITS = frozenset("0123456789")
YOUNGEST_AT_APPOINTMENT, OLDEST_AT_APPOINTMENT = 17, 60


class Sex(StrEnum):
    MALE = "1"
    FEMALE = "2"


class InvalidNip(Invalid):
    code = "organisation.nip_invalid"
    message = _("This is not a valid NIP: %(reason)s")

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason={"message": reason, "params": params})

    @property
    def reason(self) -> Mapping[str, Any]:
        reason: Mapping[str, Any] = self.params["reason"]
        return reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Nip:
    """`start_month` is None for PPPK, whose number does not tell it."""

    digits: str
    birth: date
    start_year: int
    start_month: int | None
    sex: Sex

    def __str__(self) -> str:
        return in_groups(self.digits)


def in_groups(digits: str) -> str:
    """As people write it: 19860926 201505 1 001."""
    return f"{digits[:8]} {digits[8:14]} {digits[14:15]} {digits[15:]}"


def parse_nip(text: str) -> Nip:
    """The number that `text` writes, spaces allowed; raises InvalidNip that names the wrong digits."""
    digits = "".join(text.split())
    parts = SHAPE.fullmatch(digits)
    strange = next((sign for sign in digits if sign not in DIGITS), None)
    if strange is not None and strange.isdigit():
        raise InvalidNip(
            _("it must have 18 digits from 0 to 9, and “%(sign)s” is a digit of another script."), sign=strange
        )
    if strange is not None:
        raise InvalidNip(_("it must have 18 digits and no other signs, and has “%(sign)s”."), sign=_shown(strange))
    if parts is None:
        raise InvalidNip(_("it must have 18 digits, and has %(length)s characters."), length=len(digits))
    birth = _birth(parts["birth"])
    start_year = int(parts["year"])
    start_month = _start_month(parts["month"])
    if not YOUNGEST_AT_APPOINTMENT <= start_year - birth.year <= OLDEST_AT_APPOINTMENT:
        raise InvalidNip(
            _("digits 9–12 (%(start)s) are no year of appointment for someone born in %(birth)s."),
            start=start_year,
            birth=birth.year,
        )
    if parts["sex"] not in tuple(Sex):
        raise InvalidNip(_("digit 15 (%(digit)s) must be 1 for a man or 2 for a woman."), digit=parts["sex"])
    if parts["serial"] == "000":
        raise InvalidNip(_("digits 16–18 are a serial that starts at 001."))
    return Nip(digits=digits, birth=birth, start_year=start_year, start_month=start_month, sex=Sex(parts["sex"]))


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


def _birth(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidNip(_("digits 1–8 (%(digits)s) are not a date of birth."), digits=digits) from None


def _start_month(digits: str) -> int | None:
    month = int(digits)
    if month >= FIRST_PPPK_CODE:
        return None
    if not 1 <= month <= 12:
        raise InvalidNip(
            _("digits 13–14 (%(digits)s) are neither a month nor a PPPK code (21 or more)."), digits=digits
        )
    return month
