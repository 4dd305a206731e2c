"""The positions that a diagram means by a code or a title."""

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.organisation.model import Position, Unit
from engine.organisation.queries import PositionLine
from engine.organisation.tree import nearest_units


def find_positions(session: Session, ref: str, unit_id: int | None, on: date | None = None) -> tuple[PositionLine, ...]:
    """The positions that a diagram means by `ref`: the one with that code, else those with that title.

    Of a title that several units share, those nearest to `unit_id` count (see nearest_units); upper and lower case
    and spaces make no difference. One that is closed on the day counts only where no other has the title.
    """
    return once(session, (find_positions, ref, unit_id, on), lambda: _find_positions(session, ref, unit_id, on))


def _find_positions(session: Session, ref: str, unit_id: int | None, on: date | None) -> tuple[PositionLine, ...]:
    wanted = " ".join(ref.split()).lower()
    if not wanted.isprintable():  # PostgreSQL refuses to compare text with a NUL in it
        return ()
    query = (
        select(Position.id, Position.code, Position.title, Position.unit_id, Unit.name, Position.closed_on)
        .join(Unit, Position.unit_id == Unit.id)
        .where(or_(func.lower(Position.code) == func.lower(wanted), func.lower(Position.title) == func.lower(wanted)))
        .order_by(Position.id)
    )
    rows = session.execute(query).all()
    still_open = [row for row in rows if on is None or row.closed_on is None or row.closed_on > on]
    found = [
        PositionLine(id=row.id, code=row.code, title=row.title, unit_id=row.unit_id, unit_name=row.name)
        for row in still_open or rows
    ]
    by_code = tuple(position for position in found if position.code.lower() == wanted)
    units = {position.unit_id for position in found}
    if by_code or unit_id is None or len(units) < 2:
        return by_code or tuple(found)
    parents = {row.id: row.parent_id for row in session.execute(select(Unit.id, Unit.parent_id))}
    nearest = nearest_units(unit_id, units, parents)
    return tuple(position for position in found if position.unit_id in nearest)
