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


def add_what_came_along(work: UnitOfWork, instance_id: int, work_item_id: int, files: Sequence[KeptFile]) -> None:
    if request.form.get("comment", "").strip():
        add_comment_of_form(work, instance_id, work_item_id)
    add_files(work, instance_id, work_item_id, files)


def add_files(work: UnitOfWork, instance_id: int, work_item_id: int, files: Sequence[KeptFile]) -> None:
    for file in files:
        additions.add_file(work, instance_id, work_item_id, file)
