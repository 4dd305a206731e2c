from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from engine.access.model import Account, AccountRole, Role
from engine.audit.model import AuditEntry
from engine.base.errors import NotAllowed
from engine.base.spreadsheet_refusals import TooManyColumns
from engine.calendar.events import CalendarChanged
from engine.core import kept_tables, office_import
from engine.core.kept_tables import TableIsBusy, TableNotFound, keep_table, kept_plan, kept_table
from engine.core.office_import import NotAsShown, compare_choices, compare_columns, confirm
from engine.notifications.model import Notice
from engine.organisation.events import OrganisationImported
from engine.organisation.model import (
    DutySheet,
    Employee,
    Holding,
    ImportState,
    JobDescription,
    OfficeImport,
    Position,
    Unit,
)
from engine.organisation.tables.draft import Choices
from tests.support.small_office import NIPS, load_small_office, person

HEADS = "NIP;Nama;Gol;Jabatan;Unit Kerja;TMT Jabatan"
NEW_NIP = "199003032015032003"
TABLE = "\n".join(
    [
        HEADS,
        *(f"{NIPS[name]};{full};;;;" for name, full in (("ani", "Ani Lestari"), ("budi", "Budi Santosa"))),
        f"{NIPS['citra']};Citra Dewanti;III/d;;;",
        f"{NEW_NIP};Gita Permata;III/a;Arsiparis;Subbagian Tata Usaha;1 Maret 2026",
    ]
)


@pytest.fixture
def office(core):
    load_small_office(core)
    with core.work() as work:
        for employee in work.session.scalars(select(Employee)):
            account = Account(
                id=employee.id,
                username=f"u{employee.id}",
                password_hash="",
                employee_id=employee.id,
                language="id",
                created_at=work.now,
            )
            account.roles = [AccountRole(role=Role.ADMINISTRATOR if employee.nip == NIPS["fani"] else Role.STAFF)]
            work.session.add(account)
    return core


@pytest.fixture
def secretary(office):
    return person(office, "fani")


@pytest.fixture
def send(office, secretary):
    """Keep a table and compare it as it was recognised; its number."""

    def send(text: str = TABLE, **choices: bool) -> int:
        with office.work(secretary) as work:
            table_id = keep_table(work, "pegawai.csv", text.encode())
        with office.read(secretary) as reading:
            table = kept_table(reading, table_id)
        with office.work(secretary) as work:
            compare_columns(work, table_id, table.subject, table.columns)
        if choices:
            with office.work(secretary) as work:
                compare_choices(work, table_id, Choices(**choices))
        return table_id

    return send


@pytest.fixture
def look(office, secretary):
    def look(table_id: int):
        with office.read(secretary) as reading:
            return kept_table(reading, table_id), kept_plan(reading, table_id)

    return look


@pytest.fixture
def say_yes(office, secretary, look):
    def say_yes(table_id: int) -> list[object]:
        with office.work(secretary) as work:
            confirm(work, table_id, look(table_id)[0].digest)
        return work.events

    return say_yes


def rows(session, kind) -> int:
    return session.scalar(select(func.count()).select_from(kind))


def test_comparing_changes_nothing(send, look, session):
    table, plan = look(send())
    assert [(str(each.kind), each.section) for each in plan.changes] == [
        ("changed", "employees"),
        ("new", "employees"),
        ("new", "holdings"),
    ]
    assert [name.partition(" (")[0] for name in plan.absent] == ["Dewi Anggraini", "Eko Prasetyo", "Fani Rahma"]
    assert (table.state, rows(session, Employee)) == (ImportState.COMPARED, 6)


