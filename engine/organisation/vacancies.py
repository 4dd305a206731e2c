"""Positions that nobody holds on a day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.organisation.holdings import holdings_on
from engine.organisation.model import Position


def names_of_vacant(session: Session, on: date) -> frozenset[str]:
    """Codes and titles, in small letters, of the positions without any holder."""
    held = {row.position_id for row in session.execute(holdings_on(on))}
    vacant = [row for row in session.execute(select(Position.id, Position.code, Position.title)) if row.id not in held]
    return frozenset(name.lower() for row in vacant for name in (row.code, row.title))
