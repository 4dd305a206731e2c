"""Where the figures of a period come from: days that are made from their table, the others from the rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Date, Subquery, literal, select, union_all

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
from engine.insight.days import Days, moments, runs
from engine.insight.model import CaseFigure, FigureDay, StepFigure
from engine.insight.within import OF_CASE_FIGURES, OF_CASES, OF_DONE, OF_FIGURES, OF_RETURNS, Within, matches


def step_rows(reading: Reading, days: Days, within: Within) -> Subquery:
    """Rows as those of StepFigure; the day of one that was counted now is the first of its week's days asked for."""
    kept = select(*(getattr(StepFigure, name) for name in ("day", *STEP_KEYS, *STEP_COUNTS))).where(
        StepFigure.day >= days.first, StepFigure.day <= days.last, matches(within, OF_FIGURES)
    )
    counted: list[Query] = []
    for run in unmade(reading, days):
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
    for run in unmade(reading, days):
        span = moments(run, reading.settings.zone)
        counted += _of_day(run.first, started_cases(span, matches(within, OF_CASES)))
        counted += _of_day(run.first, ended_cases(span, matches(within, OF_CASES)))
    return _together(kept, counted).subquery("cases")


def unmade(reading: Reading, days: Days) -> tuple[Days, ...]:
    """The days up to today whose figures are not made, as runs within a week."""
    asked = days.until(reading.now.astimezone(reading.settings.zone).date())
    return runs(asked, made_days(reading, asked))


def made_days(reading: Reading, days: Days) -> frozenset[date]:
    query = select(FigureDay.day).where(FigureDay.day >= days.first, FigureDay.day <= days.last)
    return frozenset(reading.session.scalars(query))


def _of_day(day: date, query: Query) -> list[Query]:
    counted = query.subquery()
    return [select(literal(day, Date).label("day"), *counted.c)]


def _together(kept: Query, counted: Sequence[Query]) -> CompoundSelect[*tuple[Any, ...]] | Query:
    return union_all(kept, *counted) if counted else kept
