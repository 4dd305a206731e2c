"""The trail, as it is read: newest first for the office, oldest first for one case."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.base.paging import PAGE_SIZE, Page, moment_and_id_from_cursor, page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    id: int
    at: datetime
    actor_name: str
    act: str
    subject: str
    subject_id: int | None
    instance_id: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """`name` is a part of whoever did it; `acts` are all that count, none means any; `until` is just over."""

    name: str = ""
    acts: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None


WHOLE_TRAIL = TrailFilter()


def trail(
    session: Session, chosen: TrailFilter = WHOLE_TRAIL, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[TrailLine]:
    """By moment, so that the index on it finds both a place in the list and the days that were chosen."""
    query = select(AuditEntry).where(*_matches(chosen))
    if cursor:
        moment, last = moment_and_id_from_cursor(cursor)
        query = query.where(AuditEntry.at <= moment, or_(AuditEntry.at < moment, AuditEntry.id < last))
    rows = session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(size + 1))
    return page_of([_line(entry) for entry in rows], size, lambda line: [line.at.isoformat(), line.id])


def trail_of_case(session: Session, instance_id: int) -> tuple[TrailLine, ...]:
    query = select(AuditEntry).where(AuditEntry.instance_id == instance_id).order_by(AuditEntry.id)
    return tuple(_line(entry) for entry in session.scalars(query))


def latest_of_case(session: Session, instance_id: int, acts: Collection[str], most: int) -> tuple[TrailLine, ...]:
    """The last of these acts in a case, oldest first."""
    query = select(AuditEntry).where(AuditEntry.instance_id == instance_id, AuditEntry.act.in_(acts))
    entries = session.scalars(query.order_by(AuditEntry.id.desc()).limit(most)).all()
    return tuple(_line(entry) for entry in reversed(entries))


def latest_about(session: Session, acts: Collection[str], subject_id: int, since: datetime) -> TrailLine | None:
    """Who did such a thing to this subject last, and when, looked for among the entries from `since` on."""
    query = select(AuditEntry).where(
        AuditEntry.at >= since, AuditEntry.act.in_(acts), AuditEntry.subject_id == subject_id
    )
    entry = session.scalar(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(1))
    return None if entry is None else _line(entry)


def latest_facts(session: Session, instance_id: int, act: str) -> Mapping[str, Any]:
    """What was last noted of such an act in a case; nothing when it never happened."""
    query = select(AuditEntry.facts).where(AuditEntry.instance_id == instance_id, AuditEntry.act == act)
    return session.scalar(query.order_by(AuditEntry.id.desc()).limit(1)) or {}


def _matches(chosen: TrailFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.since is not None:
        yield AuditEntry.at >= chosen.since
    if chosen.until is not None:
        yield AuditEntry.at < chosen.until
    if chosen.acts:
        yield AuditEntry.act.in_(chosen.acts)
    if chosen.name:
        yield func.lower(AuditEntry.actor_name).contains(chosen.name.lower(), autoescape=True)


def _line(entry: AuditEntry) -> TrailLine:
    return TrailLine(
        id=entry.id,
        at=entry.at,
        actor_name=entry.actor_name,
        act=entry.act,
        subject=entry.subject,
        subject_id=entry.subject_id,
        instance_id=entry.instance_id,
        facts=entry.facts,
    )
