"""What an inbox shows: its views with their counts, and a row for each task."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from engine.base.unit_of_work import Reading
from engine.execution.inbox import inbox
from engine.execution.item_pages import CaseName, case_names
from engine.execution.recalling import recallable
from engine.worklist.counts import counts
from engine.worklist.model import WorkItem
from engine.worklist.news import commented_since
from engine.worklist.queries import InboxLine, inbox_line
from engine.worklist.views import Reader, View, reader_of
from webui.language import language
from webui.office_time import due_words
from webui.pages.inbox_filters import Place

NOTHING_OPEN = dict.fromkeys((View.MINE, View.POOL, View.LATE, View.TODAY, View.DONE), 0)


class News(StrEnum):
    """What happened to a task since she last looked; the first that is so is told."""

    RETURNED = "returned"
    ARRIVED = "arrived"
    HANDED = "handed"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`was_taken`: she took it a moment ago, from this very row."""

    line: InboxLine
    case: CaseName
    news: News | None = None
    may_recall: bool = False
    was_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    place: Place
    rows: tuple[Row, ...]
    next_cursor: str | None
    counts: dict[View, int]
    acts: frozenset[str] = frozenset()

    def fingerprint(self, now: datetime, *more: object) -> str:
        """Changes when anything changes that a person would see."""
        lines = [row.line for row in self.rows]
        seen = [(due_words(line.due_at, now, line.unit_id), _is_at_risk(line, now)) for line in lines]
        known = (language(), self.place, self.rows, seen, self.next_cursor, sorted(self.counts.items()), more)
        return sha256(repr(known).encode()).hexdigest()[:32]


def inbox_page(reading: Reading, place: Place, cursor: str | None, looked: datetime | None) -> InboxPage:
    reader = reader_of(reading)
    if reader is None:
        return InboxPage(place=place, rows=(), next_cursor=None, counts=NOTHING_OPEN)
    page = inbox(reading.session, reader, place.view, reading.now, cursor, terms=place.terms)
    rows = _rows(reading, reader, page.items, looked if place.view is not View.DONE else None)
    return InboxPage(
        place=place,
        rows=rows,
        next_cursor=page.next_cursor,
        counts=counts(reading.session, reader, reading.now),
        acts=frozenset(act for row in rows for act in acts_on(row.line, row.case, place.view, reader)),
    )


def acts_on(line: InboxLine, case: CaseName, view: View, reader: Reader) -> Iterator[str]:
    """What of the bulk bar this row may allow; what none allows is not offered. The head takes from her own queue."""
    holders = {reader.employee_id, *(principal.employee_id for principal in reader.principals)}
    is_held, is_led = line.assignee_id in holders, line.unit_id in reader.unit_ids
    if line.assignee_id is None and view is not View.UNIT:
        yield "claim"
    if line.assignee_id is not None and line.has_queue and (is_held or is_led):
        yield "release"
    if is_led:
        yield "reassign"
    if is_led or case.starter_id == reader.employee_id:
        yield "priority"
    if is_held:
        yield "follow_up"


def taken_row(reading: Reading, work_item_id: int) -> Row:
    """The row of a task that she has just taken."""
    line = inbox_line(reading.session, work_item_id)
    return Row(line=line, case=case_names(reading.session, {line.instance_id})[line.instance_id], was_taken=True)


def open_counts(reading: Reading) -> dict[View, int]:
    reader = reader_of(reading)
    return counts(reading.session, reader, reading.now) if reader else NOTHING_OPEN


def _rows(reading: Reading, reader: Reader, lines: Collection[InboxLine], looked: datetime | None) -> tuple[Row, ...]:
    cases = {line.instance_id for line in lines}
    names = case_names(reading.session, cases)
    rows = (Row(line=line, case=names[line.instance_id]) for line in lines)
    if looked is None:
        done = [line.work_item_id for line in lines if line.closed_at]
        sent = recallable(reading, WorkItem.id.in_(done)) if done else {}
        return tuple(replace(row, may_recall=row.line.work_item_id in sent) for row in rows)
    talked = commented_since(reading.session, cases, looked, reader.employee_id)
    return tuple(replace(row, news=_news(row.line, looked, talked, reading.actor.name)) for row in rows)


def _news(line: InboxLine, looked: datetime, talked: frozenset[int], reader_name: str) -> News | None:
    if line.opened_at > looked:
        return News.RETURNED if line.is_returned else News.ARRIVED
    if line.claimed_at and line.claimed_at > looked and line.handed_by not in (None, reader_name):
        return News.HANDED
    return News.COMMENTED if line.instance_id in talked else None


def _is_at_risk(line: InboxLine, now: datetime) -> bool:
    return line.risk_at is not None and line.risk_at <= now and line.clock_stopped_at is None
