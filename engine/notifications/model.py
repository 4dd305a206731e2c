"""Notices to people, in the application and by mail."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.base.database import Instant, Json, Row


class Notice(Row):
    """`kind` names the text; `facts` fill its places. `key` makes sure that one event is told once."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[Any] = mapped_column(Json)
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "employee_id", "read_at", "id"),)


def key_of(event: str, employee_id: int) -> str:
    """One event is told to each once."""
    return f"{event}:{employee_id}"


class MailMode(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"
    NEVER = "never"


class NoticePreference(Row):
    """How a person wants to hear; `digest_minute` counts from midnight. `muted` are kinds that stay in the house."""

    __tablename__ = "notice_preference"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    mail: Mapped[MailMode] = mapped_column(String(10), default=MailMode.AT_ONCE)
    digest_minute: Mapped[int | None]
    muted: Mapped[Any] = mapped_column(Json)


class GatheredNotice(Row):
    """A notice that waits for the next digest of its reader."""

    __tablename__ = "gathered_notice"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)


class NoticeWording(Row):
    """The office's own words for a kind of notice, instead of those of the program."""

    __tablename__ = "notice_wording"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(200))


class Channel(Row):
    """Another way out of the house, off until an administrator switches it on. `sealed_address` is a secret."""

    __tablename__ = "notice_channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    sealed_address: Mapped[str] = mapped_column(Text)
    is_on: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))


class ChannelTarget(Row):
    """Where a channel reaches a person, such as her number there; she gave it herself."""

    __tablename__ = "channel_target"

    channel_id: Mapped[int] = mapped_column(ForeignKey("notice_channel.id", ondelete="CASCADE"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    target: Mapped[str] = mapped_column(String(200))


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # given to the world; what came of it is not known yet
    SENT = "sent"
    DROPPED = "dropped"  # nobody to send it to any more, or switched off
    UNCERTAIN = "uncertain"  # the sender died while sending: a person decides whether it goes out again
    DEAD = "dead"


class Delivery(Row):
    """One message to one person by one way (`mail`, `digest`, or the id of a channel) about one notice or several."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    notice_ids: Mapped[Any] = mapped_column(Json)
    state: Mapped[DeliveryState] = mapped_column(String(10), default=DeliveryState.WAITING)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "state", "id"),)


class QuietHours(Row):
    """When nothing leaves the house, in minutes of the office's day; one row, or none."""

    __tablename__ = "quiet_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_minute: Mapped[int]
    until_minute: Mapped[int]
