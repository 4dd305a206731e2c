"""What is answered from memory is never older than the data: every writer of them begins a new edition."""

from contextlib import suppress

import pytest
from sqlalchemy import insert, text, update

from engine.access.model import Account
from engine.base.edition import MARK, read_edition
from engine.base.rows import table_of
from engine.calendar.model import Holiday, HolidayKind, HoursTable, RamadanPeriod, UnitDay
from engine.calendar.operations import add_holidays
from engine.calendar.queries import working_hours
from engine.competency.model import Competency, EmployeeCompetency, PositionCompetency
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionCall
from engine.organisation.model import (
    Absence,
    DelegatedProcess,
    Delegation,
    DutySheet,
    Employee,
    Holding,
    JobDescription,
    Position,
    Unit,
)
from engine.organisation.queries import holders_of
from tests.conftest import MONDAY_MORNING
from tests.support.one_day import one_day
from tests.support.small_office import load_small_office
from tests.support.statements import asked

TODAY = MONDAY_MORNING.date()
WITH_AN_EDITION = (Unit, Position, Employee, Holding, Holiday, RamadanPeriod)
OF_HOURS = (HoursTable, UnitDay)
OF_DEFINITIONS = (ProcessDefinition, DefinitionVersion, VersionCall)
OF_PEOPLE = (Absence, Delegation, DelegatedProcess, DutySheet, JobDescription)
OF_COMPETENCY = (Competency, PositionCompetency, EmployeeCompetency)


@pytest.fixture
def office(core):
    load_small_office(core)
    with core.work() as work:
        add_holidays(work, one_day(TODAY), HolidayKind.PUBLIC, "Libur")
        work.session.execute(insert(RamadanPeriod), [{"first_day": TODAY, "last_day": TODAY}])
    return core


def mark(core):
    with core.read() as reading:
        return reading.session.scalar(text(f"SELECT {MARK}"))


@pytest.mark.parametrize("table", WITH_AN_EDITION, ids=lambda table: table.__tablename__)
def test_a_changed_row_begins_an_edition(office, table):
    before, column = mark(office), next(iter(table_of(table).primary_key))
    with office.work() as work:
        work.session.execute(update(table).values({column: column}))
    assert mark(office) != before


@pytest.mark.parametrize(
    "table", [*OF_HOURS, *OF_DEFINITIONS, *OF_PEOPLE, *OF_COMPETENCY], ids=lambda table: table.__tablename__
)
def test_what_few_acts_change_has_its_part_in_it(office, table):
    with office.read() as reading:
        triggers = reading.session.scalars(text(TRIGGERS[office.engine.dialect.name])).all()
    assert any(name.startswith(f"{table.__tablename__}_begins_edition") for name in triggers)


def test_accounts_have_no_part_in_it(office):
    before = mark(office)
    with office.work() as work:
        work.session.execute(update(Account).values(language="en"))
    assert mark(office) == before


def test_an_edition_that_was_undone_never_comes_again(office):
    with suppress(ZeroDivisionError), office.work() as work:
        add_holidays(work, one_day(TODAY.replace(day=2)), HolidayKind.CLOSURE, "Batal")
        undone = work.session.scalar(text(f"SELECT {MARK}"))
        raise ZeroDivisionError
    with office.work() as work:
        add_holidays(work, one_day(TODAY.replace(day=3)), HolidayKind.CLOSURE, "Jadi")
    assert mark(office) != undone


def test_what_another_work_has_learnt_is_not_asked_again(office):
    with office.work() as work:
        read_edition(work.session)
        holders_of(work.session, (1, 2), TODAY)
    with office.work() as work, asked(office.engine) as statements:
        read_edition(work.session)
        holders_of(work.session, (1, 2), TODAY)
    assert [statement for statement in statements if MARK not in statement] == []


def test_a_new_holiday_is_known_at_once(office):
    day = TODAY.replace(day=2)
    with office.work() as work:
        read_edition(work.session)
        working_hours(work.session, work.settings.zone)
    with office.work() as work:
        add_holidays(work, one_day(day), HolidayKind.PUBLIC, "Libur")
    with office.work() as work:
        read_edition(work.session)
        assert day in working_hours(work.session, work.settings.zone).holidays


def test_whoever_changes_the_data_sees_them_changed(office):
    day = TODAY.replace(day=2)
    with office.work() as work:
        read_edition(work.session)
        working_hours(work.session, work.settings.zone)
        add_holidays(work, one_day(day), HolidayKind.PUBLIC, "Libur")
        assert day in working_hours(work.session, work.settings.zone).holidays


TRIGGERS = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}
