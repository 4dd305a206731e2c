from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions.cron import is_cron, parse_cron
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.times import CYCLE, DURATION, Schedule, check_literal, parse_timer

JAKARTA, JAYAPURA, BERLIN = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura"), ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 1, 30, 10, 0, tzinfo=JAKARTA)


def following(text: str, count: int = 1, after: datetime = FRIDAY, zone: ZoneInfo = JAKARTA) -> list[str]:
    found = []
    for _number in range(count):
        moment = parse_cron(text).next_after(after, zone)
        assert moment is not None
        after = moment
        found.append(after.isoformat(timespec="minutes"))
    return found


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("0 8 * * 1-5", ["2026-02-02T08:00+07:00", "2026-02-03T08:00+07:00"]),
        ("0 8 * * MON-FRI", ["2026-02-02T08:00+07:00", "2026-02-03T08:00+07:00"]),
        ("*/20 10,11 * * *", ["2026-01-30T10:20+07:00", "2026-01-30T10:40+07:00", "2026-01-30T11:00+07:00"]),
        ("5/25 * * * *", ["2026-01-30T10:05+07:00", "2026-01-30T10:30+07:00", "2026-01-30T10:55+07:00"]),
        ("0 0 31 * *", ["2026-01-31T00:00+07:00", "2026-03-31T00:00+07:00", "2026-05-31T00:00+07:00"]),
        ("0 0 L * *", ["2026-01-31T00:00+07:00", "2026-02-28T00:00+07:00", "2026-03-31T00:00+07:00"]),
        ("0 0 29 2 *", ["2028-02-29T00:00+07:00", "2032-02-29T00:00+07:00"]),
        ("0 0 1 * FRI", ["2026-02-01T00:00+07:00", "2026-02-06T00:00+07:00"]),
        ("0 0 * JAN,JUL SUN", ["2026-07-05T00:00+07:00"]),
        ("0 0 * * 7", ["2026-02-01T00:00+07:00"]),
        ("0 0 * * FRI-SUN", ["2026-01-31T00:00+07:00", "2026-02-01T00:00+07:00", "2026-02-06T00:00+07:00"]),
        ("0 0 8 ? * MON", ["2026-02-02T08:00+07:00"]),
        ("0 0 8 1 * SUN *", ["2026-02-01T08:00+07:00", "2026-03-01T08:00+07:00", "2026-11-01T08:00+07:00"]),
        ("@monthly", ["2026-02-01T00:00+07:00"]),
    ],
)
def test_a_crontab_leads_to_its_moments(text: str, moments: list[str]):
    assert following(text, len(moments)) == moments


def test_the_clock_is_that_of_the_office():
    assert following("0 8 * * *", zone=JAYAPURA) == ["2026-01-31T08:00+09:00"]
    assert following("0 8 * * *", after=FRIDAY.astimezone(UTC), zone=JAKARTA) == ["2026-01-31T08:00+07:00"]


def test_where_clocks_are_changed_every_day_has_its_moment():
    spring = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    days = following("30 2 * * *", 3, after=spring, zone=BERLIN)
    assert [moment[:10] for moment in days] == ["2026-03-29", "2026-03-30", "2026-03-31"]


@pytest.mark.parametrize(
    "text",
    [
        *("60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 32 * *", "0 0 * 13 *", "0 0 * * 8", "5-1 * * * *"),
        *("*/0 * * * *", "*-5 * * * *", "1,, * * * *", "@reboot", "0 0 15W * *"),
        *("0 0 8 * * 1", "0 0 8 LW * ?", "0 0 8 1 1 ? 2030"),
    ],
)
def test_what_no_calendar_has_is_refused(text: str):
    with pytest.raises(EvaluationFault):
        parse_cron(text)


@pytest.mark.parametrize("text", ["a * b * c", "2 * 3", "x - 1 - 2", "4 - 1 - 2", "PT1H", "R/PT1H", "0 8 * * 1-5" * 20])
def test_an_expression_is_no_crontab(text: str):
    assert not is_cron(text)


def test_a_day_that_never_comes_is_told_at_upload():
    with pytest.raises(ExpressionFault) as fault:
        check_literal(CYCLE, "0 0 31 2 *")
    assert fault.value.code == "timer.never"


def test_a_repetition_by_the_calendar_goes_on_without_end():
    schedule = parse_timer(CYCLE, "0 8 1 * *", FRIDAY, JAKARTA)
    stored = Schedule(
        due_at=schedule.due_at.astimezone(UTC), repetitions=schedule.repetitions, interval=schedule.interval
    )
    for month in (2, 3, 4):
        assert stored.due_at == datetime(2026, month, 1, 8, 0, tzinfo=JAKARTA)
        later = stored.next(JAKARTA)
        assert later is not None
        stored = later


def test_a_duration_is_no_crontab():
    with pytest.raises(EvaluationFault):
        parse_timer(DURATION, "0 8 * * *", FRIDAY, JAKARTA)


@settings(max_examples=100, deadline=None)
@given(
    minute=st.sampled_from(["*", "0", "*/7", "5,59"]),
    hour=st.sampled_from(["*", "8", "23", "0-6/2"]),
    day=st.sampled_from(["*", "1", "31", "L", "28-30"]),
    month=st.sampled_from(["*", "2", "JAN-MAR", "*/5"]),
    seconds=st.integers(1_700_000_000, 4_000_000_000),
)
def test_the_next_moment_is_later_and_fits(minute: str, hour: str, day: str, month: str, seconds: int):
    after = datetime.fromtimestamp(seconds, JAKARTA)
    cron = parse_cron(f"{minute} {hour} {day} {month} *")
    moment = cron.next_after(after, JAKARTA)
    if moment is None:
        assert (day, month) == ("31", "2")
    else:
        assert moment > after
        assert (moment.minute in cron.minutes, moment.hour in cron.hours, moment.month in cron.months) == (True,) * 3
