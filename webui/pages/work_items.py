"""One work item: see it, take it, lay it back, fill it in, finish it."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.access.permissions import NotYourWork
from engine.base.edition import read_edition
from engine.base.errors import Conflict, FieldProblem, Invalid, TataKerjaError
from engine.base.unit_of_work import UnitOfWork
from engine.execution import user_tasks
from engine.execution.back_entry import complete_done_on_paper
from engine.execution.item_pages import ItemPage, item_page
from engine.execution.user_tasks import Completed
from engine.forms.model import initial_values
from engine.forms.validation import answers_from_fields, draft_from_fields
from engine.worklist import operations
from engine.worklist.attachments import KeptFile
from engine.worklist.errors import MayNotDoIt
from engine.worklist.queries import InboxLine
from webui.identity import core, current_actor, is_from_script, signed_in
from webui.language import language
from webui.pages.coming_along import (
    add_comment_of_form,
    add_files,
    add_files_beforehand,
    add_typed_comment,
    files_of_form,
)
from webui.pages.draft_marks import FIELD, SavedElsewhere, refuse_if_saved_elsewhere, remember
from webui.pages.paper_entries import DONE_AT, done_on_paper
from webui.pages.reaching import warn_of_holders, warn_of_unreached
from webui.pages.returning import item_address, list_address
from webui.pages.work_item_page import (
    COMMENT,
    drawn_form,
    is_done_so_by_her,
    page_as_sent,
    page_not_hers,
    page_of,
    typed_fields,
)
from webui.pages.work_item_views import after_completion, next_task, situation_of
from webui.texts import _
from webui.wording import clock

bp = Blueprint("work_items", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/tugas/<int:work_item_id>")
@signed_in
def show(work_item_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        read_edition(reading.session)  # calendar, ladders and who holds what are known from other requests then
        page = item_page(reading, work_item_id)
        situation = situation_of(reading, page)
    values = page.item.draft or {}
    return page_of(page, situation, {**initial_values(page.form, page.data), **values} if page.form else {})


@bp.get("/tugas/<int:work_item_id>/<any(selesai, draf, isian, lampiran, catatan, ambil, kembalikan):_act>")
def back_to_item(work_item_id: int, _act: str) -> ResponseReturnValue:
    """Addresses of forms, asked for by hand or after signing in again."""
    return redirect(item_address(work_item_id))


@bp.post("/tugas/<int:work_item_id>/selesai")
@signed_in
def complete(work_item_id: int) -> ResponseReturnValue:
    files: Sequence[KeptFile] = ()
    try:
        files = files_of_form(work_item_id)
        add_files_beforehand(work_item_id, files)
        with core().work(current_actor()) as work:
            completed = _complete(work, work_item_id)
            add_typed_comment(work, completed.instance_id, work_item_id)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal), files), 422
    except Conflict as refusal:
        return _too_late(work_item_id, refusal)
    except MayNotDoIt as refusal:
        return _again(work_item_id, [_whole(refusal)], files), 403
    except NotYourWork:
        return _given_away(work_item_id)
    with core().read(current_actor()) as reading:
        flash(after_completion(reading, completed), "success")
        _point_to_next(next_task(reading, completed.instance_id))
    warn_of_holders(completed.instance_id)
    return redirect(list_address())


@bp.post("/tugas/<int:work_item_id>/draf")
@signed_in
def save_draft(work_item_id: int) -> ResponseReturnValue:
    """Keep what was typed; by itself while she types, or by the button."""
    page = _seen(work_item_id)
    files: Sequence[KeptFile] = ()
    try:
        files = files_of_form(work_item_id)
        add_files_beforehand(work_item_id, files)
        with core().work(current_actor()) as work:
            _keep_draft(work, page)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal), files), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal, files)
    except NotYourWork:
        return _given_away(work_item_id)
    kept = _("Draft saved at %(time)s.", time=clock(core().clock.now()))
    if is_from_script():
        return kept, 200, PLAIN
    flash(" ".join((kept, _("File added."))) if files else kept, "success")
    return _with_what_is_typed(work_item_id)


@bp.post("/tugas/<int:work_item_id>/isian")
@signed_in
def redraw(work_item_id: int) -> ResponseReturnValue:
    """The form anew, when an answer decides which questions apply; nothing is kept."""
    page = _seen(work_item_id)
    return str(drawn_form(page, answers_from_fields(page.form, typed_fields()))) if page.form else ""


@bp.post("/tugas/<int:work_item_id>/lampiran")
@signed_in
def add_file(work_item_id: int) -> ResponseReturnValue:
    page = _seen(work_item_id)
    files: Sequence[KeptFile] = ()
    try:
        files = files_of_form(work_item_id)
        with core().work(current_actor()) as work:
            add_files(work, page.item.instance_id, work_item_id, files)
            _keep_draft_of_holder(work, page)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal)), 422
    except SavedElsewhere as refusal:
        add_files_beforehand(work_item_id, files)
        return _not_kept(work_item_id, refusal, files)
    flash(_("File added.") if files else _("Choose a file first."), "success" if files else "warning")
    return _with_what_is_typed(work_item_id, "files")


@bp.post("/tugas/<int:work_item_id>/catatan")
@signed_in
def add_comment(work_item_id: int) -> ResponseReturnValue:
    page = _seen(work_item_id)
    files: Sequence[KeptFile] = ()
    try:
        files = files_of_form(work_item_id)
        add_files_beforehand(work_item_id, files)
        with core().work(current_actor()) as work:
            mentioned = add_comment_of_form(work, page.item.instance_id, work_item_id)
            _keep_draft_of_holder(work, page)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal), files), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal, files)
    warn_of_unreached(mentioned)
    return redirect(item_address(work_item_id, "comments"))


@bp.post("/tugas/<int:work_item_id>/kembalikan")
@signed_in
def release(work_item_id: int) -> ResponseReturnValue:
    """With all that stands in the form, where it comes from one."""
    page = _seen(work_item_id)
    files: Sequence[KeptFile] = ()
    try:
        files = files_of_form(work_item_id)
        add_files_beforehand(work_item_id, files)
        with core().work(current_actor()) as work:
            if FIELD in request.form:
                _keep_draft_of_holder(work, page)
                add_typed_comment(work, page.item.instance_id, work_item_id)
            operations.release(work, work_item_id)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal), files), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal, files)
    flash(_("The task lies in the queue again. What you had filled in stays with it."), "success")
    return redirect(list_address())


def _complete(work: UnitOfWork, work_item_id: int) -> Completed:
    done_at = done_on_paper()
    if done_at is None:
        return user_tasks.complete_from_fields(work, work_item_id, typed_fields())
    return complete_done_on_paper(work, work_item_id, typed_fields(), done_at)


def _point_to_next(line: InboxLine | None) -> None:
    if line is not None:
        link = Markup('<a href="{}">{}</a>').format(item_address(line.work_item_id), line.title)
        flash(Markup("{}: {}").format(_("Next task"), link), "info")


def _again(work_item_id: int, problems: Sequence[FieldProblem], files: Sequence[KeptFile] = ()) -> str:
    """As she sent it, with what is wrong; the files lie with the task already."""
    if files:
        flash(_("File added."), "success")
    return page_as_sent(work_item_id, problems)


def _not_kept(work_item_id: int, refusal: SavedElsewhere, files: Sequence[KeptFile]) -> ResponseReturnValue:
    """Another tab was first: nothing is overwritten before she has seen that."""
    if is_from_script():
        return refusal.text(language()), 409, PLAIN
    return _again(work_item_id, [_whole(refusal)], files), 409


def _too_late(work_item_id: int, refusal: Conflict) -> ResponseReturnValue:
    """Someone was quicker; if that was herself, by a second press of the button, all is as she wants it."""
    page = _seen(work_item_id)
    if is_done_so_by_her(page):
        flash(_("You have completed this task already."), "info")
        return redirect(list_address())
    return page_not_hers(page, refusal.text(language())), 409


def _given_away(work_item_id: int) -> ResponseReturnValue:
    """Somebody else was given it while she had it on her screen, or took it."""
    page = _seen(work_item_id)
    sentence = _("This task is with %(name)s now.", name=page.item.assignee_name)
    return (sentence, 403, PLAIN) if is_from_script() else (page_not_hers(page, sentence), 403)


def _with_what_is_typed(work_item_id: int, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the page; as she sent it, where something is typed on it that is kept nowhere yet."""
    if any(request.form.get(name, "").strip() for name in (COMMENT, DONE_AT)):
        return page_as_sent(work_item_id)
    return redirect(item_address(work_item_id, anchor))


def _problems_of(refusal: Invalid) -> Sequence[FieldProblem]:
    """One line a field, or one for the whole."""
    return refusal.fields or (_whole(refusal),)


def _whole(refusal: TataKerjaError) -> FieldProblem:
    return FieldProblem(name="", code=refusal.code, message=refusal.message, params=refusal.params)


def _seen(work_item_id: int) -> ItemPage:
    with core().read(current_actor()) as reading:
        return item_page(reading, work_item_id)


def _keep_draft(work: UnitOfWork, page: ItemPage) -> None:
    item, draft = page.item, draft_from_fields(page.form, typed_fields()) if page.form else {}
    refuse_if_saved_elsewhere(item.work_item_id, item.draft)
    operations.save_draft(work, item.work_item_id, draft)
    remember(item.work_item_id, draft)


def _keep_draft_of_holder(work: UnitOfWork, page: ItemPage) -> None:
    if page.may_complete:
        _keep_draft(work, page)
