"""What a transfer means, before it is done: the duties that change, and all that somebody leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.access.reachable import Hindrance, hindrances
from engine.base.unit_of_work import Reading
from engine.execution.model import Instance
from engine.organisation.delegations import DelegationLine, concerns, delegations
from engine.organisation.duty_changes import Duty, DutyDifference, difference
from engine.organisation.duty_queries import duties_on
from engine.organisation.holding_lines import HoldingLine, holdings_of_employee
from engine.organisation.holdings import main_holding_of
from engine.organisation.model import HoldingKind
from engine.organisation.position_queries import PositionDetail, position_detail
from engine.organisation.queries import EmployeeLine, employee
from engine.staffing.sheet_content import is_said_already
from engine.staffing.sheet_queries import contents_given
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.queries import pools
from engine.worklist.recipients import Recipient, recipients

MOST_ITEMS = 200  # on one page; of somebody who has more, some are handed over before
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftWork:
    """An open item of hers. `pool` is where it may be laid back: the positions that somebody else holds.

    `unreached` are those who would see nothing of it, and why.
    """

    work_item_id: int
    title: str
    number: str
    case_title: str
    due_at: datetime | None
    pool: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    unit_id: int | None = None
    unreached: Mapping[int, Hindrance] = field(default_factory=dict)

    @property
    def best(self) -> Recipient | None:
        """Somebody who sees it and is here; for whom it was meant, and of these who has least to do."""
        return min(
            (each for each in self.recipients if each.employee_id not in self.unreached),
            key=lambda each: (each.away_until is not None, not each.was_meant, each.open_items),
            default=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPlan:
    """`to` is empty when she leaves the office. `needs_sheet` when she has no sheet with the new duties yet.

    `is_too_much` when she has more open work than one page shows.
    """

    employee: EmployeeLine
    day: date
    to: PositionDetail | None
    from_title: str | None
    duties: DutyDifference
    needs_sheet: bool
    holdings: tuple[HoldingLine, ...]
    items: tuple[LeftWork, ...]
    is_too_much: bool
    delegations: tuple[DelegationLine, ...]

    def is_left(self, holding: HoldingLine) -> bool:
        """What one takes for granted: her own seat is left, what she does for others goes on, unless she goes."""
        return self.to is None or holding.kind is HoldingKind.DEFINITIVE


def transfer_plan(reading: Reading, employee_id: int, position_id: int | None, day: date) -> TransferPlan:
    """Raises EmployeeNotFound and PositionNotFound; only for those who keep the office."""
    require(reading.actor, Permission.MANAGE_ORGANISATION)
    session, today = reading.session, reading.today
    person = employee(session, employee_id)
    to = None if position_id is None else position_detail(session, position_id)
    main = main_holding_of(session, employee_id, today)
    held = holdings_of_employee(session, employee_id, today)
    before = () if main is None else _duties(session, main.position_id, today)
    after = () if to is None else _duties(session, to.id, day)
    left = _left_work(session, employee_id, today)
    return TransferPlan(
        employee=person,
        day=day,
        to=to,
        from_title=None if main is None else main.position_title,
        duties=difference(before, after),
        needs_sheet=bool(after) and not is_said_already(_given(session, employee_id, day), after),
        holdings=(*held.now, *held.to_come),
        items=left[:MOST_ITEMS],
        is_too_much=len(left) > MOST_ITEMS,
        delegations=_delegations(reading, employee_id),
    )


def _left_work(session: Session, employee_id: int, on: date) -> tuple[LeftWork, ...]:
    query = (
        select(WorkItem, Instance.number, Instance.title)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(WorkItem.assignee_id == employee_id, WorkItem.state == WorkItemState.OPEN)
        .order_by(WorkItem.due_at, WorkItem.id)
        .limit(MOST_ITEMS + 1)
    )
    rows = session.execute(query).all()
    names = pools(session, [item.id for item, _number, _title in rows])
    found = {item.id: recipients(session, item, on) for item, _number, _title in rows}
    unreached = hindrances(session, {each.employee_id for them in found.values() for each in them})
    return tuple(
        _left(item, number, title, names.get(item.id, ()), found[item.id], unreached) for item, number, title in rows
    )


def _left(
    item: WorkItem,
    number: str,
    case_title: str,
    pool: tuple[str, ...],
    found: tuple[Recipient, ...],
    unreached: Mapping[int, Hindrance],
) -> LeftWork:
    return LeftWork(
        work_item_id=item.id,
        title=item.title,
        number=number,
        case_title=case_title,
        due_at=item.due_at,
        unit_id=item.unit_id,
        pool=pool if any(each.was_meant for each in found) else (),
        recipients=found,
        unreached=unreached,
    )


def _duties(session: Session, position_id: int, on: date) -> tuple[Duty, ...]:
    return tuple(line.duty for line in duties_on(session, [position_id], on).get(position_id, ()))


def _given(session: Session, employee_id: int, day: date) -> list[Mapping[str, object]]:
    return contents_given(session, [employee_id], day - ONE_DAY).get(employee_id, [])


def _delegations(reading: Reading, employee_id: int) -> tuple[DelegationLine, ...]:
    """Those that run or are to come."""
    page = delegations(reading.session, concerns([employee_id]))
    return tuple(line for line in page.items if not line.is_over(reading.now))
