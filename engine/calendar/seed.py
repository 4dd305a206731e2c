"""What the library of holidays knows of Indonesia: a beginning for the office's own table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import holidays

from engine.calendar.model import HolidayKind
from engine.calendar.weeks import Period

SEEDED_YEARS = (2025, 2026, 2027)
RAMADAN_1447 = Period(first_day=date(2026, 2, 19), last_day=date(2026, 3, 20))
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHoliday:
    day: date
    kind: HolidayKind
    name: str
    legal_basis: str


def known_holidays(years: Iterable[int]) -> list[KnownHoliday]:
    """Public holidays and joint leave (the library's category "government"), in order of days."""
    wanted = list(years)
    joint_leave = _named(wanted, "government", HolidayKind.JOINT_LEAVE)
    public = _named(wanted, "public", HolidayKind.PUBLIC)
    return [holiday for _, holiday in sorted((joint_leave | public).items())]


def _named(years: list[int], category: str, kind: HolidayKind) -> dict[date, KnownHoliday]:
    found = holidays.country_holidays("ID", years=years, categories=category, language="id")
    return {
        day: KnownHoliday(day=day, kind=kind, name=name[:NAME_LENGTH], legal_basis=_legal_basis(day.year))
        for day, name in found.items()
    }


def _legal_basis(year: int) -> str:
    return (
        "SKB Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB "
        f"tentang Hari Libur Nasional dan Cuti Bersama Tahun {year}"
    )
