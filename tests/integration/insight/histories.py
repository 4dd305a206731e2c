"""Histories of an office as they might have been: cases, steps and returns of some weeks, made from a seed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution.model import Instance, InstanceState
from engine.organisation.model import Employee, Holding, HoldingKind, Position, PositionKind, Unit
from engine.worklist.model import Return, WorkItem, WorkItemState
from tests.support.diagrams import chain, diagram, end, person_task, start
from tests.support.offices import LONG_AGO

REASONS = ("Lampiran kurang", "Tanda tangan belum ada", "Nomor surat salah")
DRAWING = diagram(*chain(start(), *(person_task(step, "clerk") for step in ("catat", "periksa", "setujui")), end()))
STEPS = (("catat", "Catat surat"), ("periksa", "Periksa berkas"), ("setujui", "Setujui"))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was written, as it was written: the tests count it in their own way."""

    units: tuple[int, ...]
    people: tuple[int, ...]
    definitions: tuple[int, ...]
    cases: tuple[Instance, ...]
    items: tuple[WorkItem, ...]
    returns: tuple[Return, ...]


def a_history(session: Session, now: datetime, seed: int, cases: int = 60, days: int = 30) -> History:
    """Some weeks that end now; a third of the cases still run."""
    chance = Random(seed)  # histories need no secrets
    units = _units(session)
    people = _people(session, units)
    definitions = [_definition(session, number, now) for number in range(2)]
    written = [
        _case(session, chance, now - timedelta(days=days), now, place, chance.choice(definitions), (*units, None))
        for place in range(cases)
    ]
    items = [item for case in written for item in _items(session, chance, case, (*units, None), people, now)]
    returns = [_returned(session, chance, item, now) for item in items if chance.random() < 0.2]
    session.flush()
    return History(
        units=tuple(units),
        people=tuple(people),
        definitions=tuple(definition.id for definition in definitions),
        cases=tuple(written),
        items=tuple(items),
        returns=tuple(each for each in returns if each is not None),
    )


def _units(session: Session) -> list[int]:
    top = Unit(code="H0", name="Kantor")
    session.add(top)
    session.flush()
    below = [Unit(code=f"H{number}", name=f"Seksi {number}", parent_id=top.id) for number in (1, 2)]
    session.add_all(below)
    session.flush()
    return [top.id, *(unit.id for unit in below)]


def _people(session: Session, units: list[int]) -> list[int]:
    found = []
    for place, unit_id in enumerate((*units, *units)):
        is_head = place < len(units)
        position = Position(
            code=f"HP{place}",
            title=f"Jabatan {place}",
            kind=PositionKind.STRUCTURAL if is_head else PositionKind.EXECUTIVE,
            unit_id=unit_id,
            is_head_of_unit=is_head,
        )
        employee = Employee(name=f"Pegawai {place}")
        session.add_all([position, employee])
        session.flush()
        session.add(
            Holding(employee_id=employee.id, position_id=position.id, kind=HoldingKind.DEFINITIVE, starts_on=LONG_AGO)
        )
        found.append(employee.id)
    session.flush()
    return found


def _definition(session: Session, number: int, now: datetime) -> ProcessDefinition:
    definition = ProcessDefinition(
        key=f"prosedur-{number}", name=f"Prosedur {number}", prefix=f"P{number}", created_at=now
    )
    session.add(definition)
    session.flush()
    session.add(
        DefinitionVersion(
            definition_id=definition.id,
            number=1,
            state=VersionState.PUBLISHED,
            digest=str(number) * 64,
            filename="process.bpmn",
            source=DRAWING,
            identity={},
            problems=[],
            deployed_at=now,
            deployed_by="Tester",
        )
    )
    session.flush()
    return definition


def _case(
    session: Session,
    chance: Random,
    first: datetime,
    now: datetime,
    place: int,
    definition: ProcessDefinition,
    units: tuple[int | None, ...],
) -> Instance:
    started = _moment(chance, first, now)
    state = chance.choice(list(InstanceState))
    has_ended = state in (InstanceState.COMPLETED, InstanceState.CANCELLED)
    version = session.query(DefinitionVersion).filter_by(definition_id=definition.id).one()
    case = Instance(
        number=f"H-{place:05}",
        title=f"Berkas {place}",
        definition_id=definition.id,
        version_id=version.id,
        unit_id=chance.choice(units),
        state=state,
        state_text="",
        variables={},
        started_at=started,
        due_at=chance.choice([None, _moment(chance, started, now)]),
        elapsed_minutes=chance.randrange(3000) if has_ended else None,
        ended_at=_moment(chance, started, now) if has_ended else None,
    )
    session.add(case)
    session.flush()
    return case


def _items(
    session: Session,
    chance: Random,
    case: Instance,
    units: tuple[int | None, ...],
    people: list[int],
    now: datetime,
) -> list[WorkItem]:
    items = []
    for place in range(chance.randrange(1, 5)):
        element, title = chance.choice(STEPS)
        item = WorkItem(
            instance_id=case.id,
            definition_id=case.definition_id,
            activity_id=place,
            element=element,
            node=element,
            title=title,
            unit_id=chance.choice(units),
            assignment_reason={},
            opened_at=_moment(chance, case.started_at, now),
            **_fate(chance, people, case, now),
        )
        session.add(item)
        items.append(item)
    session.flush()
    return items


def _fate(chance: Random, people: list[int], case: Instance, now: datetime) -> dict[str, Any]:
    state = chance.choice([*WorkItemState, WorkItemState.COMPLETED])
    due = chance.choice([None, _moment(chance, case.started_at, now + timedelta(days=4))])
    fate: dict[str, Any] = {
        "state": state,
        "due_at": due,
        "risk_at": due and due - timedelta(hours=2),
        "norm_minutes": chance.choice([None, chance.randrange(60)]),
        "stopped_minutes": chance.choice([0, 0, chance.randrange(300)]),
    }
    if state is WorkItemState.OPEN:
        return fate | {"assignee_id": chance.choice([None, *people])}
    closed = _moment(chance, case.started_at, now)
    knows = chance.random() < 0.8
    return fate | {
        "closed_at": closed,
        "closed_by_id": chance.choice([None, *people]),
        "done_at": chance.choice([None, None, _moment(chance, case.started_at, closed)]),
        "waited_minutes": chance.randrange(500) if knows else None,
        "worked_minutes": chance.randrange(500) if knows else None,
    }


def _returned(session: Session, chance: Random, item: WorkItem, now: datetime) -> Return | None:
    if item.state is not WorkItemState.CANCELLED or item.closed_at is None:
        return None
    made = Return(
        instance_id=item.instance_id,
        work_item_id=item.id,
        from_node=item.element,
        to_node="catat",
        reason=chance.choice(REASONS),
        checklist_item=chance.choice([None, "Kartu keluarga"]),
        is_recall=chance.random() < 0.3,
        returned_at=item.closed_at,
        returned_by_id=item.closed_by_id,
        returned_by="Tester",
    )
    session.add(made)
    return made


def _moment(chance: Random, first: datetime, last: datetime) -> datetime:
    seconds = max(1, int((last - first).total_seconds()))
    return first + timedelta(seconds=chance.randrange(seconds))
