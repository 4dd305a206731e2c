"""Cases that begin by themselves in a year that is simulated: twice a month, and for people half-yearly."""

from datetime import date, datetime, time
from functools import partial

from sqlalchemy import select

from engine.definitions.model import ProcessDefinition
from engine.execution.plan_model import OnHoliday, PlannedStart
from engine.execution.planned_people import add_person
from engine.execution.plans import PlanFacts, make_plan
from tests.support.simulated_deeds import look
from tests.support.simulated_office import SECRETARIAT
from tests.support.simulated_time import DAY, FIRST, LAST, ZONE, Year

MONTHLY, FOR_PEOPLE = "Laporan", "KGB"
MONTHLY_HOUR, PERSONS_HOUR, LOOKED_AT = time(8), time(7), time(8, 30)
DAYS_OF_MONTH = (1, 15)
PEOPLE, EVERY_MONTHS, LEAD_DAYS = 24, 6, 14
UNIT = "seksi-5"


def plan_starts(year: Year) -> None:
    with year.core.work(SECRETARIAT) as work:
        procedures = {each.key: each.id for each in work.session.scalars(select(ProcessDefinition))}
        days = ",".join(map(str, DAYS_OF_MONTH))
        monthly = PlanFacts(
            definition_id=procedures["arsip"],
            name=MONTHLY,
            title=MONTHLY,
            on_holiday=OnHoliday.AFTER,
            crontab=f"0 {MONTHLY_HOUR.hour} {days} * *",
            unit_id=year.units[UNIT],
            variables={},
        )
        make_plan(work, monthly)
        for_people = PlanFacts(
            definition_id=procedures["surat"],
            name=FOR_PEOPLE,
            title=FOR_PEOPLE,
            on_holiday=OnHoliday.BEFORE,
            every_months=EVERY_MONTHS,
            lead_days=LEAD_DAYS,
            variables={},
        )
        plan_id = make_plan(work, for_people)
        for employee_id in year.random.sample([each for clerks in year.clerks.values() for each in clerks], PEOPLE):
            add_person(work, plan_id, employee_id, FIRST + DAY * year.random.randint(20, 190))
    day = FIRST
    while day <= LAST:
        year.at(datetime.combine(day, LOOKED_AT, ZONE), partial(_notice, year, day))
        day += DAY


def _notice(year: Year, day: date) -> None:
    """What has begun since the day before: somebody will do it."""
    since = datetime.combine(day - DAY, LOOKED_AT, ZONE)
    query = select(PlannedStart.instance_id).where(PlannedStart.came_at > since).order_by(PlannedStart.id)
    with year.core.read() as reading:
        begun = reading.session.scalars(query).all()
    for instance_id in begun:
        if instance_id is not None:
            look(year, instance_id)
