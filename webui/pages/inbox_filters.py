"""Which inbox an address means: its view and what narrows it; and the address of one, to be shared or come back to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from engine.base.days import day_written, is_near
from engine.base.paging import LARGEST_ID
from engine.base.text import one_line
from engine.worklist.terms import Due, FollowUp, Priority, Sort, Terms
from engine.worklist.views import View

LONGEST_TEXT = 100
VIEWS = {
    "saya": View.MINE,
    "antrean": View.POOL,
    "atas-nama": View.BEHALF,
    "terlambat": View.LATE,
    "hari-ini": View.TODAY,
    "unit": View.UNIT,
    "selesai": View.DONE,
}
DUES = {"terlambat": Due.LATE, "hari-ini": Due.TODAY, "minggu-ini": Due.WEEK, "tanpa": Due.NONE}
PRIORITIES = {"mendesak": Priority.URGENT, "biasa": Priority.NORMAL, "rendah": Priority.LOW}
FOLLOW_UPS = {"hari-ini": FollowUp.NOW, "semua": FollowUp.ANY}
SORTS = {"batas": Sort.DUE, "datang": Sort.ARRIVED, "prioritas": Sort.PRIORITY, "nomor": Sort.NUMBER}
Chosen = TypeVar("Chosen", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A view and its terms. What an address says and we do not know is left out."""

    view: View = View.MINE
    terms: Terms = field(default_factory=Terms)

    @property
    def is_narrowed(self) -> bool:
        return replace(self.terms, sort=Sort.DUE) != Terms()

    @property
    def is_worth_keeping(self) -> bool:
        """Not so what the inbox opens with anyway."""
        return self != Place()

    def query(self, **other: Any) -> dict[str, Any]:
        """The parts of the address; `other` adds to them or, with None, takes one out."""
        terms = self.terms
        parts = {
            "tampilan": _word(VIEWS, self.view),
            "cari": terms.text or None,
            "prosedur": terms.definition_key or None,
            "unit": terms.unit_id,
            "orang": terms.holder or None,
            "batas": _word(DUES, terms.due),
            "dari": terms.due_from.isoformat() if terms.due_from else None,
            "sampai": terms.due_to.isoformat() if terms.due_to else None,
            "prioritas": _word(PRIORITIES, terms.priority),
            "ingat": _word(FOLLOW_UPS, terms.follow_up),
            "urut": None if terms.sort is Sort.DUE else _word(SORTS, terms.sort),
            **other,
        }
        return {name: value for name, value in parts.items() if value is not None}


def place_of(said: Mapping[str, Any]) -> Place:
    """From the parts of an address, or from those kept under a name."""
    return Place(
        view=VIEWS.get(_text(said, "tampilan"), View.MINE),
        terms=Terms(
            text=_text(said, "cari"),
            definition_key=_text(said, "prosedur"),
            unit_id=_number(said, "unit"),
            holder=_text(said, "orang"),
            due=DUES.get(_text(said, "batas")),
            due_from=_day(said, "dari"),
            due_to=_day(said, "sampai"),
            priority=PRIORITIES.get(_text(said, "prioritas")),
            follow_up=FOLLOW_UPS.get(_text(said, "ingat")),
            sort=SORTS.get(_text(said, "urut"), Sort.DUE),
        ),
    )


def _word(words: Mapping[str, Chosen], chosen: Chosen | None) -> str | None:
    return next((word for word, meant in words.items() if meant is chosen), None)


def _text(said: Mapping[str, Any], name: str) -> str:
    return one_line(str(said.get(name, ""))[: LONGEST_TEXT * 2])[:LONGEST_TEXT].strip()


def _number(said: Mapping[str, Any], name: str) -> int | None:
    text = _text(said, name)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


def _day(said: Mapping[str, Any], name: str) -> date | None:
    day = day_written(_text(said, name))
    return day if day is not None and is_near(day) else None
