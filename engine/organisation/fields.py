"""One entry of an imported file: each of its values is taken by its kind, or refused with place and remedy."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from engine.base.days import TOO_FAR, is_near
from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.organisation.nip import InvalidNip, parse_nip
from engine.organisation.ranks import find_rank

CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,28}", re.ASCII)
NO_DAY = _("This must be a day written like 2026-01-31.")
NO_RANK = _("This is no golongan: write III/c, or IX for contract employees (PPPK).")
MOST_SEATS = 1000
HIGHEST_CLASS = 17  # kelas jabatan, PermenPAN-RB 39/2013
Kind = TypeVar("Kind", bound=StrEnum)


class Entry:
    """Values are typed Any on purpose: they are only used when `is_sound`, and then have the kind asked for."""

    def __init__(self, row: Any, place: str) -> None:
        self.place = place
        self.problems: list[FieldProblem] = []
        self._is_entry = isinstance(row, dict)
        self._row: dict[Any, Any] = row if isinstance(row, dict) else {}
        self._asked: set[str] = set()
        if not self._is_entry:
            text = _("This must be an entry with named values.")
            self.problems.append(FieldProblem(name=place, code="entry", message=text))

    @property
    def is_sound(self) -> bool:
        return not self.problems

    def names(self) -> frozenset[str]:
        """By which other entries may refer to this one, as they are written."""
        written = (self._row.get(key) for key in ("code", "nip", "username"))
        return frozenset("".join(str(name).split()) for name in written if isinstance(name, str | int))

    def refuse(self, key: str, code: str, message: str, **params: Any) -> None:
        # One problem is told for an entry that is no entry, not one more for each value it lacks.
        if self._is_entry:
            self.problems.append(FieldProblem(name=f"{self.place}.{key}", code=code, message=message, params=params))

    def refuse_the_rest(self) -> None:
        """Values nobody asked for are typing mistakes."""
        for key in sorted(map(str, self._row.keys() - self._asked)):
            known = ", ".join(sorted(self._asked))
            self.refuse(
                str(key)[:60], "unknown_key", _("This name is not known here. Known are: %(known)s."), known=known
            )

    def text(self, key: str, longest: int) -> Any:
        value = self._value(key)
        if value is None:
            self.refuse(key, "missing", _("This value is missing."))
        return self._checked_text(key, value, longest)

    def optional_text(self, key: str, longest: int) -> Any:
        return self._checked_text(key, self._value(key), longest)

    def code(self, key: str) -> Any:
        value = self._value(key)
        if value is None:
            self.refuse(key, "missing", _("This value is missing."))
        return self._checked_code(key, value)

    def optional_code(self, key: str) -> Any:
        return self._checked_code(key, self._value(key))

    def person(self, key: str) -> Any:
        """A NIP, spaces allowed, or a username of the file."""
        value = self._value(key)
        value = str(value) if isinstance(value, int) else self.text(key, 80)
        digits = "".join(value.split()) if isinstance(value, str) else ""
        return digits if digits.isdigit() else value

    def nip(self, key: str) -> Any:
        value = self._value(key)
        if value is None:
            return None
        try:
            return parse_nip(str(value)[:80]).digits
        except InvalidNip as fault:
            self.refuse(key, fault.code, fault.message, **fault.params)
            return None

    def email(self, key: str) -> Any:
        value = self.optional_text(key, 200)
        if isinstance(value, str) and not EMAIL.fullmatch(value):
            self.refuse(key, "email", _("This is not an e-mail address."))
        return value

    def phone(self, key: str) -> Any:
        value = self.optional_text(key, 30)
        if isinstance(value, str) and not PHONE.fullmatch(value):
            self.refuse(key, "phone", _("This is not a telephone number: write it like 0812 3456 7890."))
        return value

    def rank(self, key: str) -> Any:
        """A golongan of civil servants or of contract employees, written in its usual way."""
        value = self.optional_text(key, 10)
        known = find_rank(value) if isinstance(value, str) else None
        if value is not None and known is None:
            self.refuse(key, "rank", NO_RANK)
        return known

    def choice(self, key: str, kinds: type[Kind]) -> Any:
        value = self._value(key)
        if value in tuple(kinds):
            return kinds(value)
        self.refuse(key, "choice", _("This must be one of: %(known)s."), known=", ".join(kinds))
        return None

    def yes_or_no(self, key: str) -> Any:
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "boolean", _("This must be true or false."))
        return bool(value)

    def count(self, key: str, most: int = MOST_SEATS) -> Any:
        value = self.optional_count(key, most)
        return 1 if value is None else value

    def optional_count(self, key: str, most: int) -> Any:
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            self.refuse(key, "count", _("This must be a whole number from 1 to %(most)s."), most=most)
        return value

    def day(self, key: str) -> Any:
        if self._value(key) is None:
            self.refuse(key, "missing", _("This value is missing."))
        return self.optional_day(key)

    def optional_day(self, key: str) -> Any:
        value = self._value(key)
        day = value if isinstance(value, date) and not isinstance(value, datetime) else _day(value)
        if value is not None and day is None:
            self.refuse(key, "day", NO_DAY)
        return self.near(key, day)

    def near(self, key: str, day: date | None) -> Any:
        """The day, unless its year is one in which nobody here plans or remembers."""
        if day is None or is_near(day):
            return day
        self.refuse(key, "far", TOO_FAR, year=day.year)
        return None

    def _value(self, key: str) -> Any:
        self._asked.add(key)
        return self._row.get(key)

    def _checked_text(self, key: str, value: Any, longest: int) -> Any:
        if value is None:
            return None
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text or len(text) > longest or not text.isprintable():
            self.refuse(key, "text", _("This must be text of 1 to %(longest)s characters."), longest=longest)
            return None
        return text

    def _checked_code(self, key: str, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.refuse(
                key, "code", _("This must be a code of small letters, digits and hyphens, such as kasubbag-tu.")
            )
            return None
        return value


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
