"""Colleagues who are named in a comment: they hear of it, and may read the case from then on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.colleagues import colleagues
from engine.organisation.model import Employee
from engine.worklist.events import ColleaguesMentioned
from engine.worklist.model import Comment, Mention, WorkItem

MOST = 20


class TooManyMentioned(Invalid):
    code = "comment.too_many_mentioned"
    message = _("A comment can mention at most %(limit)s colleagues.")


class NotHere(Invalid):
    code = "comment.not_here"
    message = _("Mention only colleagues who work here today.")


def mention(work: UnitOfWork, comment: Comment, employee_ids: Collection[int]) -> None:
    """Each once, and never the writer herself; whoever does not work here is refused."""
    wanted = set(employee_ids) - {work.actor.employee_id}
    if len(wanted) > MOST:
        raise TooManyMentioned(limit=MOST)
    if not wanted:
        return
    on = work.today
    found = {each.employee_id for each in colleagues(work.session, wanted, on)}
    if found != wanted:
        raise NotHere
    work.session.flush()  # the comment's id
    work.session.add_all(Mention(comment_id=comment.id, employee_id=each) for each in sorted(wanted))
    work.tell(
        ColleaguesMentioned(comment_id=comment.id, instance_id=comment.instance_id, employee_ids=tuple(sorted(wanted)))
    )


def mentions_in(session: Session, comment_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Who is named, by comment, in one statement."""
    query = (
        select(Mention.comment_id, Employee.name)
        .join(Employee, Employee.id == Mention.employee_id)
        .where(Mention.comment_id.in_(list(comment_ids)))
        .order_by(Mention.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for comment_id, name in session.execute(query):
        names[comment_id].append(name)
    return {comment_id: tuple(found) for comment_id, found in names.items()}


def people_of_case(session: Session, instance_id: int, on: date, besides: int | None) -> tuple[tuple[int, str], ...]:
    """Whoever has or had a task of a case, or wrote about it, and still works here: those whom one mentions most."""
    of_case = WorkItem.instance_id == instance_id
    everyone = union(
        select(WorkItem.assignee_id).where(of_case),
        select(WorkItem.closed_by_id).where(of_case),
        select(Comment.written_by_id).where(Comment.instance_id == instance_id),
    )
    query = (
        select(Employee.id, Employee.name)
        .where(
            Employee.id.in_(everyone), Employee.id != besides, or_(Employee.left_on.is_(None), Employee.left_on > on)
        )
        .order_by(in_alphabet(Employee.name))
        .limit(MOST)
    )
    return tuple((row.id, row.name) for row in session.execute(query))
