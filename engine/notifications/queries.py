"""What one person is told, newest first, and what the office has settled about telling."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.notifications import wordings
from engine.notifications.model import Notice, NoticeWording, QuietHours, key_of
from engine.notifications.moments import Quiet
from engine.notifications.texts import NoticeText
from engine.notifications.wordings import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    notice_id: int
    kind: str
    facts: Mapping[str, Any]
    words: Words
    instance_id: int | None
    work_item_id: int | None
    created_at: datetime
    read_at: datetime | None

    def title(self, zone: ZoneInfo, language: str) -> str:
        return wordings.title(self.words, self.kind, self.facts, zone, language)

    def body(self, zone: ZoneInfo, language: str) -> str:
        return wordings.body(self.words, self.kind, self.facts, zone, language)


def unread_count(session: Session, employee_id: int) -> int:
    query = select(func.count()).where(Notice.employee_id == employee_id, Notice.read_at.is_(None))
    return session.scalar(query) or 0


def notices(session: Session, employee_id: int, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[NoticeLine]:
    return _page(session, employee_id, cursor, size)


def unread_notices(
    session: Session, employee_id: int, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[NoticeLine]:
    return _page(session, employee_id, cursor, size, Notice.read_at.is_(None))


def find_notice(session: Session, employee_id: int | None, notice_id: int) -> NoticeLine | None:
    notice = session.scalar(select(Notice).where(Notice.id == notice_id, Notice.employee_id == employee_id))
    return None if notice is None else _line(notice, office_words(session))


def told_of(session: Session, keys: Collection[str], employee_ids: Collection[int]) -> frozenset[str]:
    """Of these events those that one of these people was told of, as `notify` keeps them."""
    wanted = [key_of(key, employee_id) for key in keys for employee_id in employee_ids]
    found = session.scalars(select(Notice.key).where(Notice.key.in_(wanted)))
    return frozenset(key.rpartition(":")[0] for key in found)


def office_words(session: Session) -> Words:
    """The office's own words, in one statement."""
    rows = session.execute(select(NoticeWording.kind, NoticeWording.language, NoticeWording.title, NoticeWording.body))
    return {(row.kind, row.language): NoticeText(title=row.title, body=row.body) for row in rows}


def quiet_hours(session: Session) -> Quiet | None:
    row = session.execute(select(QuietHours.from_minute, QuietHours.until_minute).limit(1)).one_or_none()
    return None if row is None else Quiet(from_minute=row.from_minute, until_minute=row.until_minute)


def _page(session: Session, employee_id: int, cursor: str | None, size: int, *which: Any) -> Page[NoticeLine]:
    query = select(Notice).where(Notice.employee_id == employee_id, *which).order_by(Notice.id.desc()).limit(size + 1)
    if cursor:
        query = query.where(Notice.id < id_from_cursor(cursor))
    words = office_words(session)
    rows = [_line(notice, words) for notice in session.scalars(query)]
    return page_of(rows, size, lambda line: (line.notice_id,))


def _line(notice: Notice, words: Words) -> NoticeLine:
    return NoticeLine(
        notice_id=notice.id,
        kind=notice.kind,
        facts=notice.facts,
        words=words,
        instance_id=notice.instance_id,
        work_item_id=notice.work_item_id,
        created_at=notice.created_at,
        read_at=notice.read_at,
    )
