"""What has come of a ladder already, and whether somebody has answered.

An answer: the work is done or dropped, or, once a rung has moved it, somebody has taken it or was given it by a
person. Then its climb ends, until it is due at another moment.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.sla.model import Climb
from engine.worklist.model import WorkItem


def climbed(session: Session, items: Collection[WorkItem]) -> Mapping[int, list[Climb]]:
    """By item, what has come for the moment at which it is due now."""
    found: dict[int, list[Climb]] = {item.id: [] for item in items}
    due = {item.id: item.due_at for item in items}
    query = select(Climb).where(Climb.work_item_id.in_(due)).order_by(Climb.id)
    for climb in session.scalars(query) if items else ():
        if climb.due_at == due[climb.work_item_id]:
            found[climb.work_item_id].append(climb)
    return found


def is_answered(item: WorkItem, of_item: Sequence[Climb]) -> bool:
    """Whether it lies with another than the rung that moved it said, and not because of the rule of its step."""
    moves = [climb.outcome["left_with"] for climb in of_item if "left_with" in climb.outcome]
    return bool(moves) and item.assignee_id not in (None, moves[-1], item.routed_to_id)
