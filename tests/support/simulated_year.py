"""A year of an office, act by act, with its absences, closures, stops, returns and ladders."""

from datetime import date, datetime
from functools import partial
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.clock import FrozenClock
from engine.calendar.model import Holiday, HolidayKind
from engine.calendar.operations import seed_holidays, set_ramadan
from engine.calendar.weeks import Period
from engine.core.calendar_keeping import keep_holiday
from engine.core.core import Core
from engine.core.days import DAY_JOB
from engine.insight.figures import make_missing
from engine.jobs.operations import schedule_again
from engine.organisation.absences import AbsenceFacts
from engine.organisation.model import AbsenceKind, Employee, Holding, Position
from engine.sla.climbing import RungRule
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE
from engine.sla.model import Anchor, RungAction
from engine.staffing.absences import record_absence
from tests.support.plain_working_time import PlainOffice
from tests.support.simulated_deeds import begin_case
from tests.support.simulated_office import SECRETARIAT, actors, set_up
from tests.support.simulated_time import DAY, FIRST, MINUTE, YEAR, ZONE, Year, moment_of_year

RAMADAN = Period(first_day=date(YEAR, 2, 8), last_day=date(YEAR, 3, 9))
ABSENCES, CLOSURES = 60, 4
MOST_DAYS = 1_000
LADDER = (
    RungRule(anchor=Anchor.RISK, action=RungAction.REMIND_HOLDER),
    RungRule(anchor=Anchor.DUE, action=RungAction.TELL_SUPERIOR),
    RungRule(anchor=Anchor.DUE, after=90 * MINUTE, action=RungAction.OFFER_TO_POOL),
    RungRule(anchor=Anchor.DUE, after=480 * MINUTE, action=RungAction.REASSIGN_TO_SUPERIOR),
)


def simulate(core: Core, clock: FrozenClock, cases: int, seed: int) -> None:
    year = Year(core=core, clock=clock, random=Random(seed))  # a simulation, no secret
    clock.set(datetime(FIRST.year, FIRST.month, FIRST.day, 6, 0, tzinfo=ZONE))
    set_up(core)
    _know_people(year)
    with core.work() as work:
        seed_holidays(work, [YEAR, YEAR + 1])
        set_ramadan(work, RAMADAN.first_day, RAMADAN.last_day)
    with core.work(SECRETARIAT) as work:
        keep_ladder(work, OFFICE, LADDER)
        schedule_again(work, DAY_JOB, DAY_JOB, work.now, {})
    for _case in range(cases):
        year.at(moment_of_year(year), partial(begin_case, year))
    for employee_id in year.random.sample(sorted(year.people), ABSENCES):
        year.at(moment_of_year(year), partial(_be_away, year, employee_id))
    for _closure in range(CLOSURES):
        year.at(moment_of_year(year), partial(_close, year))
    year.run()
    clock.advance(DAY)
    with core.work() as work:
        make_missing(work, MOST_DAYS)


def plain_office(session: Session) -> PlainOffice:
    """Closed on the days that everybody knew of from the beginning."""
    known = session.scalars(select(Holiday.day).where(Holiday.kind != HolidayKind.CLOSURE))
    return PlainOffice(ZONE, list(known), (RAMADAN.first_day, RAMADAN.last_day))


def _know_people(year: Year) -> None:
    year.people = actors(year.core)
    query = (
        select(Employee.id, Position.unit_id, Position.title)
        .join(Holding, Holding.employee_id == Employee.id)
        .join(Position, Position.id == Holding.position_id)
    )
    with year.core.read() as reading:
        for employee_id, unit_id, title in reading.session.execute(query.order_by(Employee.id)):
            if title == "Pengadministrasi":
                year.clerks[unit_id].append(employee_id)
            elif title == "Kepala Seksi":
                year.heads[unit_id] = employee_id


def _be_away(year: Year, employee_id: int) -> None:
    first = year.clock.now().astimezone(ZONE).date() + DAY * year.random.randint(1, 5)
    facts = AbsenceFacts(
        employee_id=employee_id,
        kind=AbsenceKind.ANNUAL,
        starts_on=first,
        ends_on=first + DAY * year.random.randint(0, 9),
    )
    with year.core.work(SECRETARIAT) as work:
        record_absence(work, facts)


def _close(year: Year) -> None:
    """The office will be closed on a day to come: what is open then becomes due later."""
    day = year.clock.now().astimezone(ZONE).date() + DAY * year.random.randint(2, 6)
    with year.core.work(SECRETARIAT) as work:
        if work.session.get(Holiday, day) is None:
            keep_holiday(work, day, HolidayKind.CLOSURE, "Libur setempat")
