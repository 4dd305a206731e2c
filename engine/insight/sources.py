"""Where the figures of a period come from: days that are made from their table, the others from the rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Date, Subquery, and_, literal, or_, select, union_all

from engine.base.unit_of_work import Reading
from engine.insight.counting import (
    CASE_COUNTS,
    CASE_KEYS,
    STEP_COUNTS,
    STEP_KEYS,
    Query,
    done_steps,
    ended_cases,
    returned_steps,
    started_cases,
)
from engine.insight.days import Days, in_weeks, moments, runs
from engine.insight.figures import ONE_DAY, WEEK
from engine.insight.model import CaseFigure, FigureDay, StepFigure
from engine.insight.within import OF_CASE_FIGURES, OF_CASES, OF_DONE, OF_FIGURES, OF_RETURNS, Within, matches


def step_rows(reading: Reading, days: Days, within: Within) -> Subquery:
    """Rows as those of StepFigure, of weeks where a whole week is asked for.

    The day of rows that were counted now is the first of those days of its week that were asked for.
    """
    made = made_days(reading, days)
    weeks, single = in_weeks(made)
    kept = select(*(getattr(StepFigure, name) for name in ("day", *STEP_KEYS, *STEP_COUNTS))).where(
        or_(
            and_(StepFigure.length == WEEK, StepFigure.day.in_(weeks)),
            and_(StepFigure.length == ONE_DAY, StepFigure.day.in_(single)),
        ),
        matches(within, OF_FIGURES),
    )
    counted: list[Query] = []
    for run in unmade(reading, days, made):
        span = moments(run, reading.settings.zone)
        counted += _of_day(run.first, done_steps(span, matches(within, OF_DONE)))
        counted += _of_day(run.first, returned_steps(span, matches(within, OF_RETURNS)))
    return _together(kept, counted).subquery("steps")


def case_rows(reading: Reading, days: Days, within: Within) -> Subquery:
    """The same of cases."""
    kept = select(*(getattr(CaseFigure, name) for name in ("day", *CASE_KEYS, *CASE_COUNTS))).where(
        CaseFigure.day >= days.first, CaseFigure.day <= days.last, matches(within, OF_CASE_FIGURES)
    )
    counted: list[Query] = []
    for run in unmade(reading, days, made_days(reading, days)):
        span = moments(run, reading.settings.zone)
        counted += _of_day(run.first, started_cases(span, matches(within, OF_CASES)))
        counted += _of_day(run.first, ended_cases(span, matches(within, OF_CASES)))
    return _together(kept, counted).subquery("cases")


def unmade(reading: Reading, days: Days, made: frozenset[date]) -> tuple[Days, ...]:
    """The days up to today whose figures are not made, as runs within a week."""
    return runs(days.until(reading.today), made)


def made_days(reading: Reading, days: Days) -> frozenset[date]:
    query = select(FigureDay.day).where(FigureDay.day >= days.first, FigureDay.day <= days.last)
    return frozenset(reading.session.scalars(query))


def _of_day(day: date, query: Query) -> list[Query]:
    counted = query.subquery()
    return [select(literal(day, Date).label("day"), *counted.c)]


def _together(kept: Query, counted: Sequence[Query]) -> CompoundSelect[*tuple[Any, ...]] | Query:
    return union_all(kept, *counted) if counted else kept
