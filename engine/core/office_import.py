"""The office is compared with a table, and brought to what it says after a yes: large tables by the workers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from engine.access.model import Account
from engine.access.permissions import Permission, require
from engine.base.errors import Conflict, Invalid
from engine.base.i18n import _
from engine.base.looking import forget_edition
from engine.base.spreadsheets import TableLine
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.core.imported_changes import moved_units, note_changes, note_new_people
from engine.core.kept_lines import Lines, keep_lines, lines_of
from engine.core.kept_tables import (
    BUSY,
    choices_kept,
    choose_columns,
    choose_what_happens,
    columns_kept,
    locked_table,
)
from engine.core.table_sheets import schedule_sheets, sender
from engine.execution.services import Outcome
from engine.jobs.claiming import JobCall
from engine.jobs.events import JobGivenUp
from engine.jobs.operations import schedule_again
from engine.notifications.operations import notify
from engine.organisation.events import OrganisationImported
from engine.organisation.model import ImportState, OfficeImport, TableSubject
from engine.organisation.tables.bringing_in import bring_in
from engine.organisation.tables.difference import ChangeKind
from engine.organisation.tables.draft import Choices
from engine.organisation.tables.fields import Columns
from engine.organisation.tables.office import office_now
from engine.organisation.tables.packing import digest_of, pack, unpack
from engine.organisation.tables.planning import Plan, plan_of

if TYPE_CHECKING:
    from engine.core.core import Core

COMPARE_JOB = "office_import.compare"
IMPORT_JOB = "office_import.bring_in"
AT_ONCE = 64 << 10  # bytes: some 700 people, a second; what is larger would hold a request too long
CHANGED = ("office_import.changed", _("The office was changed in the meantime. This is the difference as it is now."))
GIVEN_UP = (
    "office_import.given_up",
    _("The table could not be worked on, and nothing has changed. Choose the file again, or ask an administrator."),
)
TABLES = "unit, position, employee, holding"


class NotAsShown(Conflict):
    code = "office_import.not_as_shown"
    message = _("The difference is not the one that you saw. Look at it again, then decide.")


def compare_columns(work: UnitOfWork, table_id: int, subject: TableSubject, columns: Columns) -> None:
    """Take the columns as they are said to be, and find out what the table would change."""
    _compare(work, choose_columns(work, table_id, subject, columns))


def compare_choices(work: UnitOfWork, table_id: int, choices: Choices) -> None:
    _compare(work, choose_what_happens(work, table_id, choices))


def confirm(work: UnitOfWork, table_id: int, digest: str) -> None:
    """Do what was shown, all of it or nothing; raises NotAsShown when something else was."""
    row = locked_table(work, table_id)
    if row.state != ImportState.COMPARED or row.plan is None or row.digest != digest or not unpack(row.plan).may_go:
        raise NotAsShown
    if len(row.content) > AT_ONCE:
        row.state = ImportState.IMPORTING
        _schedule(work, IMPORT_JOB, row)
    else:
        _bring_in(work, row, lines_of(row)[1])


def run_comparison(core: "Core", call: JobCall) -> Outcome:
    """Read and compared with no transaction open: nobody waits for it."""
    table_id = call.payload["table_id"]
    with core.read() as reading:
        row = reading.session.get(OfficeImport, table_id)
        found = None if row is None else _compared(reading, row)

    def outcome(work: UnitOfWork, is_held: bool) -> None:
        kept = work.session.get(OfficeImport, table_id)
        if is_held and kept is not None and found is not None:
            _keep_compared(kept, found)
            _tell(work, kept, call.payload["account_id"])

    return outcome


def run_import(core: "Core", call: JobCall) -> Outcome:
    """The file is read with no transaction open; the import itself is one."""
    table_id = call.payload["table_id"]
    with core.read() as reading:
        row = reading.session.get(OfficeImport, table_id)
        lines = () if row is None else lines_of(row)[1]

    def outcome(work: UnitOfWork, is_held: bool) -> None:
        kept = work.session.get(OfficeImport, table_id)
        if not is_held or kept is None or kept.state != ImportState.IMPORTING:
            return
        actor = sender(work, call.payload["account_id"])
        acting = replace(work, actor=actor)
        _bring_in(acting, kept, lines)
        _tell(acting, kept, call.payload["account_id"])

    return outcome


def give_up(work: UnitOfWork, event: JobGivenUp) -> None:
    """Nobody waits for a comparison or an import that will never come."""
    row = work.session.get(OfficeImport, event.payload["table_id"]) if event.kind in (COMPARE_JOB, IMPORT_JOB) else None
    if row is not None and row.state in BUSY:
        row.state, row.plan, row.digest = ImportState.FAILED, None, None
        row.failure = _kept(*GIVEN_UP, {})
        _tell(work, row, row.account_id)


def _compare(work: UnitOfWork, row: OfficeImport) -> None:
    row.failure = None
    if len(row.content) > AT_ONCE:
        row.state = ImportState.COMPARING
        _schedule(work, COMPARE_JOB, row)
    else:
        forget_edition(work.session)
        _keep_compared(row, _compared(work, row))


def _compared(look: UnitOfWork | Reading, row: OfficeImport) -> tuple[Plan, Lines] | Invalid:
    try:
        lines = lines_of(row)
    except Invalid as refusal:
        return refusal
    return _plan(look, row, lines[1]), lines


def _plan(look: UnitOfWork | Reading, row: OfficeImport, lines: Sequence[TableLine]) -> Plan:
    today = look.today
    office = office_now(look.session)
    return plan_of(office, lines, TableSubject(row.subject), columns_kept(row), choices_kept(row), today)


def _keep_compared(row: OfficeImport, found: tuple[Plan, Lines] | Invalid) -> None:
    if isinstance(found, Invalid):
        row.state, row.plan, row.digest = ImportState.FAILED, None, None
        row.failure = _kept(found.code, found.message, found.params)
        return
    plan, lines = found
    keep_lines(row, lines)
    _keep(row, plan)


def _keep(row: OfficeImport, plan: Plan) -> None:
    row.state, row.plan = ImportState.COMPARED, pack(plan)
    row.digest = digest_of(row.plan)


def _bring_in(work: UnitOfWork, row: OfficeImport, lines: Sequence[TableLine]) -> None:
    """Only what was shown: when the office has changed since, the new difference waits for a new yes."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    _hold_still(work.session)
    forget_edition(work.session)
    plan = _plan(work, row, lines)
    if digest_of(pack(plan)) != row.digest:
        _keep(row, plan)
        row.failure = _kept(*CHANGED, {})
        return
    if not plan.may_go:
        raise NotAsShown
    brought = bring_in(work.session, plan.changes)
    counts = {kind: sum(each.kind is kind for each in plan.changes) for kind in ChangeKind}
    note_changes(work, plan.changes)
    note_new_people(work, plan.changes, brought.people)
    work.tell(
        OrganisationImported(
            created=counts[ChangeKind.NEW],
            changed=counts[ChangeKind.CHANGED],
            gone=counts[ChangeKind.GONE],
            table_id=row.id,
            moved_unit_ids=moved_units(work, plan.changes),
        )
    )
    schedule_sheets(work, row, brought.begun)
    # What was sent is not needed any more; the difference is shown until it expires.
    row.state, row.content, row.failure = ImportState.DONE, b"", None


def _hold_still(session: Session) -> None:
    """Nobody changes the office between its comparison and the changes; on SQLite the writer is alone anyway."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {TABLES} IN SHARE ROW EXCLUSIVE MODE"))


def _kept(code: str, message: str, params: Mapping[str, Any]) -> str:
    return json.dumps([code, message, params], default=str)


def _schedule(work: UnitOfWork, kind: str, row: OfficeImport) -> None:
    payload = {"table_id": row.id, "account_id": work.actor.account_id}
    schedule_again(work, kind, f"{kind}:{row.id}", work.now, payload)


def _tell(work: UnitOfWork, row: OfficeImport, account_id: int) -> None:
    account = work.session.get_one(Account, account_id)
    if account.employee_id is None:
        return
    kind = {ImportState.DONE: "import.done", ImportState.COMPARED: "import.compared"}.get(
        ImportState(row.state), "import.refused"
    )
    facts = {"filename": row.filename, "table_id": row.id}
    notify(work, (account.employee_id,), kind, f"{kind}:{row.id}:{work.now.isoformat()}", facts)
