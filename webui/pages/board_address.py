"""What a view of the board is about, as its address says: the period, and the part of the office."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import request
from sqlalchemy import select

from engine.base.days import day_written
from engine.base.unit_of_work import Reading
from engine.insight.days import LONGEST_DAYS, Days, month_of, quarter_of, week_of
from engine.insight.within import Within, below, whole_reach
from engine.organisation.model import Unit
from engine.organisation.queries import UnitNotFound
from engine.organisation.unit_queries import UnitChoice, unit_choices
from webui.pages.board_asked import word_asked
from webui.texts import _
from webui.wording import day as day_words

FIRST_YEAR, LAST_YEAR = 2000, 2200
PERIODS: Mapping[str, Callable[[date], Days]] = {"minggu": week_of, "bulan": month_of, "triwulan": quarter_of}
RANGE = "rentang"
USUAL = "bulan"
WHOLE_REACH = "papan"
INDENT = "\u2003"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAddress:
    """`problem` is what is wrong with the days that were typed; the usual period is shown then.

    `whole` is all that the actor may look at, `within` the part that she has chosen of it; `unit_name` says which that
    is, empty for the whole office.
    """

    period: str
    days: Days
    today: date
    moment: datetime
    whole: Within
    within: Within
    unit_id: int | None
    unit_name: str
    typed: Mapping[str, str]
    problem: str = ""
    units: tuple[tuple[int, str], ...] = field(default=())

    def query(self, **other: Any) -> dict[str, Any]:
        """The parts of the address; `other` adds to them or, with None, takes one out."""
        parts: dict[str, Any] = {"periode": self.period, "lingkup": self.unit_id}
        if self.period == RANGE:
            parts |= {"dari": self.days.first.isoformat(), "sampai": self.days.last.isoformat()}
        return _said(parts | other)

    def part(self, **other: Any) -> dict[str, Any]:
        """The same for what is so now, whatever the period."""
        return _said({"lingkup": self.unit_id} | other)

    def cases(self, **other: Any) -> dict[str, Any]:
        """The part of the office as the list of cases takes it: without one, that has whatever she takes part in."""
        scope = self.unit_id or (None if self.whole.units is None else WHOLE_REACH)
        return _said({"lingkup": scope} | other)

    def ended(self, **other: Any) -> dict[str, Any]:
        """The cases that ended in the period."""
        return self.cases(selesai_sejak=self.days.first.isoformat(), selesai_sampai=self.days.last.isoformat(), **other)

    def started(self, **other: Any) -> dict[str, Any]:
        """Those that began in it."""
        return self.cases(mulai_sejak=self.days.first.isoformat(), mulai_sampai=self.days.last.isoformat(), **other)

    def of_oneself(self) -> "BoardAddress":
        """The period alone: what one has done is one's own wherever it lay."""
        return replace(self, unit_id=None, unit_name="", units=())

    @property
    def past(self) -> Days:
        """The period as far as it has come."""
        return self.days.until(max(self.today, self.days.first))

    @property
    def part_in_words(self) -> str:
        """What of the office is counted: the unit chosen, or all that the actor may look at."""
        return self.unit_name or _("The whole office")

    @property
    def in_words(self) -> str:
        return _("%(first)s to %(last)s", first=day_words(self.days.first), last=day_words(self.days.last))


def board_address(reading: Reading) -> BoardAddress:
    today, whole = reading.today, whole_reach(reading)
    choices = _choices(reading, whole)
    units = _indented(choices, whole)
    chosen = _chosen(request.args.get("lingkup", ""), units)
    period, days, problem = _period(today)
    return BoardAddress(
        period=period,
        days=days,
        today=today,
        moment=reading.now.astimezone(reading.settings.zone).replace(tzinfo=None),
        whole=whole,
        within=below(reading, whole, chosen) if chosen else whole,
        unit_id=chosen,
        unit_name=dict(units)[chosen].strip() if chosen else _name_of(whole, choices),
        typed={name: request.args.get(name, "")[:10] for name in ("dari", "sampai")},
        problem=problem,
        units=units,
    )


def reach_of_list(reading: Reading) -> Within | None:
    """The part of the office that the address of a list of cases names, if it names one."""
    text = request.args.get("lingkup", "")
    if text == WHOLE_REACH:
        return whole_reach(reading)
    unit_id = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    return below(reading, whole_reach(reading), unit_id) if unit_id else None


def periods() -> list[tuple[str, str]]:
    return [
        ("minggu", _("This week")),
        ("bulan", _("This month")),
        ("triwulan", _("This quarter")),
        (RANGE, _("From … to …")),
    ]


def day_of(text: str) -> date | None:
    day = day_written(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _period(today: date) -> tuple[str, Days, str]:
    period = word_asked("periode", {*PERIODS, RANGE}, USUAL)
    if period in PERIODS:
        return period, PERIODS[period](today), ""
    first, last = day_of(request.args.get("dari", "")), day_of(request.args.get("sampai", ""))
    if _is_far(request.args.get("dari", "")) or _is_far(request.args.get("sampai", "")):
        return RANGE, PERIODS[USUAL](today), _("These days lie too far away. Choose a shorter period, nearer to now.")
    if first is None or last is None:
        return RANGE, PERIODS[USUAL](today), _("Give the first and the last day, for example 2026-01-01 to 2026-03-31.")
    if last < first:
        return RANGE, PERIODS[USUAL](today), _("The last day lies before the first one. Exchange them.")
    if (last - first).days >= LONGEST_DAYS:
        return RANGE, PERIODS[USUAL](today), _("At most two years at once. Choose a shorter period.")
    return RANGE, Days(first=first, last=last), ""


def _is_far(text: str) -> bool:
    """A day of the calendar, but of no year that the board counts."""
    day = day_written(text)
    return day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR


def _choices(reading: Reading, whole: Within) -> tuple[UnitChoice, ...]:
    """All units in the order of the tree; whoever has a single one to look at needs no tree."""
    if whole.units is not None and len(whole.units) < 2:
        query = select(Unit.id, Unit.name).where(Unit.id.in_(whole.units))
        return tuple(UnitChoice(id=row.id, name=row.name, depth=0) for row in reading.session.execute(query))
    return unit_choices(reading.session)


def _indented(choices: Sequence[UnitChoice], whole: Within) -> tuple[tuple[int, str], ...]:
    """Those that she may look at, with those below them further in."""
    return tuple(
        (unit.id, INDENT * unit.depth + unit.name) for unit in choices if whole.units is None or unit.id in whole.units
    )


def _name_of(whole: Within, choices: Sequence[UnitChoice]) -> str:
    """The units on top of all that she may look at; empty for the whole office."""
    if whole.units is None:
        return ""
    names: list[str] = []
    above: int | None = None  # how deep the named unit lies in whose part of the tree the next ones may be
    for unit in choices:
        if above is not None and unit.depth > above:
            continue
        above = unit.depth if unit.id in whole.units else None
        names += [unit.name] if above is not None else []
    return ", ".join(names)


def _chosen(text: str, units: tuple[tuple[int, str], ...]) -> int | None:
    """Raises UnitNotFound for what is no unit that the actor may look at."""
    if not text:
        return None
    unit_id = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if unit_id not in dict(units):
        raise UnitNotFound
    return unit_id


def _said(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}
