"""The organisation is kept in one file and imported from it; the same file twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.database import Row
from engine.base.looking import forget_edition
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.checking import Known, known_after, person_keys, problems_together
from engine.organisation.events import OrganisationImported
from engine.organisation.model import Employee, Holding, Position, Unit
from engine.organisation.office_file import (
    OrganisationFile,
    OrganisationRefused,
    PositionEntry,
    UnitEntry,
    read_organisation,
)

MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """Entries by what became of them; `gone` are people who left and holdings that ended by not being listed."""

    created: int
    changed: int
    unchanged: int
    gone: int


def import_organisation(work: UnitOfWork, document: bytes) -> ImportResult:
    """Make the organisation what the file says; raises OrganisationRefused with every problem, and nothing is done.

    A section is the whole truth about its subject, a section left out changes nothing. Units and positions that are
    no longer listed stay, without holders, since cases speak of them. Who may import is decided by the caller.
    """
    file = read_organisation(document)
    forget_edition(work.session)
    problems = [*file.problems, *problems_together(file, known_after(file, _known(work.session)))]
    if problems:
        raise OrganisationRefused(problems[:MOST_PROBLEMS])
    tally = _Tally()
    today = work.today
    moved = _keep_units(work.session, file.units or (), tally)
    _keep_positions(work.session, file.positions or (), tally)
    people = _keep_employees(work.session, file, today, tally)
    if file.holdings is not None:
        _keep_holdings(work.session, file, people, today, tally)
    result = ImportResult(created=tally.created, changed=tally.changed, unchanged=tally.unchanged, gone=tally.gone)
    counts = {"created": result.created, "changed": result.changed, "gone": result.gone}
    work.tell(OrganisationImported(**counts, moved_unit_ids=moved))
    return result


@dataclass(slots=True)
class _Tally:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def keep(self, row: Row, is_new: bool, **values: Any) -> None:
        """Give a row its values and count what that made of it."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        self.created += is_new
        self.changed += bool(differing) and not is_new
        self.unchanged += not differing and not is_new


def _known(session: Session) -> Known:
    here = select(Employee.nip).where(Employee.left_on.is_(None), Employee.nip.is_not(None))
    return Known(
        units=frozenset(session.scalars(select(Unit.code))),
        seats={row.code: row.seats for row in session.execute(select(Position.code, Position.seats))},
        employees=frozenset(nip for nip in session.scalars(here) if nip is not None),
    )


def _keep_units(session: Session, entries: Sequence[UnitEntry], tally: _Tally) -> frozenset[int]:
    """Those that were here and lie below others now."""
    rows = {row.code: row for row in session.scalars(select(Unit))}
    fresh = {each.code: Unit(code=each.code, name=each.name) for each in entries if each.code not in rows}
    rows |= fresh
    session.add_all(fresh.values())
    session.flush()  # a parent must have its id before its children name it
    moved = set[int]()
    for each in entries:
        parent_id = rows[each.parent].id if each.parent else None
        if each.code not in fresh and rows[each.code].parent_id != parent_id:
            moved.add(rows[each.code].id)
        more = _told(
            opened_on=each.opened_on, closed_on=each.closed_on, transferred_to=each.transferred_to, basis=each.basis
        )
        tally.keep(rows[each.code], each.code in fresh, name=each.name, parent_id=parent_id, **more)
    return frozenset(moved)


def _keep_positions(session: Session, entries: Sequence[PositionEntry], tally: _Tally) -> None:
    units = {row.code: row.id for row in session.execute(select(Unit.code, Unit.id))}
    rows = {row.code: row for row in session.scalars(select(Position))}
    fresh = {
        each.code: Position(code=each.code, title=each.title, kind=each.kind, unit_id=units[each.unit])
        for each in entries
        if each.code not in rows
    }
    rows |= fresh
    session.add_all(fresh.values())
    session.flush()  # a superior must have its id before others name it
    for each in entries:
        tally.keep(
            rows[each.code],
            each.code in fresh,
            title=each.title,
            kind=each.kind,
            unit_id=units[each.unit],
            superior_id=rows[each.superior].id if each.superior else None,
            is_head_of_unit=each.is_head,
            seats=each.seats,
            **_told(job_class=each.job_class, closed_on=each.closed_on),
        )


def _keep_employees(session: Session, file: OrganisationFile, today: date, tally: _Tally) -> dict[str, Employee]:
    """The people of the office by the keys of the file."""
    rows = session.scalars(select(Employee)).all()
    if file.employees is None:
        return {row.nip: row for row in rows if row.nip is not None}
    by_nip = {row.nip: row for row in rows if row.nip is not None}
    by_email = {row.email: row for row in rows if row.nip is None and row.email is not None}
    people = {}
    for each in file.employees:
        # Whoever had no NIP at the last import is still known by her address.
        known = by_nip.get(each.nip or "") or by_email.get(each.email or "")
        row = known or Employee(nip=each.nip, name=each.name)
        same = {"nip": each.nip, "name": each.name, "email": each.email, "rank": each.rank, "left_on": each.left_on}
        tally.keep(row, known is None, **same, **_told(phone=each.phone))
        people[each.key] = row
    session.add_all(people.values())
    staying = {id(row) for row in people.values()}
    for row in rows:
        if id(row) not in staying and row.left_on is None:
            row.left_on = today
            tally.gone += 1
    session.flush()  # holdings need the ids of their people
    return people


def _keep_holdings(
    session: Session, file: OrganisationFile, people: dict[str, Employee], today: date, tally: _Tally
) -> None:
    positions = {row.code: row.id for row in session.execute(select(Position.code, Position.id))}
    rows = {
        (row.employee_id, row.position_id, row.kind, row.starts_on): row for row in session.scalars(select(Holding))
    }
    key_of = person_keys(file)
    listed = set()
    for each in file.holdings or ():
        key = (people[key_of(each.employee)].id, positions[each.position], each.kind, each.starts_on)
        listed.add(key)
        known = rows.get(key)
        row = known or Holding(employee_id=key[0], position_id=key[1], kind=key[2], starts_on=key[3])
        session.add(row)
        tally.keep(row, known is None, decree=each.decree, ends_on=each.ends_on, **_told(scope=each.scope))
    for key, row in rows.items():
        if key not in listed and (row.ends_on is None or row.ends_on >= today):
            _end(session, row, today)
            tally.gone += 1


def _told(**values: Any) -> dict[str, Any]:
    """What is kept by hand besides the file stays where the file says nothing of it."""
    return {name: value for name, value in values.items() if value is not None}


def _end(session: Session, holding: Holding, today: date) -> None:
    """It ended yesterday; one that would only begin never was."""
    if holding.starts_on >= today:
        session.delete(holding)
    else:
        holding.ends_on = today - timedelta(days=1)
