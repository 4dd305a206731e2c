"""How much lies in each view; who has more than one can count need not know how much more."""

from datetime import datetime

from sqlalchemy import ScalarSelect, func, literal, select
from sqlalchemy.orm import Session

from engine.worklist.model import WorkItem
from engine.worklist.views import Reader, View, in_view, views_of

MOST_COUNTED = 1_000


def counts(session: Session, reader: Reader, now: datetime) -> dict[View, int]:
    """Of all views in one statement, each up to MOST_COUNTED."""
    views = views_of(reader)
    row = session.execute(select(*(_count(reader, view, now) for view in views))).one()
    return dict(zip(views, row, strict=True))


def _count(reader: Reader, view: View, now: datetime) -> ScalarSelect[int]:
    found = select(literal(1)).select_from(WorkItem).where(in_view(reader, view, now)).limit(MOST_COUNTED)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()
