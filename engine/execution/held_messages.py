"""The messages that wait for a receiver, as administrators see and delete them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.errors import MessageGone
from engine.execution.holding import forget
from engine.execution.model import HeldMessage, Instance
from engine.execution.reasons import given_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """`sender_number` is None for a message from outside; `key` is what its receiver must be known by."""

    held_id: int
    name: str
    key: str | None
    sender_id: int | None
    sender_number: str | None
    sent_at: datetime
    expires_at: datetime


def held_messages(reading: Reading, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[HeldLine]:
    """Newest first."""
    require(reading.actor, Permission.SEE_ADMINISTRATION)
    query = (
        select(HeldMessage, Instance.number)
        .outerjoin(Instance, Instance.id == HeldMessage.sender_id)
        .where(HeldMessage.id < id_from_cursor(cursor) if cursor else true(), HeldMessage.expires_at > reading.now)
        .order_by(HeldMessage.id.desc())
        .limit(size + 1)
    )
    lines = [_line(held, number) for held, number in reading.session.execute(query)]
    return page_of(lines, size, lambda line: (line.held_id,))


def held_message(reading: Reading, held_id: int) -> HeldLine:
    """Raises MessageGone for one that waits no more."""
    require(reading.actor, Permission.SEND_MESSAGE)
    query = (
        select(HeldMessage, Instance.number)
        .outerjoin(Instance, Instance.id == HeldMessage.sender_id)
        .where(HeldMessage.id == held_id, HeldMessage.expires_at > reading.now)
    )
    found = reading.session.execute(query).one_or_none()
    if found is None:
        raise MessageGone
    return _line(found[0], found[1])


def delete_held_message(work: UnitOfWork, held_id: int, reason: str) -> None:
    """Nobody will get it; whoever sent it can read in the case who deleted it and why."""
    require(work.actor, Permission.SEND_MESSAGE)
    reason = given_reason(reason)
    query = select(HeldMessage).where(HeldMessage.id == held_id, HeldMessage.expires_at > work.now)
    held = work.session.scalar(query.with_for_update(skip_locked=True))  # another may be taking it just now
    if held is None:
        raise MessageGone
    subject = "message" if held.sender_id is None else "instance"
    record(work, "message.deleted", subject, held.sender_id, held.sender_id, name=held.name, reason=reason)
    forget(work, held.id)


def _line(held: HeldMessage, number: str | None) -> HeldLine:
    return HeldLine(
        held_id=held.id,
        name=held.name,
        key=held.correlation or held.bound_to,
        sender_id=held.sender_id,
        sender_number=number,
        sent_at=held.sent_at,
        expires_at=held.expires_at,
    )
