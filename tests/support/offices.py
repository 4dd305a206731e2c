"""A small office, and work lying in it: the ordinary case, for tests that need rows of many rooms."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution.model import Instance, InstanceState
from engine.organisation.model import Employee, Holding, HoldingKind, Position, PositionKind, Unit
from engine.worklist.model import Candidate, WorkItem

LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallOffice:
    """A unit with a head (Budi) above two clerks of one position (Siti and Rina)."""

    unit_id: int
    head_position_id: int
    clerk_position_id: int
    budi: int
    siti: int
    rina: int


def a_small_office(session: Session) -> SmallOffice:
    unit = Unit(code="TU", name="Subbagian Tata Usaha")
    session.add(unit)
    session.flush()
    head = Position(
        code="KA", title="Kepala Subbagian", kind=PositionKind.STRUCTURAL, unit_id=unit.id, is_head_of_unit=True
    )
    session.add(head)
    session.flush()
    clerk = Position(
        code="AG", title="Agendaris", kind=PositionKind.EXECUTIVE, unit_id=unit.id, superior_id=head.id, seats=2
    )
    session.add(clerk)
    people = [Employee(name=name, email=f"{name.lower()}@kantor.example") for name in ("Budi", "Siti", "Rina")]
    session.add_all(people)
    session.flush()
    budi, siti, rina = (person.id for person in people)
    for employee_id, position_id in ((budi, head.id), (siti, clerk.id), (rina, clerk.id)):
        hold(session, employee_id, position_id)
    return SmallOffice(
        unit_id=unit.id, head_position_id=head.id, clerk_position_id=clerk.id, budi=budi, siti=siti, rina=rina
    )


def hold(session: Session, employee_id: int, position_id: int) -> None:
    """An employee holds a position, definitively and for long."""
    session.add(
        Holding(employee_id=employee_id, position_id=position_id, kind=HoldingKind.DEFINITIVE, starts_on=LONG_AGO)
    )
    session.flush()


def an_instance(session: Session, now: datetime, number: str = "SM-2026-00042") -> int:
    """A case of a process of its own; its state is not one that the runtime could read."""
    definition = ProcessDefinition(key=f"p_{number}", name="Surat masuk", prefix=number[-9:], created_at=now)
    session.add(definition)
    session.flush()
    version = DefinitionVersion(
        definition_id=definition.id,
        number=1,
        state=VersionState.PUBLISHED,
        digest="0" * 64,
        filename="process.bpmn",
        source=b"",
        identity={},
        problems=[],
        deployed_at=now,
        deployed_by="Tester",
    )
    session.add(version)
    session.flush()
    instance = Instance(
        number=number,
        title="Undangan rapat",
        definition_id=definition.id,
        version_id=version.id,
        state=InstanceState.ACTIVE,
        state_text="",
        variables={},
        started_at=now,
    )
    session.add(instance)
    session.flush()
    return instance.id


def a_work_item(session: Session, instance_id: int, now: datetime, **facts: Any) -> int:
    """An open item of one hour, at risk after three quarters; `facts` say what is different."""
    ordinary = {
        "instance_id": instance_id,
        "activity_id": 1,
        "element": "Activity_1",
        "title": "Periksa berkas",
        "assignment_reason": {},
        "opened_at": now,
        "risk_at": now + timedelta(minutes=45),
        "due_at": now + timedelta(hours=1),
    }
    item = WorkItem(**{**ordinary, **facts})
    session.add(item)
    session.flush()
    return item.id


def a_candidate(session: Session, work_item_id: int, **who: int) -> None:
    """`position_id=` or `employee_id=` may claim the item."""
    session.add(Candidate(work_item_id=work_item_id, **who))
    session.flush()
