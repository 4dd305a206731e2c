"""Who is away in a year that is simulated, and who acts for the heads of sections meanwhile (Plh), or till a new one
comes (Plt)."""

from datetime import date, datetime, time
from functools import partial

from sqlalchemy import select

from engine.core.office_keeping import appoint, end_holding
from engine.organisation.absences import AbsenceFacts
from engine.organisation.appointments import Appointment
from engine.organisation.model import AbsenceKind, Employee, Holding, HoldingKind, Position, Unit
from engine.staffing.absences import record_absence
from tests.support.simulated_office import SECRETARIAT, actors
from tests.support.simulated_time import DAY, YEAR, ZONE, Year, moment_of_year

ABSENCES = 60
TIMES_AWAY = 3  # of each head
VACANT = "seksi-2"
LEAVES_ON, COMES_ON = date(YEAR, 8, 31), date(YEAR, 11, 1)


def know_people(year: Year) -> None:
    year.people = actors(year.core)
    with year.core.read() as reading:
        year.units = {code: unit_id for unit_id, code in reading.session.execute(select(Unit.id, Unit.code))}
        query = (
            select(Employee.id, Position.unit_id, Position.title)
            .join(Holding, Holding.employee_id == Employee.id)
            .join(Position, Position.id == Holding.position_id)
        )
        for employee_id, unit_id, title in reading.session.execute(query.order_by(Employee.id)):
            if title == "Pengadministrasi":
                year.clerks[unit_id].append(employee_id)
            else:
                {"Penelaah": year.writers}.get(title, year.heads)[unit_id] = employee_id


def plan_absences(year: Year) -> None:
    others = sorted(year.people.keys() - set(year.heads.values()))
    for employee_id in year.random.sample(others, ABSENCES):
        year.at(moment_of_year(year), partial(_be_away, year, employee_id))
    sections = [unit_id for code, unit_id in year.units.items() if code.startswith("seksi")]
    for unit_id in sections:
        for part in range(TIMES_AWAY):
            day = date(YEAR, 1 + 4 * part, 1) + DAY * year.random.randint(10, 90)
            year.at(datetime.combine(day, time(9), ZONE), partial(_stand_in, year, unit_id))
    year.at(datetime.combine(LEAVES_ON - 6 * DAY, time(9), ZONE), partial(_follow, year, year.units[VACANT]))


def _be_away(year: Year, employee_id: int) -> None:
    first = _today(year) + DAY * year.random.randint(1, 5)
    _record_absence(year, employee_id, first, first + DAY * year.random.randint(0, 9))


def _stand_in(year: Year, unit_id: int) -> None:
    """The head of a section goes away, and its writer acts for her."""
    first = _today(year) + DAY * year.random.randint(1, 4)
    last = first + DAY * year.random.randint(1, 12)
    _record_absence(year, year.heads[unit_id], first, last)
    _appoint(year, year.writers[unit_id], unit_id, HoldingKind.PLH, first, last)


def _follow(year: Year, unit_id: int) -> None:
    """The head of a section leaves it; its writer acts till one of its clerks becomes the new one."""
    former, new = year.heads[unit_id], year.clerks[unit_id].pop()
    with year.core.work(SECRETARIAT) as work:
        for employee_id, last_day in ((former, LEAVES_ON), (new, COMES_ON - DAY)):
            holding_id = work.session.scalars(select(Holding.id).where(Holding.employee_id == employee_id)).one()
            end_holding(work, holding_id, last_day)
    _appoint(year, year.writers[unit_id], unit_id, HoldingKind.PLT, LEAVES_ON + DAY, COMES_ON - DAY)
    _appoint(year, new, unit_id, HoldingKind.DEFINITIVE, COMES_ON, None)


def _record_absence(year: Year, employee_id: int, first: date, last: date) -> None:
    facts = AbsenceFacts(employee_id=employee_id, kind=AbsenceKind.ANNUAL, starts_on=first, ends_on=last)
    with year.core.work(SECRETARIAT) as work:
        record_absence(work, facts)


def _appoint(year: Year, employee_id: int, unit_id: int, kind: HoldingKind, first: date, last: date | None) -> None:
    head = Position.unit_id == unit_id, Position.title == "Kepala Seksi"
    with year.core.work(SECRETARIAT) as work:
        position_id = work.session.scalars(select(Position.id).where(*head)).one()
        appointment = Appointment(
            employee_id=employee_id,
            position_id=position_id,
            kind=kind,
            starts_on=first,
            ends_on=last,
            decree=f"SP-{employee_id}/{first}",
        )
        appoint(work, appointment)


def _today(year: Year) -> date:
    return year.clock.now().astimezone(ZONE).date()
