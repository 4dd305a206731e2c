"""ISO 8601 dates, durations and cycles, and crontabs, with bounds: no text can make a timer hang or run backwards."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from engine.base.i18n import _
from engine.expressions.cron import is_cron, parse_cron
from engine.expressions.errors import EvaluationFault, ExpressionFault

DATE, DURATION, CYCLE = "timeDate", "timeDuration", "timeCycle"

DURATION_TEXT = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)
DATE_TEXT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
REPETITIONS_TEXT = re.compile(r"R(?P<count>\d{0,5})", re.ASCII)
UNMISTAKABLE = re.compile(
    r"\s*(?:"
    r"[+-]?P(?=[+-]?\d|T[+-]?\d)(?:[+-]?\d+[YMWD])*(?:T(?:[+-]?\d+(?:[.,]\d+)?[HMS])+)?"
    r"|R\d*/\S*"
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:.,]+\S*)?"
    r")\s*",
    re.ASCII,
)
MEANT_AS_TIME = re.compile(r"\s*[+-]?P(?=\D*\d)[-+\dTYMWDHS.,]+\s*", re.ASCII)


EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
SHORTEST_INTERVAL = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a timer is due first; `repetitions` counts the moments left, None when they never end.

    `interval` is a duration or a repetition by the calendar; `day` the day of the month that shorter months lack.
    """

    due_at: datetime
    repetitions: int | None = 1
    interval: str = ""
    day: int | None = None

    def next(self, zone: tzinfo | None = None) -> "Schedule | None":
        """What remains after the timer fired; None when that was the last time. Days are those of the zone's clock."""
        if self.repetitions == 1 or not self.interval:
            return None
        due_at = self.due_at.astimezone(zone) if zone else self.due_at
        left = None if self.repetitions is None else self.repetitions - 1
        if is_cron(self.interval):
            following = parse_cron(self.interval).next_after(due_at, due_at.tzinfo or UTC)
            return replace(self, due_at=following, repetitions=left) if following else None
        return replace(self, due_at=add_duration(due_at, self.interval, self.day), repetitions=left)


def not_a_date(text: object) -> EvaluationFault:
    return EvaluationFault(
        "timer.not_a_date", _("“%(text)s” is not a date such as 2026-01-31T08:00:00+07:00."), {"text": text}
    )


def not_a_duration(text: object) -> EvaluationFault:
    return EvaluationFault(
        "timer.not_a_duration",
        _("“%(text)s” is not a duration such as PT4H (four hours) or P3D (three days)."),
        {"text": text},
    )


def not_a_cycle(text: object) -> EvaluationFault:
    return EvaluationFault(
        "timer.not_a_cycle",
        _("“%(text)s” is not a repetition such as R3/PT1H (three times, every hour)."),
        {"text": text},
    )


def out_of_range(text: object) -> EvaluationFault:
    return EvaluationFault("timer.out_of_range", _("“%(text)s” leads to a moment too far away."), {"text": text})


def parse_date(text: str, zone: tzinfo = UTC) -> datetime:
    """An aware instant; a text without an offset is read on the clock of `zone`."""
    if not DATE_TEXT.fullmatch(text.strip()):
        raise not_a_date(text)
    try:
        moment = datetime.fromisoformat(text.strip())
        return _in_range(moment if moment.tzinfo else moment.replace(tzinfo=zone), text)
    except (ValueError, OverflowError):
        raise not_a_date(text) from None


def add_duration(base: datetime, text: str, day: int | None = None) -> datetime:
    """`base` plus the duration; the last day of a shorter month where the day, of `base` or given, does not exist."""
    match = DURATION_TEXT.fullmatch(text.strip())
    if not match or not any(match.groups()):
        raise not_a_duration(text)
    parts = {name: float(value or 0) for name, value in match.groupdict().items()}
    months = int(parts.pop("years") * 12 + parts.pop("months"))
    try:
        days = timedelta(weeks=parts.pop("weeks"), days=parts.pop("days"))
        moment = (_add_months(base, months, day or base.day) + days).astimezone(UTC) + timedelta(**parts)
        return _in_range(moment.astimezone(base.tzinfo), text)
    except (ValueError, OverflowError):
        raise out_of_range(text) from None