def test_yes_does_what_was_shown(send, say_yes, look, session):
    table_id = send()
    events = say_yes(table_id)
    gita = session.scalars(select(Employee).where(Employee.nip == NEW_NIP)).one()
    holding = session.scalars(select(Holding).where(Holding.employee_id == gita.id)).one()
    assert (gita.name, gita.rank, holding.starts_on.isoformat()) == ("Gita Permata", "III/a", "2026-03-01")
    assert session.scalar(select(Employee.rank).where(Employee.nip == NIPS["citra"])) == "III/d"
    assert OrganisationImported(created=2, changed=1, gone=0, table_id=table_id) in events
    assert look(table_id)[0].state is ImportState.DONE
    [noted] = session.scalars(select(AuditEntry).where(AuditEntry.act == "import.new"))
    assert (noted.subject_id, noted.facts) == (gita.id, {"name": f"Gita Permata ({NEW_NIP})"})


def test_same_table_again_changes_nothing(send, say_yes, look):
    say_yes(send())
    assert look(send())[1].changes == ()


def another_administrator(office) -> None:
    """For the machine room, so that the one among the people may leave."""
    with office.work() as work:
        account = Account(id=1000, username="mesin", password_hash="", language="id", created_at=work.now)
        account.roles = [AccountRole(role=Role.ADMINISTRATOR)]
        work.session.add(account)


def test_people_not_listed_leave_with_what_they_hold(office, send, say_yes, session):
    another_administrator(office)
    table_id = send(gone_end=True)
    say_yes(table_id)
    dewi = session.scalars(select(Employee).where(Employee.nip == NIPS["dewi"])).one()
    held = session.scalars(select(Holding).where(Holding.employee_id == dewi.id)).one()
    assert (dewi.left_on.isoformat(), held.ends_on.isoformat()) == ("2026-11-23", "2026-11-22")


def test_table_with_a_fault_is_not_imported_at_all(send, say_yes, session):
    table_id = send(f"{TABLE}\n1986;Hana;;;;")
    with pytest.raises(NotAsShown):
        say_yes(table_id)
    assert rows(session, Employee) == 6


def test_faulty_rows_are_left_out_when_that_is_chosen(send, say_yes, session):
    say_yes(send(f"{TABLE}\n1986;Hana;;;;", faulty_are_left_out=True))
    assert rows(session, Employee) == 7


def test_whole_office_comes_from_one_table(send, say_yes, session):
    more = [
        f"{NEW_NIP};Gita;IV/a;Kepala Seksi PHU;Seksi PHU;2026-01-05",
        "199104042015042004;Hana;III/a;Analis Haji;Seksi PHU;2026-01-05",
    ]
    say_yes(send("\n".join([HEADS, *more]), unknown_are_made=True))
    unit = session.scalars(select(Unit).where(Unit.code == "seksi-phu")).one()
    head = session.scalars(select(Position).where(Position.unit_id == unit.id, Position.is_head_of_unit)).one()
    assert (unit.name, unit.parent.code, head.title) == ("Seksi PHU", "kantor", "Kepala Seksi PHU")


def test_a_table_of_units_says_which_lie_below_others_now(send, say_yes, session):
    send_units = "Kode Unit;Nama Unit;Unit Induk\nseksi;Seksi Bimas;Subbagian Tata Usaha"
    events = say_yes(send(send_units))
    moved = session.scalar(select(Unit.id).where(Unit.code == "seksi"))
    assert CalendarChanged(unit_id=moved) in events


def test_office_that_changed_meanwhile_is_noticed(office, secretary, send, say_yes, look, session):
    table_id = send()
    with office.work() as work:
        work.session.scalars(select(Employee).where(Employee.nip == NIPS["citra"])).one().rank = "III/c"
    say_yes(table_id)
    table, plan = look(table_id)
    assert (table.state, table.failure.code) == (ImportState.COMPARED, "office_import.changed")
    assert plan.changes[0].differences[0].old == "III/c"
    assert rows(session, Employee) == 6
    say_yes(table_id)
    session.rollback()
    assert rows(session, Employee) == 7


def test_yes_to_another_difference_is_refused(office, secretary, send):
    table_id = send()
    with pytest.raises(NotAsShown), office.work(secretary) as work:
        confirm(work, table_id, "0" * 64)


