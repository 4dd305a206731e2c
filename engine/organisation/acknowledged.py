"""Who was given her duties on a sheet and has not acknowledged it yet."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.organisation.model import DutySheet, Holding


def not_acknowledged(session: Session, position_ids: Collection[int], on: date) -> frozenset[tuple[int, int]]:
    """Employee and position of each such holding of the day; a holding without any sheet is none of them."""
    query = (
        select(Holding.employee_id, Holding.position_id)
        .join(DutySheet, DutySheet.holding_id == Holding.id)
        .where(
            Holding.position_id.in_(position_ids),
            Holding.starts_on <= on,
            or_(Holding.ends_on.is_(None), Holding.ends_on >= on),
        )
        .group_by(Holding.id, Holding.employee_id, Holding.position_id)
        .having(func.count(DutySheet.acknowledged_at) == 0)
    )
    return frozenset((row.employee_id, row.position_id) for row in session.execute(query))
