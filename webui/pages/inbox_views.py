"""What an inbox shows: its views with their counts, and a row for each task."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from engine.base.unit_of_work import Reading
from engine.execution.item_pages import CaseName, case_names
from engine.organisation.queries import position_ids_held
from engine.worklist.queries import InboxLine, Reader, View, counts, inbox, inbox_line
from webui.language import language
from webui.office_time import due_words

NOTHING_OPEN = dict.fromkeys((View.MINE, View.POOL, View.LATE), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`is_new`: it arrived since she last looked. `was_taken`: she took it a moment ago, from this very row."""

    line: InboxLine
    case: CaseName
    is_new: bool = False
    was_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    view: View
    rows: tuple[Row, ...]
    next_cursor: str | None
    counts: dict[View, int]

    def fingerprint(self, now: datetime, *more: object) -> str:
        """Changes when anything changes that a person would see."""
        seen = [(row, due_words(row.line.due_at, now), _is_at_risk(row.line, now)) for row in self.rows]
        known = (language(), self.view, seen, self.next_cursor, sorted(self.counts.items()), more)
        return sha256(repr(known).encode()).hexdigest()[:32]


def inbox_page(reading: Reading, view: View, cursor: str | None, looked: datetime | None) -> InboxPage:
    reader = reader_of(reading)
    if reader is None:
        return InboxPage(view=view, rows=(), next_cursor=None, counts=NOTHING_OPEN)
    page = inbox(reading.session, reader, view, reading.now, cursor)
    return InboxPage(
        view=view,
        rows=_rows(reading, page.items, looked if view is not View.DONE else None),
        next_cursor=page.next_cursor,
        counts=counts(reading.session, reader, reading.now),
    )


def taken_row(reading: Reading, work_item_id: int) -> Row:
    """The row of a task that she has just taken."""
    (row,) = _rows(reading, (inbox_line(reading.session, work_item_id),), looked=None)
    return replace(row, was_taken=True)


def open_counts(reading: Reading) -> dict[View, int]:
    reader = reader_of(reading)
    return counts(reading.session, reader, reading.now) if reader else NOTHING_OPEN


def reader_of(reading: Reading) -> Reader | None:
    """Whose inbox; None for an account without an employee."""
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return None
    today = reading.now.astimezone(reading.settings.zone).date()
    return Reader(employee_id=employee_id, position_ids=position_ids_held(reading.session, employee_id, today))


def _rows(reading: Reading, lines: Collection[InboxLine], looked: datetime | None) -> tuple[Row, ...]:
    names = case_names(reading.session, {line.instance_id for line in lines})
    return tuple(
        Row(line=line, case=names[line.instance_id], is_new=looked is not None and line.opened_at > looked)
        for line in lines
    )


def _is_at_risk(line: InboxLine, now: datetime) -> bool:
    return line.risk_at is not None and line.risk_at <= now
