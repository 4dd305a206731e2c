"""The messages that wait for a receiver, as administrators see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true

from engine.access.permissions import Permission, require
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.execution.model import HeldMessage, Instance


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
    require(reading.actor, Permission.SEND_MESSAGE)
    query = (
        select(HeldMessage, Instance.number)
        .outerjoin(Instance, Instance.id == HeldMessage.sender_id)
        .where(HeldMessage.id < id_from_cursor(cursor) if cursor else true(), HeldMessage.expires_at > reading.now)
        .order_by(HeldMessage.id.desc())
        .limit(size + 1)
    )
    lines = [
        HeldLine(
            held_id=held.id,
            name=held.name,
            key=held.correlation or held.bound_to,
            sender_id=held.sender_id,
            sender_number=number,
            sent_at=held.sent_at,
            expires_at=held.expires_at,
        )
        for held, number in reading.session.execute(query)
    ]
    return page_of(lines, size, lambda line: (line.held_id,))
