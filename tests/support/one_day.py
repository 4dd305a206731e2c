"""Days off come in periods; most tests need one day."""

from datetime import date

from engine.calendar.weeks import Period


def one_day(day: date) -> Period:
    return Period(first_day=day, last_day=day)
