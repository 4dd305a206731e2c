"""A step that was done on paper, while there was no power or no line, and is entered afterwards with its real time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.audit.operations import record
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.rows import update_row
from engine.base.unit_of_work import UnitOfWork
from engine.execution.user_tasks import Completed, complete_from_fields
from engine.worklist.model import WorkItem

FIELD = "done-at"


class DoneOutOfTime(Invalid):
    code = "work_item.done_out_of_time"
    message = _("Give a moment between the arrival of the task and now, as it stands on the sheet.")


def complete_done_on_paper(
    work: UnitOfWork, work_item_id: int, fields: Mapping[str, Sequence[str]], done_at: datetime
) -> Completed:
    """The same as completing it now, but whether it was late is judged by when it was done. Raises DoneOutOfTime."""
    completed = complete_from_fields(work, work_item_id, fields)
    note_real_time(work, completed, done_at)
    return completed


def note_real_time(work: UnitOfWork, completed: Completed, done_at: datetime) -> None:
    """Of what this act has completed. Raises DoneOutOfTime."""
    item = work.session.get_one(WorkItem, completed.work_item_id)
    arrived = item.opened_at.replace(second=0, microsecond=0)  # nobody writes seconds on a sheet
    if not arrived <= done_at <= work.now:
        problem = FieldProblem(name=FIELD, code=DoneOutOfTime.code, message=DoneOutOfTime.message)
        raise DoneOutOfTime(fields=[problem])
    update_row(work.session, item, done_at=done_at)
    if item.overdue_at is not None and item.due_at is not None and done_at <= item.due_at:
        update_row(work.session, item, overdue_at=None)  # it was called late while nobody knew better
    facts = {"title": item.title, "done_at": done_at.isoformat()}
    record(work, "work_item.entered_afterwards", "work_item", item.id, item.instance_id, **facts)
