"""Telling people, and noting that they have read it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update

from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.notifications.dispatch import let_out, ways_are_on
from engine.notifications.model import Notice, key_of
from engine.notifications.texts import check

UNLESS_TOLD = "ON CONFLICT (key) DO NOTHING"


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

    It stands in the application at once; a job decides by which ways it leaves the house.
    """
    check(kind, facts)
    if not employee_ids:
        return
    notices: list[dict[str, Any]] = [
        {
            "key": key_of(key, employee_id),
            "employee_id": employee_id,
            "kind": kind,
            "facts": dict(facts),
            "instance_id": instance_id,
            "work_item_id": work_item_id,
            "created_at": work.now,
        }
        for employee_id in sorted(set(employee_ids))
    ]
    insert_rows(work.session, Notice, notices, UNLESS_TOLD)
    if ways_are_on(work.settings):
        let_out(work, [notice["key"] for notice in notices])


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