def test_large_table_is_worked_on_by_the_workers_who_tell(office, secretary, send, say_yes, look, session, monkeypatch):
    monkeypatch.setattr(office_import, "AT_ONCE", 10)
    table_id = send()
    assert look(table_id)[0].state is ImportState.COMPARING
    with pytest.raises(TableIsBusy), office.work(secretary) as work:
        compare_choices(work, table_id, Choices())
    office.run_due_jobs()
    say_yes(table_id)
    assert look(table_id)[0].state is ImportState.IMPORTING
    office.run_due_jobs()
    assert look(table_id)[0].state is ImportState.DONE
    kinds = session.scalars(select(Notice.kind).where(Notice.employee_id == secretary.employee_id).order_by(Notice.id))
    assert kinds.all() == ["import.compared", "import.done"]
    assert rows(session, Employee) == 7


def test_table_that_cannot_be_read_below_says_why(office, send, look, monkeypatch):
    monkeypatch.setattr(office_import, "AT_ONCE", 10)
    table_id = send("\n".join([TABLE, *["x;y;z;;;" for _row in range(30)], ";" * 60 + "x"]))
    office.run_due_jobs()
    table, _plan = look(table_id)
    assert (table.state, table.failure.code) == (ImportState.FAILED, TooManyColumns.code)


def test_whoever_is_appointed_to_duties_gets_her_sheet(office, send, say_yes, session):
    with office.work() as work:
        vacant = work.session.scalars(select(Position).where(Position.code == "vacant")).one()
        duty = JobDescription(position_id=vacant.id, number=1, sentence="Menata arsip", starts_on=date(2026, 1, 1))
        work.session.add(duty)
    say_yes(send())
    office.run_due_jobs()
    sheet = session.scalars(select(DutySheet)).one()
    assert (sheet.issued_by, session.get_one(Holding, sheet.holding_id).position_id) == ("Fani Rahma", vacant.id)


def test_job_that_was_given_up_lets_nobody_wait(office, send, look, monkeypatch):
    monkeypatch.setattr(office_import, "AT_ONCE", 10)
    table_id = send()
    with office.work() as work:
        event = office_import.JobGivenUp(
            job_id=1, kind=office_import.COMPARE_JOB, payload={"table_id": table_id}, attempts=5, error="x"
        )
        office_import.give_up(work, event)
    assert look(table_id)[0].state is ImportState.FAILED


def test_whoever_may_not_any_more_changes_nothing(office, secretary, send, say_yes, session, monkeypatch):
    monkeypatch.setattr(office_import, "AT_ONCE", 10)
    table_id = send()
    office.run_due_jobs()
    say_yes(table_id)
    with office.work() as work:
        work.session.get_one(Account, secretary.account_id).is_active = False
    office.run_due_jobs()
    assert rows(session, Employee) == 6


def test_columns_are_remembered_by_their_headings(office, secretary, send):
    text = "Nomor Pegawai;Nama\n" + f"{NIPS['ani']};Ani"
    with office.work(secretary) as work:
        table_id = keep_table(work, "a.csv", text.encode())
    with office.read(secretary) as reading:
        subject = kept_table(reading, table_id).subject
    with office.work(secretary) as work:
        compare_columns(work, table_id, subject, {kept_tables.Field.NIP: 0, kept_tables.Field.NAME: 1})
        again = keep_table(work, "b.csv", text.encode())
    with office.read(secretary) as reading:
        assert kept_table(reading, again).columns == {kept_tables.Field.NIP: 0, kept_tables.Field.NAME: 1}


def test_tables_are_seen_by_their_own_account_only(office, secretary, send):
    table_id = send()
    other = replace(secretary, account_id=person(office, "ani").account_id)
    with office.read(other) as reading, pytest.raises(TableNotFound):
        kept_table(reading, table_id)


def test_staff_imports_nothing(office):
    with pytest.raises(NotAllowed), office.work(person(office, "ani")) as work:
        keep_table(work, "a.csv", TABLE.encode())


def test_tables_do_not_stay_longer_than_a_day(office, send, clock, session):
    send()
    clock.advance(timedelta(days=1))
    with office.work() as work:
        kept_tables.forget_expired(work)
    assert rows(session, OfficeImport) == 0
