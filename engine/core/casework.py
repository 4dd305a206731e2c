"""Who is told of what colleagues do with a case beside its steps: return it, ask about it, mention, open it to read."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.execution.events import CaseOpened
from engine.execution.model import Instance
from engine.notifications.operations import notify
from engine.worklist.events import ColleaguesMentioned, QuestionAnswered, QuestionAsked, WorkRecalled, WorkReturned


def tell_of_return(work: UnitOfWork, event: WorkReturned) -> None:
    to = () if event.to_id is None else (event.to_id,)
    key = f"work.returned:{event.work_item_id}"
    facts = {"title": event.title, "reason": event.reason}
    _tell(work, to, "work.returned", key, event.instance_id, event.work_item_id, **facts)


def tell_of_recall(work: UnitOfWork, event: WorkRecalled) -> None:
    to = () if event.from_id is None else (event.from_id,)
    key = f"work.recalled:{event.instance_id}:{work.now.isoformat()}"
    _tell(work, to, "work.recalled", key, event.instance_id, title=event.title)


def tell_of_question(work: UnitOfWork, event: QuestionAsked) -> None:
    key = f"question.asked:{event.question_id}"
    _tell(work, (event.to_id,), "question.asked", key, event.instance_id, title=event.title)


def tell_of_answer(work: UnitOfWork, event: QuestionAnswered) -> None:
    key = f"question.answered:{event.question_id}"
    _tell(work, (event.to_id,), "question.answered", key, event.instance_id, event.work_item_id, title=event.title)


def tell_the_mentioned(work: UnitOfWork, event: ColleaguesMentioned) -> None:
    key = f"comment.mentioned:{event.comment_id}"
    _tell(work, event.employee_ids, "comment.mentioned", key, event.instance_id)


def tell_of_grant(work: UnitOfWork, event: CaseOpened) -> None:
    key = f"case.opened_to_you:{event.instance_id}:{work.now.isoformat()}"
    until_at = event.until.isoformat()
    to, reason = (event.employee_id,), event.reason
    _tell(work, to, "case.opened_to_you", key, event.instance_id, until_at=until_at, reason=reason)


def _tell(
    work: UnitOfWork,
    employee_ids: Collection[int],
    kind: str,
    key: str,
    instance_id: int,
    work_item_id: int | None = None,
    **facts: Any,
) -> None:
    """Nobody is told of what she did herself."""
    told = {each for each in employee_ids if each != work.actor.employee_id}
    instance = work.session.get_one(Instance, instance_id)
    known = {"number": instance.number, "case": instance.title, "by": work.actor.name, **facts}
    notify(work, told, kind, key, known, instance_id=instance_id, work_item_id=work_item_id)


REACTIONS: Mapping[type[Any], Callable[[UnitOfWork, Any], None]] = MappingProxyType(
    {
        WorkReturned: tell_of_return,
        WorkRecalled: tell_of_recall,
        QuestionAsked: tell_of_question,
        QuestionAnswered: tell_of_answer,
        ColleaguesMentioned: tell_the_mentioned,
        CaseOpened: tell_of_grant,
    }
)
