"""How many people hold a position for good at one time, and who stands in the way of one more."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_PLT = 3  # months, once renewable: SE BKN 1/SE/I/2021


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Someone holds the position from the first day to the last one, both included."""

    employee_id: int
    name: str
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, other: "Span") -> bool:
        return self.covers(other.starts_on) or other.covers(self.starts_on)


def most_at_once(spans: Sequence[Span]) -> int:
    """The number is highest on a day when somebody begins."""
    return max((sum(other.covers(each.starts_on) for other in spans) for each in spans), default=0)


def in_the_way(new: Span, taken: Iterable[Span], seats: int) -> tuple[Span, ...]:
    """Those who fill every seat on a day that `new` wants one; nobody when there is room on all its days."""
    met = [span for span in taken if span.meets(new)]
    days = sorted({new.starts_on, *(span.starts_on for span in met if span.starts_on > new.starts_on)})
    for day in days:
        there = tuple(span for span in met if span.covers(day))
        if len({span.employee_id for span in there}) >= seats:
            return there
    return ()


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_of_plt(new: Span, earlier: Iterable[Span]) -> int:
    """0: within three months. 1: longer, which the renewal covers. 2: longer than the renewal allows.

    An earlier Plt of the same person counts when this one follows on it.
    """
    first = new.starts_on
    for span in sorted(earlier, key=lambda span: span.starts_on, reverse=True):
        follows = span.ends_on is not None and span.ends_on + timedelta(days=1) >= first
        if span.employee_id == new.employee_id and span.starts_on < first and follows:
            first = span.starts_on
    if new.ends_on is None or new.ends_on >= months_later(first, 2 * LONGEST_PLT):
        return 2
    return 1 if new.ends_on >= months_later(first, LONGEST_PLT) else 0
