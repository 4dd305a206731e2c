"""Keeping the job descriptions of a position: what held before a change stays, with its last day."""

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import func, select

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _, as_day
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.duty_changes import Duty
from engine.organisation.duty_queries import DutyNotFound, PositionNotFound
from engine.organisation.model import JobDescription, Position

SENTENCE_LENGTH = 1000
RESULT_LENGTH = 80
MOST = 1_000_000  # minutes of one result, results of one year
ONE_DAY = timedelta(days=1)


class InvalidDuty(Invalid):
    code = "organisation.invalid_duty"


def add_duty(work: UnitOfWork, position_id: int, duty: Duty, starts_on: date) -> JobDescription:
    """The last of the position's, from this day on."""
    if work.session.get(Position, position_id) is None:
        raise PositionNotFound
    sound = sound_duty(duty)
    query = select(func.max(JobDescription.number)).where(JobDescription.position_id == position_id)
    number = (work.session.scalar(query) or 0) + 1
    return _kept(work, JobDescription(position_id=position_id, number=number, starts_on=starts_on, **asdict(sound)))


def change_duty(work: UnitOfWork, duty_id: int, duty: Duty, starts_on: date) -> JobDescription:
    """It reads like this from the day on; what it said until then stays. From its own first day it is corrected."""
    row = _duty(work, duty_id)
    sound = sound_duty(duty)
    _require_within(row, starts_on, "starts_on")
    if starts_on == row.starts_on:
        for name, value in asdict(sound).items():
            setattr(row, name, value)
        work.session.flush()
        return row
    after = JobDescription(
        position_id=row.position_id, number=row.number, starts_on=starts_on, ends_on=row.ends_on, **asdict(sound)
    )
    row.ends_on = starts_on - ONE_DAY
    return _kept(work, after)


def end_duty(work: UnitOfWork, duty_id: int, last_day: date) -> JobDescription:
    """It holds for the last time on this day."""
    row = _duty(work, duty_id)
    _require_within(row, last_day, "last_day")
    row.ends_on = last_day
    work.session.flush()
    return row


def move_up(work: UnitOfWork, duty_id: int, on: date) -> JobDescription:
    """Before the one above it, among those that hold on this day; the first stays where it is."""
    row = _duty(work, duty_id)
    query = (
        select(JobDescription)
        .where(
            JobDescription.position_id == row.position_id,
            JobDescription.number < row.number,
            func.coalesce(JobDescription.ends_on, on) >= on,
        )
        .order_by(JobDescription.number.desc(), JobDescription.id.desc())
        .limit(1)
    )
    above = work.session.scalar(query)
    if above is not None:
        above.number, row.number = row.number, above.number
        work.session.flush()
    return row


def sound_duty(duty: Duty) -> Duty:
    """The same, its texts made one line; raises InvalidDuty with all that is wrong."""
    sentence, result_unit = one_line(duty.sentence), one_line(duty.result_unit or "") or None
    problems = []
    if not sentence:
        text = _("Write what is done, to what, how and what for.")
        problems.append(FieldProblem(name="sentence", code="missing", message=text))
    if len(sentence) > SENTENCE_LENGTH:
        problems.append(_too_long("sentence", SENTENCE_LENGTH))
    if result_unit and len(result_unit) > RESULT_LENGTH:
        problems.append(_too_long("result_unit", RESULT_LENGTH))
    for name, value in (("norm_minutes", duty.norm_minutes), ("yearly_volume", duty.yearly_volume)):
        if value is not None and not 0 < value <= MOST:
            text = _("Give a whole number from 1 to %(most)s, or leave it empty.")
            problems.append(FieldProblem(name=name, code="number", message=text, params={"most": MOST}))
    if problems:
        raise InvalidDuty(problems)
    return Duty(
        sentence=sentence,
        result_unit=result_unit,
        norm_minutes=duty.norm_minutes,
        yearly_volume=duty.yearly_volume,
        kind=duty.kind,
    )


def _too_long(name: str, longest: int) -> FieldProblem:
    text = _("Keep this within %(longest)s characters.")
    return FieldProblem(name=name, code="too_long", message=text, params={"longest": longest})


def _require_within(row: JobDescription, day: date, place: str) -> None:
    if day < row.starts_on or (row.ends_on is not None and day > row.ends_on):
        text = _("This job description holds from %(first)s; choose a day on which it does.")
        params = {"first": as_day(row.starts_on)}
        raise InvalidDuty([FieldProblem(name=place, code="day", message=text, params=params)])


def _duty(work: UnitOfWork, duty_id: int) -> JobDescription:
    row = work.session.get(JobDescription, duty_id)
    if row is None:
        raise DutyNotFound
    return row


def _kept(work: UnitOfWork, row: JobDescription) -> JobDescription:
    work.session.add(row)
    work.session.flush()  # its id is the answer
    return row
