"""What is in a unit that is to close: people, positions, open work, cases, procedures; and who could take them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.access.reachable import unattended
from engine.base.alphabet import in_alphabet
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution.model import Instance, InstanceState
from engine.organisation.holdings import holdings_on
from engine.organisation.model import Employee, Holding, HoldingKind, Position, Unit
from engine.organisation.office_tree import is_open
from engine.organisation.position_queries import superior_choices
from engine.organisation.queries import PositionLine, UnitLine, unit_lines, unit_subtree
from engine.worklist.model import Candidate, WorkItem, WorkItemState

NAMED = 10  # of cases and tasks these many are named; the rest is counted
MOST_SEATS_OFFERED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonThere:
    employee_id: int
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureThere:
    definition_id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitContents:
    """`units` are the closing unit and those that close with it; people and positions as of the day."""

    units: tuple[UnitLine, ...]
    people: tuple[PersonThere, ...]
    positions: tuple[PositionLine, ...]
    work: tuple[str, ...]
    work_count: int
    cases: tuple[str, ...]
    case_count: int
    procedures: tuple[ProcedureThere, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.work_count or self.case_count or self.procedures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takers:
    """Who may take over: seats that are free on the day, and positions that could get the work, with their holders.

    `unattended` are positions where nobody would see it, with the names of those who hold them all the same.
    """

    seats: tuple[PositionLine, ...]
    positions: tuple[PositionLine, ...]
    holders: tuple[PersonThere, ...]
    unattended: Mapping[int, tuple[str, ...]]


def closing_units(session: Session, unit_id: int, with_those_below: bool) -> frozenset[int]:
    """The units that close: the unit alone when those below it move elsewhere; without those closed already."""
    units = unit_subtree(session, unit_id) if with_those_below else frozenset({unit_id})
    return frozenset(session.scalars(select(Unit.id).where(Unit.id.in_(units), Unit.closed_on.is_(None))))


def unit_contents(session: Session, unit_ids: Collection[int], day: date) -> UnitContents:
    work, cases = open_work(unit_ids), running_cases(unit_ids)
    titles = session.execute(
        work.join(Instance, Instance.id == WorkItem.instance_id)
        .with_only_columns(WorkItem.title, Instance.number)
        .limit(NAMED)
    )
    numbers = session.execute(cases.with_only_columns(Instance.number, Instance.title).limit(NAMED))
    return UnitContents(
        units=unit_lines(session, unit_ids),
        people=people_there(session, unit_ids, day),
        positions=_positions(session, unit_ids),
        work=tuple(f"{title} · {number}" for title, number in titles),
        work_count=_count(session, work),
        cases=tuple(f"{number} · {title}" for number, title in numbers),
        case_count=_count(session, cases),
        procedures=procedures_of(session, unit_ids),
    )


def people_there(session: Session, unit_ids: Collection[int], day: date) -> tuple[PersonThere, ...]:
    """Who would hold a position in these units on the day or after it, by name."""
    query = (
        select(Employee.id, Employee.name, Position.title)
        .join(Holding, Holding.employee_id == Employee.id)
        .join(Position, Position.id == Holding.position_id)
        .where(Position.unit_id.in_(unit_ids))
        .where(or_(Holding.ends_on.is_(None), Holding.ends_on >= day))
        .where(or_(Employee.left_on.is_(None), Employee.left_on > day))
        .order_by(in_alphabet(Employee.name), Employee.id, Holding.starts_on)
    )
    return _people(session, query)


def takers(session: Session, unit_ids: Collection[int], above: Collection[int], day: date) -> Takers:
    positions = tuple(each for each in superior_choices(session, above) if each.unit_id not in unit_ids)
    held = (
        holdings_on(day)
        .with_only_columns(Employee.id, Employee.name, Position.title)
        .where(Position.id.in_([each.id for each in positions]))
        .order_by(in_alphabet(Employee.name), Employee.id)
    )
    return Takers(
        seats=_free_seats(session, unit_ids, day),
        positions=positions,
        holders=_people(session, held),
        unattended=unattended(session, [each.id for each in positions], day),
    )


def open_work(unit_ids: Collection[int]) -> Select[WorkItem]:
    """Tasks that wait in these units, or for their positions."""
    theirs = exists().where(
        Candidate.work_item_id == WorkItem.id, Candidate.position_id == Position.id, Position.unit_id.in_(unit_ids)
    )
    waits = or_(WorkItem.unit_id.in_(unit_ids), theirs)
    return select(WorkItem).where(WorkItem.state == WorkItemState.OPEN, waits).order_by(WorkItem.id)


def running_cases(unit_ids: Collection[int]) -> Select[Instance]:
    runs = Instance.state.in_((InstanceState.ACTIVE, InstanceState.INCIDENT))
    return select(Instance).where(Instance.unit_id.in_(unit_ids), runs).order_by(Instance.id)


def procedures_of(session: Session, unit_ids: Collection[int]) -> tuple[ProcedureThere, ...]:
    """Those in force, by name."""
    query = (
        select(ProcessDefinition.id, ProcessDefinition.key, ProcessDefinition.name)
        .join(DefinitionVersion, DefinitionVersion.definition_id == ProcessDefinition.id)
        .where(DefinitionVersion.state == VersionState.PUBLISHED, ProcessDefinition.unit_id.in_(unit_ids))
        .order_by(in_alphabet(ProcessDefinition.name))
    )
    return tuple(ProcedureThere(definition_id=id_, key=key, name=name) for id_, key, name in session.execute(query))


def _count(session: Session, query: Select[WorkItem] | Select[Instance]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _people(session: Session, query: Select[int, str, str]) -> tuple[PersonThere, ...]:
    names: dict[int, str] = {}
    titles: dict[int, list[str]] = defaultdict(list)
    for employee_id, name, title in session.execute(query):
        names[employee_id] = name
        titles[employee_id].append(title)
    return tuple(
        PersonThere(employee_id=each, name=name, titles=tuple(dict.fromkeys(titles[each])))
        for each, name in names.items()
    )


def _positions(session: Session, unit_ids: Collection[int]) -> tuple[PositionLine, ...]:
    return _lines(session, Position.unit_id.in_(unit_ids), Position.closed_on.is_(None))


def _free_seats(session: Session, unit_ids: Collection[int], day: date) -> tuple[PositionLine, ...]:
    """Positions elsewhere with a seat that nobody holds for good on the day or later."""
    held = (
        select(func.count(Holding.id))
        .where(Holding.position_id == Position.id, Holding.kind == HoldingKind.DEFINITIVE)
        .where(or_(Holding.ends_on.is_(None), Holding.ends_on >= day))
        .correlate(Position)
        .scalar_subquery()
    )
    elsewhere = Position.unit_id.not_in(unit_ids)
    return _lines(session, elsewhere, Position.closed_on.is_(None), is_open(Unit.closed_on, day), Position.seats > held)


def _lines(session: Session, *which: ColumnElement[bool]) -> tuple[PositionLine, ...]:
    query = (
        select(Position.id, Position.code, Position.title, Position.unit_id, Unit.name)
        .join(Unit, Unit.id == Position.unit_id)
        .where(*which)
        .order_by(in_alphabet(Unit.name), in_alphabet(Position.title), Position.id)
        .limit(MOST_SEATS_OFFERED)
    )
    return tuple(
        PositionLine(id=id_, code=code, title=title, unit_id=unit_id, unit_name=name)
        for id_, code, title, unit_id, name in session.execute(query)
    )
