"""Who keeps the job descriptions of positions: each act asks who may, and leaves its line in the trail."""

from datetime import date

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.organisation import duties
from engine.organisation.duty_changes import Duty
from engine.organisation.model import JobDescription, Position


def add_duty(work: UnitOfWork, position_id: int, duty: Duty, starts_on: date) -> None:
    require(work.actor, Permission.MANAGE_ORGANISATION)
    row = duties.add_duty(work, position_id, duty, starts_on)
    _record(work, "duty.added", row, starts_on)


def change_duty(work: UnitOfWork, duty_id: int, duty: Duty, starts_on: date) -> None:
    require(work.actor, Permission.MANAGE_ORGANISATION)
    row = duties.change_duty(work, duty_id, duty, starts_on)
    _record(work, "duty.changed", row, starts_on)


def end_duty(work: UnitOfWork, duty_id: int, last_day: date) -> None:
    require(work.actor, Permission.MANAGE_ORGANISATION)
    row = duties.end_duty(work, duty_id, last_day)
    _record(work, "duty.ended", row, last_day)


def move_up(work: UnitOfWork, duty_id: int, on: date) -> None:
    require(work.actor, Permission.MANAGE_ORGANISATION)
    row = duties.move_up(work, duty_id, on)
    _record(work, "duty.moved", row, on)


def _record(work: UnitOfWork, act: str, row: JobDescription, day: date) -> None:
    position = work.session.get_one(Position, row.position_id).title
    facts = {"duty": row.id, "sentence": row.sentence, "position": position, "day": day.isoformat()}
    record(work, act, "position", row.position_id, None, **facts)
