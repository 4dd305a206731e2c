"""The positions to choose from when somebody is to be named for a step."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.organisation.model import Position, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionChoice:
    """`ref` is what a diagram says; without a unit it means the position of that name in the unit of the case."""

    ref: str
    title: str
    unit_name: str | None


def position_choices(session: Session) -> tuple[PositionChoice, ...]:
    """Names that several units share come first, then each position by unit."""
    query = (
        select(Position.code, Position.title, Unit.name)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.closed_on.is_(None), Unit.closed_on.is_(None))
        .order_by(in_alphabet(Unit.name), in_alphabet(Position.title))
    )
    rows = session.execute(query).all()
    shared = sorted(title for title, count in Counter(row.title for row in rows).items() if count > 1)
    return (
        *(PositionChoice(ref=title, title=title, unit_name=None) for title in shared),
        *(PositionChoice(ref=row.code, title=row.title, unit_name=row.name) for row in rows),
    )
