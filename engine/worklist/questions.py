"""A colleague is asked about a task: the case does not move meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from engine.access.permissions import Permission
from engine.audit.operations import record
from engine.base.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.base.i18n import _
from engine.base.text import lines
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.colleagues import colleagues
from engine.organisation.model import Employee
from engine.worklist.events import QuestionAnswered, QuestionAsked
from engine.worklist.model import SideQuestion, WorkItem
from engine.worklist.operations import item_for

LONGEST = 4_000
MOST_SHOWN = 50


class NothingAsked(Invalid):
    code = "question.empty"
    message = _("Write your question.")


class NothingAnswered(Invalid):
    code = "question.no_answer"
    message = _("Write your answer.")


class TooLong(Invalid):
    code = "question.too_long"
    message = _("The text is longer than %(limit)s characters. Attach a file instead.")


class NotAColleague(Invalid):
    code = "question.not_a_colleague"
    message = _("Ask a colleague who works here today, not yourself.")


class QuestionNotFound(NotFound):
    code = "question.not_found"
    message = _("There is no such question.")


class NotYourQuestion(NotAllowed):
    code = "question.not_yours"
    message = _("This question was put to somebody else.")


class QuestionOver(Conflict):
    code = "question.over"
    message = _("This question was already answered or withdrawn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    question_id: int
    instance_id: int
    work_item_id: int
    title: str
    asked_by_id: int
    asked_by: str
    asked_of_id: int
    asked_of: str
    question: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


def ask(work: UnitOfWork, work_item_id: int, employee_id: int, text: str) -> int:
    """The holder of an open item asks any colleague, who may read it until she has answered."""
    item = item_for(work, work_item_id, Permission.ASK_COLLEAGUE)
    question = _said(text, NothingAsked)
    on = work.today
    asked = next(iter(colleagues(work.session, {employee_id}, on)), None)
    if asked is None or employee_id == work.actor.employee_id or work.actor.employee_id is None:
        raise NotAColleague
    row = SideQuestion(
        instance_id=item.instance_id,
        work_item_id=item.id,
        asked_by_id=work.actor.employee_id,
        asked_of_id=employee_id,
        question=question,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # its id is the answer
    record(work, "question.asked", "work_item", item.id, item.instance_id, title=item.title, to=asked.name)
    work.tell(QuestionAsked(question_id=row.id, instance_id=item.instance_id, title=item.title, to_id=employee_id))
    return row.id


def answer(work: UnitOfWork, question_id: int, text: str) -> None:
    """She who was asked answers, once; whoever asked is told."""
    row = _open_question(work, question_id)
    if row.asked_of_id != work.actor.employee_id:
        raise NotYourQuestion
    row.answer, row.answered_at = _said(text, NothingAnswered), work.now
    title = work.session.get_one(WorkItem, row.work_item_id).title
    record(work, "question.answered", "work_item", row.work_item_id, row.instance_id, title=title)
    work.tell(
        QuestionAnswered(
            question_id=row.id,
            instance_id=row.instance_id,
            work_item_id=row.work_item_id,
            title=title,
            to_id=row.asked_by_id,
        )
    )


def withdraw(work: UnitOfWork, question_id: int) -> None:
    """Whoever asked needs no answer any more."""
    row = _open_question(work, question_id)
    if row.asked_by_id != work.actor.employee_id:
        raise NotYourQuestion
    row.withdrawn_at = work.now
    title = work.session.get_one(WorkItem, row.work_item_id).title
    record(work, "question.withdrawn", "work_item", row.work_item_id, row.instance_id, title=title)


def question(session: Session, question_id: int) -> QuestionLine:
    """Raises QuestionNotFound."""
    row = session.execute(_lines().where(SideQuestion.id == question_id)).one_or_none()
    if row is None:
        raise QuestionNotFound
    return QuestionLine(**row._mapping)


def questions_of_case(session: Session, instance_id: int) -> tuple[QuestionLine, ...]:
    """Oldest first; those withdrawn are left out."""
    query = _lines().where(SideQuestion.instance_id == instance_id, SideQuestion.withdrawn_at.is_(None))
    return tuple(QuestionLine(**row._mapping) for row in session.execute(query.order_by(SideQuestion.id)))


def questions_for(session: Session, employee_id: int) -> tuple[QuestionLine, ...]:
    """Those that wait for her answer, oldest first."""
    query = _lines().where(*_waits_for(employee_id)).order_by(SideQuestion.id).limit(MOST_SHOWN)
    return tuple(QuestionLine(**row._mapping) for row in session.execute(query))


def open_question_count(session: Session, employee_id: int) -> int:
    return session.scalar(select(func.count()).where(*_waits_for(employee_id))) or 0


def _waits_for(employee_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        SideQuestion.asked_of_id == employee_id,
        SideQuestion.answered_at.is_(None),
        SideQuestion.withdrawn_at.is_(None),
    )


def _lines() -> Select[*tuple[Any, ...]]:
    asker, asked = aliased(Employee), aliased(Employee)
    return (
        select(
            SideQuestion.id.label("question_id"),
            SideQuestion.instance_id,
            SideQuestion.work_item_id,
            WorkItem.title,
            SideQuestion.asked_by_id,
            asker.name.label("asked_by"),
            SideQuestion.asked_of_id,
            asked.name.label("asked_of"),
            SideQuestion.question,
            SideQuestion.asked_at,
            SideQuestion.answer,
            SideQuestion.answered_at,
            SideQuestion.withdrawn_at,
        )
        .join(WorkItem, WorkItem.id == SideQuestion.work_item_id)
        .join(asker, asker.id == SideQuestion.asked_by_id)
        .join(asked, asked.id == SideQuestion.asked_of_id)
    )


def _open_question(work: UnitOfWork, question_id: int) -> SideQuestion:
    query = select(SideQuestion).where(SideQuestion.id == question_id).with_for_update()
    row = work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise QuestionNotFound
    if work.actor.employee_id not in (row.asked_by_id, row.asked_of_id):
        raise NotYourQuestion
    if row.answered_at is not None or row.withdrawn_at is not None:
        raise QuestionOver
    return row


def _said(text: str, otherwise: type[Invalid]) -> str:
    said = lines(text)
    if not said:
        raise otherwise
    if len(said) > LONGEST:
        raise TooLong(limit=LONGEST)
    return said
