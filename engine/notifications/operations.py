"""Telling people, and noting that they have read it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select, update

from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.rows import insert_and_read, insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import NewJob, schedule_all
from engine.notifications.mail import MAIL_JOB
from engine.notifications.model import Notice
from engine.notifications.texts import check
from engine.organisation.model import Employee


class NoticeNotFound(NotFound):
    code = "notice.not_found"
    message = _("There is no such notice for you.")


def notify(
    work: UnitOfWork,
    employee_ids: Collection[int],
    kind: str,
    key: str,
    facts: Mapping[str, Any],
    instance_id: int | None = None,
    work_item_id: int | None = None,
) -> None:
    """Write a notice to each; whoever was told of `key` before is not told again.

    Those with an address also get a mail, once mail is set up.
    """
    check(kind, facts)
    if not employee_ids:
        return
    notices = [
        {
            "key": f"{key}:{employee_id}",
            "employee_id": employee_id,
            "kind": kind,
            "facts": dict(facts),
            "instance_id": instance_id,
            "work_item_id": work_item_id,
            "created_at": work.now,
        }
        for employee_id in sorted(set(employee_ids))
    ]
    if work.settings.mail_is_on:
        rows = insert_and_read(work.session, Notice, notices, f"{_UNLESS_TOLD} RETURNING id, employee_id")
        _schedule_mails(work, dict(rows))
    else:
        insert_rows(work.session, Notice, notices, _UNLESS_TOLD)


def mark_read(work: UnitOfWork, notice_id: int) -> None:
    """The actor has read one of her notices; raises NoticeNotFound for anybody else's."""
    found = work.session.scalar(
        select(Notice.id).where(Notice.id == notice_id, Notice.employee_id == work.actor.employee_id)
    )
    if found is None:
        raise NoticeNotFound
    work.session.execute(
        update(Notice).where(Notice.id == notice_id, Notice.read_at.is_(None)).values(read_at=work.now)
    )


def mark_all_read(work: UnitOfWork) -> None:
    unread = Notice.read_at.is_(None)
    mine = Notice.employee_id == work.actor.employee_id
    work.session.execute(update(Notice).where(mine, unread).values(read_at=work.now))


_UNLESS_TOLD = "ON CONFLICT (key) DO NOTHING"


def _schedule_mails(work: UnitOfWork, notices: Mapping[int, int]) -> None:
    """One mail for each notice (id → employee) whose reader has an address and still works here."""
    today = work.now.astimezone(work.settings.zone).date()
    reachable = set(
        work.session.scalars(
            select(Employee.id).where(
                Employee.id.in_(notices.values()),
                Employee.email != "",
                or_(Employee.left_on.is_(None), Employee.left_on > today),
            )
        )
    )
    schedule_all(
        work,
        [
            NewJob(kind=MAIL_JOB, key=f"mail:{notice_id}", due_at=work.now, payload={"notice_id": notice_id})
            for notice_id, employee_id in notices.items()
            if employee_id in reachable
        ],
    )
