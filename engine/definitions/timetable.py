"""When a timer start comes round: counted from the moment that was set, however late its case really began."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from engine.expressions.times import Schedule, parse_duration


def coming(schedule: Schedule | None, now: datetime, zone: tzinfo) -> Schedule | None:
    """The first moment that is still to come; those that passed meanwhile count as having been."""
    ahead = None if schedule is None else _leaped(schedule, now)
    while ahead is not None and ahead.due_at <= now:
        ahead = ahead.next(zone)
    return ahead


def as_payload(schedule: Schedule) -> dict[str, Any]:
    return {
        "due_at": schedule.due_at.isoformat(),
        "repetitions": schedule.repetitions,
        "interval": schedule.interval,
        "day": schedule.day,
    }


def from_payload(payload: Mapping[str, Any]) -> Schedule:
    return Schedule(
        due_at=datetime.fromisoformat(payload["due_at"]),
        repetitions=payload["repetitions"],
        interval=payload["interval"],
        day=payload["day"],
    )


def _leaped(schedule: Schedule, now: datetime) -> Schedule:
    """Hours, minutes and seconds leap to the last of the passed moments; days and months are counted one by one."""
    if not schedule.interval.startswith("PT"):
        return schedule
    pause = parse_duration(schedule.interval)
    passed = max(0, (now - schedule.due_at) // pause)
    if schedule.repetitions is None:
        return replace(schedule, due_at=schedule.due_at + passed * pause)
    passed = min(passed, schedule.repetitions - 1)
    left = schedule.repetitions - passed
    return replace(schedule, due_at=schedule.due_at + passed * pause, repetitions=left)
