"""The figures of days: made when the day is over, held against the rows, and made again where they differ."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.database import Row
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.model import Instance
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
from engine.insight.days import DAY, Days, Moments, moments, week_of
from engine.insight.model import CaseFigure, FigureDay, StepFigure
from engine.worklist.model import WorkItem, WorkItemState

Count = tuple[Any, ...]
STEPS = (*STEP_KEYS, *STEP_COUNTS)
CASES = (*CASE_KEYS, *CASE_COUNTS)
ONE_DAY, WEEK = 1, 7  # how many days the sums of a row are of
SUNDAY = 6


def make_missing(work: UnitOfWork, most: int) -> int:
    """The earliest days that are over and not made, up to `most`; how many were made."""
    days = missing_days(work, most)
    for day in days:
        _make(work, day)
    return len(days)


def missing_days(work: UnitOfWork | Reading, most: int) -> Sequence[date]:
    first = _first_day(work)
    if first is None:
        return ()
    made = set(work.session.scalars(select(FigureDay.day).where(FigureDay.day >= first)))
    missing = (day for day in Days(first=first, last=work.today - DAY) if day not in made)
    return [day for day, _place in zip(missing, range(most), strict=False)]


def rebuild(work: UnitOfWork, days: Days) -> int:
    """Make the figures of these days again, as far as they are over; how many days."""
    require(work.actor, Permission.SEE_ADMINISTRATION)
    over = tuple(days.until(work.today - DAY))
    for day in over:
        _make(work, day)
    record(work, "figures.rebuilt", "figures", None, first=days.first.isoformat(), last=days.last.isoformat())
    return len(over)


def days_that_differ(work: UnitOfWork | Reading, days: Days) -> tuple[date, ...]:
    """The days that are made, and whose figures are not what the rows say."""
    query = select(FigureDay.day).where(FigureDay.day >= days.first, FigureDay.day <= days.last)
    return tuple(day for day in work.session.scalars(query.order_by(FigureDay.day)) if _differs(work, day))


def made_so_far(work: UnitOfWork | Reading) -> Days | None:
    """From the first day whose figures were made to the last one."""
    first = work.session.scalar(select(func.min(FigureDay.day)))
    last = work.session.scalar(select(func.max(FigureDay.day)))
    return None if first is None or last is None else Days(first=first, last=last)


def _make(work: UnitOfWork, day: date) -> None:
    span = _span(work, day)
    work.session.execute(delete(StepFigure).where(StepFigure.day == day, StepFigure.length == ONE_DAY))
    for model in (CaseFigure, FigureDay):
        work.session.execute(delete(model).where(model.day == day))
    for query in _step_queries(span):
        _insert(work.session, StepFigure, day, STEPS, query)
    for query in _case_queries(span):
        _insert(work.session, CaseFigure, day, CASES, query)
    work.session.execute(insert(FigureDay).values(day=day, made_at=work.now))
    _make_week(work.session, week_of(day))


def _make_week(session: Session, week: Days) -> None:
    """The sums of its days, once all seven are made."""
    session.execute(delete(StepFigure).where(StepFigure.day == week.first, StepFigure.length == WEEK))
    if _made_of(session, week) == WEEK:
        names = ["day", "length", *STEPS]
        summed = _week_sums(week).subquery()
        chosen = select(literal(week.first), literal(WEEK), *(summed.c[name] for name in STEPS))
        session.execute(insert(StepFigure).from_select(names, chosen, include_defaults=False))


def _week_sums(week: Days) -> Query:
    keys = [getattr(StepFigure, name) for name in STEP_KEYS if name != "title"]
    sums = (func.sum(getattr(StepFigure, name)).label(name) for name in STEP_COUNTS)
    days = (StepFigure.length == ONE_DAY, StepFigure.day >= week.first, StepFigure.day <= week.last)
    return select(*keys, func.max(StepFigure.title).label("title"), *sums).where(*days).group_by(*keys)


def _insert(session: Session, model: type[Row], day: date, names: Sequence[str], query: Query) -> None:
    counted = query.subquery()
    chosen = select(literal(day), *(counted.c[name] for name in names))
    session.execute(insert(model).from_select(["day", *names], chosen, include_defaults=False))


def _differs(work: UnitOfWork | Reading, day: date) -> bool:
    """Two counts of the same things compare equal in whatever order they stand."""
    session, span = work.session, _span(work, day)
    steps = _read(session, StepFigure, STEPS, StepFigure.day == day, StepFigure.length == ONE_DAY)
    if steps != _counted(session, _step_queries(span), STEPS):
        return True
    if _read(session, CaseFigure, CASES, CaseFigure.day == day) != _counted(session, _case_queries(span), CASES):
        return True
    return day.weekday() == SUNDAY and _week_differs(session, week_of(day))


def _week_differs(session: Session, week: Days) -> bool:
    kept = _read(session, StepFigure, STEPS, StepFigure.day == week.first, StepFigure.length == WEEK)
    return _made_of(session, week) == WEEK and kept != _counted(session, iter([_week_sums(week)]), STEPS)


def _made_of(session: Session, days: Days) -> int | None:
    return session.scalar(select(func.count(FigureDay.day)).where(FigureDay.day.between(days.first, days.last)))


def _read(
    session: Session, model: type[StepFigure | CaseFigure], names: Sequence[str], *which: ColumnElement[bool]
) -> Counter[Count]:
    query = select(*(getattr(model, name) for name in names)).where(*which)
    return Counter(tuple(row) for row in session.execute(query))


def _counted(session: Session, queries: Iterator[Query], names: Sequence[str]) -> Counter[Count]:
    rows = (row._mapping for query in queries for row in session.execute(query))
    return Counter(tuple(row[name] for name in names) for row in rows)


def _step_queries(span: Moments) -> Iterator[Query]:
    yield done_steps(span)
    yield returned_steps(span)


def _case_queries(span: Moments) -> Iterator[Query]:
    yield started_cases(span)
    yield ended_cases(span)


def _first_day(work: UnitOfWork | Reading) -> date | None:
    """The day of the first case or the first step that was completed, whichever came first."""
    done = select(func.min(WorkItem.closed_at)).where(WorkItem.state == WorkItemState.COMPLETED)
    found = (work.session.scalar(done), work.session.scalar(select(func.min(Instance.started_at))))
    known = [moment for moment in found if moment is not None]
    return _local_day(work, min(known)) if known else None


def _span(work: UnitOfWork | Reading, day: date) -> Moments:
    return moments(Days(first=day, last=day), work.settings.zone)


def _local_day(work: UnitOfWork | Reading, moment: datetime) -> date:
    return moment.astimezone(work.settings.zone).date()
