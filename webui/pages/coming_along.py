"""A comment that was typed and files that were chosen belong to the step in whose form they came."""

from collections.abc import Sequence

from flask import request

from engine.access.permissions import CaseNotVisible
from engine.base.unit_of_work import UnitOfWork
from engine.execution import additions
from engine.execution.item_pages import item_page
from engine.worklist.attachments import KeptFile
from webui.attached import kept_files
from webui.identity import core, current_actor
from webui.pages.colleague_choice import mentioned_in_form


def files_of_form(work_item_id: int) -> tuple[KeptFile, ...]:
    """Kept already, before any transaction is open; for nobody who may not add any."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return ()
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
    if not page.may_add:
        raise CaseNotVisible
    return kept_files(files, page.item.instance_id)


def add_comment_of_form(work: UnitOfWork, instance_id: int, work_item_id: int) -> tuple[int, ...]:
    """And whom it mentions."""
    mentioned = mentioned_in_form(work)
    text = request.form.get("comment", "")
    additions.add_comment(work, instance_id, work_item_id, text, mentioned)
    return mentioned


def add_typed_comment(work: UnitOfWork, instance_id: int, work_item_id: int) -> None:
    """If something was typed."""
    if request.form.get("comment", "").strip():
        add_comment_of_form(work, instance_id, work_item_id)


def add_files(work: UnitOfWork, instance_id: int, work_item_id: int, files: Sequence[KeptFile]) -> None:
    for file in files:
        additions.add_file(work, instance_id, work_item_id, file)


def add_files_beforehand(work_item_id: int, files: Sequence[KeptFile]) -> None:
    """In a unit of work of their own: no browser can choose them again if what comes along with them is refused.

    Nothing is added to a task that somebody else has closed meanwhile.
    """
    if not files:
        return
    with core().read(current_actor()) as reading:
        item = item_page(reading, work_item_id).item
    if item.closed_at is None:
        with core().work(current_actor()) as work:
            add_files(work, item.instance_id, work_item_id, files)
