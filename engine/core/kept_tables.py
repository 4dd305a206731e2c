"""Tables between their upload and their import: each account sees its own, until they expire."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.audit.queries import TrailLine, latest_about
from engine.base.actor import Actor
from engine.base.errors import Conflict, FieldProblem, NotFound
from engine.base.i18n import _
from engine.base.rows import insert_rows
from engine.base.spreadsheets import first_lines
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.core.kept_lines import Lines, beginning_of, lines_of
from engine.organisation.model import ColumnMapping, ImportState, OfficeImport, TableSubject
from engine.organisation.tables.draft import Choices
from engine.organisation.tables.fields import LOOKED_THROUGH, Columns, Field, columns_of, headings_digest, recognise
from engine.organisation.tables.packing import unpack
from engine.organisation.tables.planning import Plan

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 200
SAMPLES = 3
INSTEAD = "ON CONFLICT (headings) DO UPDATE SET subject = excluded.subject, columns = excluded.columns"
BUSY = frozenset({ImportState.COMPARING, ImportState.IMPORTING})


class TableNotFound(NotFound):
    code = "office_import.not_found"
    message = _("This table is not kept any more, or another account sent it. Choose the file again.")


class TableIsBusy(Conflict):
    code = "office_import.busy"
    message = _("This table is being worked on. Wait until it is done, then look again.")


class ImportedAlready(Conflict):
    code = "office_import.done"
    message = _("This table was imported already. Nothing was changed a second time.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """`plan` is the difference as it was last shown; `digest` is what a yes to it must name."""

    id: int
    filename: str
    state: ImportState
    subject: TableSubject
    columns: Columns
    choices: Choices
    digest: str | None
    failure: FieldProblem | None

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumn:
    """One column of the file, with what stands in its first rows."""

    number: int
    heading: str
    samples: tuple[str, ...]


def keep_table(work: UnitOfWork, filename: str, content: bytes) -> int:
    """Keep a file that was sent, and guess what it is; raises a TableRefused that says what to do."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    found = recognise(first_lines(content, LOOKED_THROUGH))
    remembered = work.session.get(ColumnMapping, headings_digest(found.heading.cells))
    forget_expired(work)
    row = OfficeImport(
        account_id=work.actor.account_id,
        filename=filename[-LONGEST_NAME:],
        content=content,
        state=ImportState.CHOSEN,
        subject=remembered.subject if remembered else found.subject,
        heading_row=found.heading.number,
        columns=remembered.columns if remembered else _kept_columns(found.columns),
        choices=_kept_choices(Choices()),
        expires_at=work.now + KEPT_FOR,
    )
    work.session.add(row)
    work.session.flush()  # its number is its address
    return row.id


def choose_columns(work: UnitOfWork, table_id: int, subject: TableSubject, columns: Columns) -> OfficeImport:
    """Say what the columns mean; the next table with the same headings is understood at once."""
    row = locked_table(work, table_id)
    row.subject, row.columns, row.plan, row.digest = subject, _kept_columns(columns), None, None
    row.state = ImportState.CHOSEN
    digest = headings_digest(beginning_of(row, LOOKED_THROUGH)[0].cells)
    remembered = {"headings": digest, "subject": subject, "columns": row.columns}
    insert_rows(work.session, ColumnMapping, [remembered], INSTEAD)
    return row


def choose_what_happens(work: UnitOfWork, table_id: int, choices: Choices) -> OfficeImport:
    row = locked_table(work, table_id)
    row.choices = _kept_choices(choices)
    return row


def forget_table(work: UnitOfWork, table_id: int) -> None:
    work.session.delete(locked_table(work, table_id))


def forget_expired(work: UnitOfWork) -> None:
    """The files hold personal data: none of them stays longer than it must."""
    work.session.execute(delete(OfficeImport).where(OfficeImport.expires_at <= work.now))


def kept_table(reading: Reading, table_id: int) -> KeptTable:
    """Raises TableNotFound for anybody else's."""
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    return _shown(_own(reading.session, reading.actor, table_id))