def parse_duration(text: str) -> timedelta:
    """A duration of fixed length: one of months or years has none until it meets a date."""
    match = DURATION_TEXT.fullmatch(text.strip())
    if not match or not any(match.groups()) or match["years"] or match["months"]:
        raise not_a_duration(text)
    return timedelta(**{name: float(match[name] or 0) for name in ("weeks", "days", "hours", "minutes", "seconds")})


def parse_timer(kind: str, value: Any, now: datetime, zone: tzinfo = UTC) -> Schedule:
    """The schedule that a timer's value means at this moment; a function may have given the instant itself."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=zone)
        return Schedule(due_at=_in_range(moment, value.isoformat()))
    if isinstance(value, timedelta) and kind != DATE:
        return Schedule(due_at=_later(now, value))
    if not isinstance(value, str):
        raise not_a_date(value) if kind == DATE else not_a_duration(value)
    if kind == DATE:
        return Schedule(due_at=parse_date(value, zone))
    if kind == CYCLE and value.strip().startswith("R"):
        return _cycle(value.strip(), now, zone)
    if kind == CYCLE and is_cron(value):
        return _by_calendar(value.strip(), now, zone)
    return Schedule(due_at=add_duration(now.astimezone(zone), value))


def is_literal(text: str) -> bool:
    """A date, a duration or a cycle, which therefore means itself: no variable of a form is named like this."""
    return UNMISTAKABLE.fullmatch(text) is not None


def check_literal(kind: str, text: str) -> None:
    """Raise ExpressionFault when a fixed timer value is not of its kind; expressions are not judged here."""
    if not (is_literal(text) or MEANT_AS_TIME.fullmatch(text) or (kind == CYCLE and is_cron(text))):
        return
    try:
        parse_timer(kind, text.strip(), datetime(2026, 1, 1, tzinfo=UTC))
    except EvaluationFault as fault:
        raise ExpressionFault(text, 0, fault.code, fault.message, fault.params) from None


def _cycle(text: str, now: datetime, zone: tzinfo) -> Schedule:
    repetitions, *rest = text.split("/")
    count = REPETITIONS_TEXT.fullmatch(repetitions)
    if not count or len(rest) not in (1, 2) or count["count"].strip("0") == "" != count["count"]:
        raise not_a_cycle(text)
    interval = rest[-1]
    first = add_duration(now.astimezone(zone), interval) if len(rest) == 1 else parse_date(rest[0], zone)
    if add_duration(first, interval) - first < SHORTEST_INTERVAL:
        raise EvaluationFault("timer.no_pause", _("“%(text)s” repeats without a pause."), {"text": text})
    times = int(count["count"]) if count["count"] else None
    return Schedule(due_at=first, repetitions=times, interval=interval, day=_day_to_keep(first, interval))


def _day_to_keep(first: datetime, interval: str) -> int | None:
    """After a February, what was due on the 31st is due on the 31st again."""
    return first.day if first.day > 28 and re.match(r"P\d+[YM]", interval) else None


def _by_calendar(text: str, now: datetime, zone: tzinfo) -> Schedule:
    first = parse_cron(text).next_after(now, zone)
    if first is None:
        raise EvaluationFault("timer.never", _("“%(text)s” names a day that no calendar has."), {"text": text})
    return Schedule(due_at=_in_range(first, text), repetitions=None, interval=text)


def _add_months(base: datetime, months: int, day: int) -> datetime:
    if not months:
        return base
    years, month = divmod(base.month - 1 + months, 12)
    first = base.replace(year=base.year + years, month=month + 1, day=1)
    last_day = ((first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    return first.replace(day=min(day, last_day))


def _later(now: datetime, duration: timedelta) -> datetime:
    if duration < timedelta(0):
        raise not_a_duration(duration)
    try:
        return _in_range(now + duration, duration)
    except OverflowError:
        raise out_of_range(duration) from None


def _in_range(moment: datetime, text: object) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        raise out_of_range(text)
    return moment
