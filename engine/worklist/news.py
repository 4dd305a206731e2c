"""What changed in items that were there already."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.worklist.model import Comment


def commented_since(session: Session, instance_ids: Collection[int], since: datetime, besides: int) -> frozenset[int]:
    """The cases about which somebody else has said something."""
    by_others = or_(Comment.written_by_id.is_(None), Comment.written_by_id != besides)
    query = select(Comment.instance_id).where(
        Comment.instance_id.in_(instance_ids), Comment.written_at > since, by_others
    )
    return frozenset(session.scalars(query))
