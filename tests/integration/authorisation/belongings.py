"""What lies around in the office of the matrix: of each kind one thing a person, under her own id."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from engine.base.database import Row
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.model import Holiday, HoursKind, HoursTable, RamadanPeriod, UnitDay
from engine.competency.model import Competency, EmployeeCompetency
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Applicant, CaseGrant, HeldMessage, Incident
from engine.execution.plan_model import OnHoliday, PlannedPerson, PlannedStart, StartPlan
from engine.jobs.model import Job, JobState
from engine.notifications.model import Channel, Delivery, DeliveryState, Notice
from engine.organisation.model import (
    Absence,
    AbsenceKind,
    Delegation,
    DutySheet,
    Employee,
    Holding,
    ImportState,
    JobDescription,
    OfficeImport,
    Position,
    TableSubject,
)
from engine.staffing.issuing import issue_sheet
from engine.worklist.model import SavedFilter, SideQuestion, WorkItem

LONG_AGO = date(2020, 1, 1)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


def lay_out(work: UnitOfWork, employees: Mapping[str, int], instances: Mapping[str, int]) -> None:
    work.session.add_all(_offices_own(work))
    work.session.flush()
    for name, employee_id in employees.items():
        _give_sheet(work, employee_id)
        other_id = employees["colleague" if name == "outsider" else "outsider"]
        work.session.add(_plan_of(work, employee_id))
        work.session.flush()
        rows = [*_hers(employee_id, other_id), *_of_her_case(work, employee_id, instances[name])]
        work.session.add_all(rows)
    work.session.flush()


def _give_sheet(work: UnitOfWork, employee_id: int) -> None:
    """With a signed copy, whose content is that of the files of all cases."""
    holding_id = work.session.scalars(select(Holding.id).where(Holding.employee_id == employee_id)).one()
    sheet_id = issue_sheet(work, holding_id)
    sheet = work.session.get_one(DutySheet, sheet_id)
    assert sheet_id == employee_id
    sheet.signed_copy, sheet.signed_copy_name = hashlib.sha256(b"isi").hexdigest(), "lembar.pdf"


def _offices_own(work: UnitOfWork) -> Iterator[Row]:
    positions = work.session.scalars(select(Position.id).order_by(Position.id)).all()
    yield Competency(id=1, code="arsip", name="Kearsipan")
    yield Holiday(day=date(2026, 12, 25), name="Natal", kind="public")
    yield RamadanPeriod(first_day=date(2026, 12, 25), last_day=date(2026, 12, 26))
    yield HoursTable(id=1, kind=HoursKind.ORDINARY, first_day=LONG_AGO, week=[])
    unit_id = work.session.scalars(select(Position.unit_id)).first()
    yield UnitDay(id=1, unit_id=unit_id, day=LONG_AGO, is_working=False, name="Pindah")
    for number in range(1, 17):
        yield JobDescription(
            id=number,
            position_id=positions[number % len(positions)],
            number=number,
            sentence=f"Mencatat surat {number}",
            starts_on=LONG_AGO,
        )


def _plan_of(work: UnitOfWork, employee_id: int) -> StartPlan:
    return StartPlan(
        id=employee_id,
        definition_id=work.session.scalars(select(ProcessDefinition.id)).first(),
        name="KGB",
        title="Kenaikan gaji berkala",
        every_months=24,
        on_holiday=OnHoliday.BEFORE,
        variables={},
        made_at=NOW,
        made_by="TataKerja",
    )


def _hers(employee_id: int, other_id: int) -> Iterator[Row]:
    yield PlannedPerson(plan_id=employee_id, employee_id=employee_id, next_on=date(2027, 3, 1), day_of_month=1)
    yield PlannedStart(
        id=employee_id, plan_id=employee_id, planned_on=date(2026, 11, 1), came_at=NOW, reason="Tidak berlaku"
    )
    yield Notice(
        id=1000 + employee_id,
        key=f"n{employee_id}",
        employee_id=employee_id,
        kind="work.arrived",
        facts={},
        created_at=NOW,
    )
    yield OfficeImport(
        id=employee_id,
        account_id=employee_id,
        filename="pegawai.csv",
        content=b"nip,nama\r\n",
        state=ImportState.CHOSEN,
        subject=TableSubject.EMPLOYEES,
        heading_row=1,
        columns={},
        choices={},
        expires_at=LATER,
    )
    yield SavedFilter(id=employee_id, employee_id=employee_id, name="Terlambat", terms={}, unit_id=None)
    yield EmployeeCompetency(id=employee_id, employee_id=employee_id, competency_id=1, obtained_on=LONG_AGO)
    yield Absence(
        id=employee_id,
        employee_id=employee_id,
        kind=AbsenceKind.ANNUAL,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 2),
        recorded_at=NOW,
        recorded_by="TataKerja",
    )
    yield Delegation(
        id=employee_id,
        from_id=employee_id,
        to_id=other_id,
        starts_at=LATER,
        ends_at=LATER + timedelta(days=1),
        given_at=NOW,
        given_by="TataKerja",
    )
    yield Job(
        id=1000 + employee_id,
        kind="mail.notice",
        key=f"j{employee_id}",
        payload={"notice_id": 0},
        state=JobState.DEAD,
        due_at=NOW,
        attempts=9,
        created_at=NOW,
    )
    yield Delivery(
        id=employee_id,
        key=f"d{employee_id}",
        employee_id=employee_id,
        way="mail",
        notice_ids=[],
        state=DeliveryState.DEAD,
        created_at=NOW,
    )
    yield Channel(
        id=employee_id, name=f"C{employee_id}", kind="telegram", sealed_address="", made_at=NOW, made_by="TataKerja"
    )
    yield HeldMessage(
        id=employee_id, key=f"m{employee_id}", name="Balasan", variables={}, sent_at=NOW, expires_at=LATER
    )


def _of_her_case(work: UnitOfWork, employee_id: int, instance_id: int) -> Iterator[Row]:
    item = work.session.scalars(select(WorkItem).where(WorkItem.instance_id == instance_id)).one()
    other = work.session.scalars(select(Employee.id).where(Employee.name == "Colleague")).one()
    yield CaseGrant(
        id=employee_id,
        instance_id=instance_id,
        employee_id=employee_id,
        reason="Pemeriksaan",
        granted_by="TataKerja",
        granted_at=NOW,
    )
    yield Applicant(
        id=employee_id, instance_id=instance_id, name="Pemohon", pin_digest="", recorded_at=NOW, contact=None
    )
    yield Incident(
        id=employee_id,
        instance_id=instance_id,
        activity_id=item.activity_id,
        element=item.element,
        code="test",
        message="",
        opened_at=NOW,
    )
    if employee_id != other:
        for number, asker, asked in ((employee_id, other, employee_id), (1000 + employee_id, employee_id, other)):
            yield SideQuestion(
                id=number,
                instance_id=instance_id,
                work_item_id=item.id,
                asked_by_id=asker,
                asked_of_id=asked,
                question="Bagaimana?",
                asked_at=NOW,
            )
