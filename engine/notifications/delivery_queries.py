"""What administrators and auditors see of what leaves the house: deliveries and channels."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.access.secret_keys import Unsealable, unsealed
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.notifications.channel_keeping import ChannelNotFound
from engine.notifications.channels import PURPOSE, masked
from engine.notifications.deliveries import FAILED
from engine.notifications.model import Channel, ChannelTarget, Delivery, DeliveryState
from engine.notifications.moments import leaves_at
from engine.notifications.queries import quiet_hours
from engine.organisation.model import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """`notices` is how many it speaks of; a test speaks of none."""

    delivery_id: int
    recipient: str
    way: str
    notices: int
    state: DeliveryState
    last_error: str
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """`address` is masked; empty when it was kept under another key of the server."""

    channel_id: int
    name: str
    kind: str
    address: str
    is_on: bool
    people: int
    made_at: datetime
    made_by: str


def deliveries(
    reading: Reading, state: DeliveryState | None, way: str | None, cursor: str | None, size: int = PAGE_SIZE
) -> Page[DeliveryLine]:
    """The latest first; of one state, by one way, or all."""
    require(reading.actor, Permission.SEE_ADMINISTRATION)
    query = select(Delivery, Employee.name).join(Employee, Employee.id == Delivery.employee_id)
    if state is not None:
        query = query.where(Delivery.state == state)
    if way:
        query = query.where(Delivery.way == way)
    if cursor:
        query = query.where(Delivery.id < id_from_cursor(cursor))
    rows = reading.session.execute(query.order_by(Delivery.id.desc()).limit(size + 1))
    lines = [_delivery(delivery, name) for delivery, name in rows]
    return page_of(lines, size, lambda line: (line.delivery_id,))


def held_until(reading: Reading) -> datetime | None:
    """The end of the quiet hours, for which all that waits is waiting; None when the office is not quiet."""
    end = leaves_at(reading.now, quiet_hours(reading.session), reading.settings.zone)
    return end if end > reading.now else None


def delivery_counts(session: Session, way: str | None) -> dict[DeliveryState, int]:
    """By one way, or by all."""
    query = select(Delivery.state, func.count()).group_by(Delivery.state)
    rows = session.execute(query.where(Delivery.way == way) if way else query).all()
    counted = {DeliveryState(state): count for state, count in rows}
    return {state: counted.get(state, 0) for state in DeliveryState}


def failed_delivery_count(session: Session) -> int:
    """Those that wait for an administrator to decide."""
    return session.scalar(select(func.count()).where(Delivery.state.in_(FAILED))) or 0


def channel_names(session: Session) -> dict[str, str]:
    """By way."""
    rows = session.execute(select(Channel.id, Channel.name).order_by(Channel.name))
    return {str(row.id): row.name for row in rows}


def channels(reading: Reading) -> tuple[ChannelLine, ...]:
    require(reading.actor, Permission.SEE_ADMINISTRATION)
    people = select(func.count()).where(ChannelTarget.channel_id == Channel.id).scalar_subquery()
    rows = reading.session.execute(select(Channel, people).order_by(Channel.name))
    return tuple(_channel(channel, count, reading.settings.secret_key) for channel, count in rows)


def channel(reading: Reading, channel_id: int) -> ChannelLine:
    """With its acts; raises ChannelNotFound."""
    require(reading.actor, Permission.KEEP_CHANNELS)
    found = next((line for line in channels(reading) if line.channel_id == channel_id), None)
    if found is None:
        raise ChannelNotFound
    return found


def own_target(session: Session, channel_id: int, employee_id: int | None) -> str:
    target = session.get(ChannelTarget, (channel_id, employee_id)) if employee_id is not None else None
    return target.target if target is not None else ""


def _delivery(delivery: Delivery, name: str) -> DeliveryLine:
    return DeliveryLine(
        delivery_id=delivery.id,
        recipient=name,
        way=delivery.way,
        notices=len(delivery.notice_ids),
        state=DeliveryState(delivery.state),
        last_error=delivery.last_error or "",
        created_at=delivery.created_at,
        ended_at=delivery.ended_at,
    )


def _channel(channel: Channel, people: int, secret_key: str) -> ChannelLine:
    try:
        address = masked(channel.kind, unsealed(channel.sealed_address, secret_key, PURPOSE))
    except Unsealable:
        address = ""
    return ChannelLine(
        channel_id=channel.id,
        name=channel.name,
        kind=channel.kind,
        address=address,
        is_on=channel.is_on,
        people=people,
        made_at=channel.made_at,
        made_by=channel.made_by,
    )
