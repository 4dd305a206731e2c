"""On whose behalf a person may act now, as the rows say. The rule itself is in `acting_for`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine.base.looking import once
from engine.organisation.acting_for import ALL, Given, Procedures, principals_of
from engine.organisation.delegations import DelegationLine, lines
from engine.organisation.model import Delegation
from engine.organisation.queries import position_ids_held


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody on whose behalf another acts now: her name, her positions of today, and for which procedures."""

    employee_id: int
    name: str
    position_ids: frozenset[int]
    definition_ids: Procedures = ALL

    def covers(self, definition_id: int | None) -> bool:
        return self.definition_ids is ALL or definition_id in self.definition_ids


def principals(session: Session, employee_id: int, now: datetime, on: date) -> tuple[Principal, ...]:
    """On whose behalf she may act at this instant; `on` is its local day, for the positions that they hold."""
    running = [line for line in _of_day(session, employee_id, now.astimezone(UTC).date()) if line.runs(now)]
    names = {line.from_id: line.from_name for line in running}
    given = [Given(from_id=line.from_id, to_id=line.to_id, definition_ids=line.definition_ids) for line in running]
    return tuple(
        Principal(
            employee_id=principal,
            name=names[principal],
            position_ids=position_ids_held(session, principal, on),
            definition_ids=definition_ids,
        )
        for principal, definition_ids in principals_of(employee_id, given).items()
    )


def _of_day(session: Session, employee_id: int, day: date) -> tuple[DelegationLine, ...]:
    """What she may have received directly or through one other on this day of UTC."""
    return once(session, (_of_day, employee_id, day), lambda: _read_of_day(session, employee_id, day))


def _read_of_day(session: Session, employee_id: int, day: date) -> tuple[DelegationLine, ...]:
    begin = datetime.combine(day, time.min, UTC)
    end = begin + timedelta(days=1)
    first = aliased(Delegation)
    to_her = select(first.from_id).where(first.to_id == employee_id, first.starts_at < end, first.ends_at > begin)
    of_day = and_(Delegation.starts_at < end, Delegation.ends_at > begin)
    found = lines(session, [of_day, or_(Delegation.to_id == employee_id, Delegation.to_id.in_(to_her))])
    return tuple(sorted(found, key=lambda line: line.delegation_id))
