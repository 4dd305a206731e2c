"""The notices of one person, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.notifications import texts
from engine.notifications.model import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    notice_id: int
    kind: str
    facts: Mapping[str, Any]
    instance_id: int | None
    work_item_id: int | None
    created_at: datetime
    read_at: datetime | None

    def title(self, zone: ZoneInfo, language: str) -> str:
        return texts.title(self.kind, self.facts, zone, language)

    def body(self, zone: ZoneInfo, language: str) -> str:
        return texts.body(self.kind, self.facts, zone, language)


def unread_count(session: Session, employee_id: int) -> int:
    query = select(func.count()).where(Notice.employee_id == employee_id, Notice.read_at.is_(None))
    return session.scalar(query) or 0


def notices(session: Session, employee_id: int, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[NoticeLine]:
    query = select(Notice).where(Notice.employee_id == employee_id).order_by(Notice.id.desc()).limit(size + 1)
    if cursor:
        query = query.where(Notice.id < id_from_cursor(cursor))
    return page_of([_line(notice) for notice in session.scalars(query)], size, lambda line: (line.notice_id,))


def find_notice(session: Session, employee_id: int | None, notice_id: int) -> NoticeLine | None:
    notice = session.scalar(select(Notice).where(Notice.id == notice_id, Notice.employee_id == employee_id))
    return None if notice is None else _line(notice)


def _line(notice: Notice) -> NoticeLine:
    return NoticeLine(
        notice_id=notice.id,
        kind=notice.kind,
        facts=notice.facts,
        instance_id=notice.instance_id,
        work_item_id=notice.work_item_id,
        created_at=notice.created_at,
        read_at=notice.read_at,
    )