def kept_tables(reading: Reading) -> tuple[KeptTable, ...]:
    """Those of the actor, the latest first."""
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    is_hers = OfficeImport.account_id == reading.actor.account_id
    query = select(OfficeImport).where(is_hers, OfficeImport.expires_at > reading.now).order_by(OfficeImport.id.desc())
    return tuple(_shown(row) for row in reading.session.scalars(query))


def kept_plan(reading: Reading, table_id: int) -> Plan | None:
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    row = _own(reading.session, reading.actor, table_id)
    return None if row.plan is None else unpack(row.plan)


def file_columns(reading: Reading, table_id: int) -> tuple[FileColumn, ...]:
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    row = _own(reading.session, reading.actor, table_id)
    heading, *rest = beginning_of(row, LOOKED_THROUGH + SAMPLES)
    width = max(len(line.cells) for line in (heading, *rest))
    return tuple(
        FileColumn(
            number=column,
            heading=heading.cell(column),
            samples=tuple(cell for line in rest[:SAMPLES] if (cell := line.cell(column))),
        )
        for column in range(width)
    )


def headings(reading: Reading, table_id: int) -> Mapping[Field, str]:
    """How the file itself heads the columns that were taken from it."""
    found = {column.number: column.heading for column in file_columns(reading, table_id)}
    columns = kept_table(reading, table_id).columns
    return {field: found[column] for field, column in columns.items() if found.get(column)}


def guessed_columns(columns: Sequence[FileColumn], subject: TableSubject) -> Columns:
    """What the headings say if the table is about `subject`."""
    return columns_of([each.heading for each in columns], subject)


def lines_with_headings(reading: Reading, table_id: int) -> Lines:
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    return lines_of(_own(reading.session, reading.actor, table_id))


def locked_table(work: UnitOfWork, table_id: int) -> OfficeImport:
    """Of the actor, and not worked on just now."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    row = _found(work.session.scalar(_of(work.actor, table_id).with_for_update()))
    if row.state in BUSY:
        raise TableIsBusy
    if row.state == ImportState.DONE:
        raise ImportedAlready
    return row


def imported_when(look: Reading | UnitOfWork, table_id: int) -> TrailLine | None:
    """Who brought a table in, and when: the trail remembers it longer than the table is kept."""
    return latest_about(look.session, ["organisation.imported"], table_id, look.now - KEPT_FOR)


def columns_kept(row: OfficeImport) -> Columns:
    return {Field(name): column for name, column in row.columns.items()}


def choices_kept(row: OfficeImport) -> Choices:
    return Choices(**row.choices)


def _own(session: Session, actor: Actor, table_id: int) -> OfficeImport:
    return _found(session.scalar(_of(actor, table_id)))


def _of(actor: Actor, table_id: int) -> Select[OfficeImport]:
    return select(OfficeImport).where(OfficeImport.id == table_id, OfficeImport.account_id == actor.account_id)


def _found(row: OfficeImport | None) -> OfficeImport:
    if row is None:
        raise TableNotFound
    return row


def _shown(row: OfficeImport) -> KeptTable:
    return KeptTable(
        id=row.id,
        filename=row.filename,
        state=ImportState(row.state),
        subject=TableSubject(row.subject),
        columns=columns_kept(row),
        choices=choices_kept(row),
        digest=row.digest,
        failure=_problem(row.failure),
    )


def _problem(kept: str | None) -> FieldProblem | None:
    if kept is None:
        return None
    code, message, params = json.loads(kept)
    return FieldProblem(name="file", code=code, message=message, params=params)


def _kept_columns(columns: Columns) -> dict[str, int]:
    return {str(field): column for field, column in columns.items()}


def _kept_choices(choices: Choices) -> Mapping[str, bool]:
    return {
        "gone_end": choices.gone_end,
        "unknown_are_made": choices.unknown_are_made,
        "faulty_are_left_out": choices.faulty_are_left_out,
    }
