"""The small office with duties written down for its clerks and its writer."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.core.office_keeping import appoint
from engine.organisation.appointments import Appointment
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, Holding, HoldingKind, Position
from engine.staffing.duties import add_duty
from engine.staffing.issuing import issue_sheet
from tests.support.small_office import load_small_office, person

TODAY, JANUARY = date(2026, 11, 23), date(2026, 1, 1)
DUTIES = {
    "clerk": ("Memeriksa surat masuk", "Menata arsip"),
    "writer": ("Menyusun formasi pegawai", "Menata arsip"),
    "vacant": ("Menata arsip", "Memeriksa surat masuk"),
}


def a_duty(sentence: str) -> Duty:
    return Duty(sentence=sentence, result_unit="berkas", norm_minutes=15, yearly_volume=400, kind=DutyKind.MAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    core: Core

    def employee(self, name: str) -> int:
        employee_id = person(self.core, name).employee_id
        assert employee_id is not None
        return employee_id

    def position(self, code: str) -> int:
        with self.core.read() as reading:
            return reading.session.scalars(select(Position.id).where(Position.code == code)).one()

    def holding(self, name: str) -> int:
        """Her newest."""
        with self.core.read() as reading:
            query = select(Holding.id).where(Holding.employee_id == self.employee(name)).order_by(Holding.id.desc())
            return reading.session.scalars(query.limit(1)).one()

    def sheet_of(self, name: str) -> int:
        with self.core.work() as work:
            return issue_sheet(work, self.holding(name))

    def appoint(self, name: str, code: str, kind: HoldingKind = HoldingKind.DEFINITIVE, **more: object) -> int:
        facts = {"starts_on": TODAY, "decree": "SK 7/2026"} | more
        wanted = Appointment(employee_id=self.employee(name), position_id=self.position(code), kind=kind, **facts)
        with self.core.work() as work:
            return appoint(work, wanted)


@pytest.fixture
def office(core: Core) -> Staffed:
    load_small_office(core)
    staffed = Staffed(core=core)
    with core.work() as work:
        for code, sentences in DUTIES.items():
            for sentence in sentences:
                add_duty(work, staffed.position(code), a_duty(sentence), JANUARY)
    return staffed
