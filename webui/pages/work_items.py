"""One work item: see it, take it, lay it back, fill it in, finish it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.base.edition import read_edition
from engine.base.errors import Conflict, FieldProblem, Invalid, TataKerjaError
from engine.base.unit_of_work import UnitOfWork
from engine.execution import user_tasks
from engine.execution.back_entry import complete_done_on_paper
from engine.execution.item_pages import ItemPage, item_page
from engine.execution.user_tasks import Completed
from engine.forms.model import Form, decision_of, initial_values
from engine.forms.rendering import render
from engine.forms.validation import answers_from_fields, draft_from_fields
from engine.worklist import operations
from engine.worklist.errors import MayNotDoIt
from engine.worklist.queries import InboxLine
from webui.identity import core, current_actor, is_from_script, signed_in
from webui.language import language
from webui.pages.answers import view_of
from webui.pages.beside_work import went_back
from webui.pages.colleague_choice import mention_choice
from webui.pages.coming_along import add_comment_of_form, add_files, add_what_came_along, files_of_form
from webui.pages.draft_marks import FIELD, SavedElsewhere, mark_of, refuse_if_saved_elsewhere, remember
from webui.pages.inbox_choices import priorities
from webui.pages.paper_entries import DONE_AT, done_on_paper
from webui.pages.reaching import warn_of_unreached
from webui.pages.returning import BACK, list_address, way_back
from webui.pages.work_item_views import (
    Situation,
    after_completion,
    next_task,
    situation_of,
    words_of_finishing,
)
from webui.texts import _
from webui.wording import clock

bp = Blueprint("work_items", __name__)

Typed = Mapping[str, Sequence[str]]
FORM_ID = "work-form"
NO_ANSWERS = frozenset({"csrf_token", FIELD, BACK, DONE_AT})
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/tugas/<int:work_item_id>")
@signed_in
def show(work_item_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        read_edition(reading.session)  # calendar, ladders and who holds what are known from other requests then
        page = item_page(reading, work_item_id)
        situation = situation_of(reading, page)
    values = page.item.draft or {}
    return _page(page, situation, {**initial_values(page.form, page.data), **values} if page.form else {})


@bp.get("/tugas/<int:work_item_id>/<any(selesai, draf, isian, lampiran, catatan, ambil, kembalikan):_act>")
def back_to_item(work_item_id: int, _act: str) -> ResponseReturnValue:
    """Addresses of forms, asked for by hand or after signing in again."""
    return redirect(_item_address(work_item_id))


@bp.post("/tugas/<int:work_item_id>/selesai")
@signed_in
def complete(work_item_id: int) -> ResponseReturnValue:
    try:
        files = files_of_form(work_item_id)
        with core().work(current_actor()) as work:
            completed = _complete(work, work_item_id)
            add_what_came_along(work, completed.instance_id, work_item_id, files)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal)), 422
    except Conflict as refusal:
        return _too_late(work_item_id, refusal), 409
    except MayNotDoIt as refusal:
        return _again(work_item_id, [_whole(refusal)]), 403
    with core().read(current_actor()) as reading:
        flash(after_completion(reading, completed), "success")
        _point_to_next(next_task(reading, completed.instance_id))
    return redirect(list_address())


@bp.post("/tugas/<int:work_item_id>/draf")
@signed_in
def save_draft(work_item_id: int) -> ResponseReturnValue:
    """Keep what was typed; by itself while she types, or by the button."""
    page = _seen(work_item_id)
    try:
        files = files_of_form(work_item_id)
        with core().work(current_actor()) as work:
            _keep_draft(work, page)
            add_files(work, page.item.instance_id, work_item_id, files)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal)), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal)
    kept = _("Draft saved at %(time)s.", time=clock(core().clock.now()))
    if is_from_script():
        return kept, 200, PLAIN
    flash(f"{kept} {_('File added.')}" if files else kept, "success")
    return redirect(_item_address(work_item_id))


@bp.post("/tugas/<int:work_item_id>/isian")
@signed_in
def redraw(work_item_id: int) -> ResponseReturnValue:
    """The form anew, when an answer decides which questions apply; nothing is kept."""
    page = _seen(work_item_id)
    return str(_rendered(page, answers_from_fields(page.form, _typed()))) if page.form else ""


@bp.post("/tugas/<int:work_item_id>/lampiran")
@signed_in
def add_file(work_item_id: int) -> ResponseReturnValue:
    page = _seen(work_item_id)
    try:
        files = files_of_form(work_item_id)
        with core().work(current_actor()) as work:
            add_files(work, page.item.instance_id, work_item_id, files)
            _keep_draft_of_holder(work, page)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal)), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal)
    flash(_("File added.") if files else _("Choose a file first."), "success" if files else "warning")
    return redirect(_item_address(work_item_id, "files"))


@bp.post("/tugas/<int:work_item_id>/catatan")
@signed_in
def add_comment(work_item_id: int) -> ResponseReturnValue:
    page = _seen(work_item_id)
    try:
        with core().work(current_actor()) as work:
            mentioned = add_comment_of_form(work, page.item.instance_id, work_item_id)
            _keep_draft_of_holder(work, page)
    except Invalid as refusal:
        return _again(work_item_id, _problems_of(refusal)), 422
    except SavedElsewhere as refusal:
        return _not_kept(work_item_id, refusal)
    warn_of_unreached(mentioned)
    return redirect(_item_address(work_item_id, "comments"))


@bp.post("/tugas/<int:work_item_id>/kembalikan")
@signed_in
def release(work_item_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        operations.release(work, work_item_id)
    flash(_("The task lies in the queue again. What you had filled in stays with it."), "success")
    return redirect(list_address())


def _complete(work: UnitOfWork, work_item_id: int) -> Completed:
    done_at = done_on_paper()
    if done_at is None:
        return user_tasks.complete_from_fields(work, work_item_id, _typed())
    return complete_done_on_paper(work, work_item_id, _typed(), done_at)


def _point_to_next(line: InboxLine | None) -> None:
    if line is not None:
        link = Markup('<a href="{}">{}</a>').format(_item_address(line.work_item_id), line.title)
        flash(Markup("{}: {}").format(_("Next task"), link), "info")


def _again(work_item_id: int, problems: Sequence[FieldProblem]) -> str:
    """The page as she sent it, with what is wrong."""
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
        situation = situation_of(reading, page, mention_choice(reading))
    answers = answers_from_fields(page.form, _typed()) if page.form else {}
    return _page(page, situation, answers, problems)


def _not_kept(work_item_id: int, refusal: SavedElsewhere) -> ResponseReturnValue:
    """Another tab was first: nothing is overwritten before she has seen that."""
    if is_from_script():
        return refusal.text(language()), 409, PLAIN
    return _again(work_item_id, [FieldProblem(name="", code=refusal.code, message=refusal.message)]), 409


def _too_late(work_item_id: int, refusal: Conflict) -> str:
    """Someone was first: who, when, and what she typed, so that nothing is lost."""
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
        back = went_back(reading, page)
    typed = answers_from_fields(page.form, _typed()) if page.form else {}
    return render_template(
        "work_item_conflict.html",
        page=page,
        back=back,
        sentence=refusal.text(language()),
        typed=view_of(page.form, typed, page.data),
        comment=request.form.get("comment", ""),
    )


def _page(
    page: ItemPage, situation: Situation, values: Mapping[str, Any], problems: Sequence[FieldProblem] = ()
) -> str:
    return render_template(
        "work_item.html",
        page=page,
        item=page.item,
        case=page.case,
        step=page.step,
        situation=situation,
        decision=decision_of(page.form) if page.form else None,
        fields=_rendered(page, values, problems) if page.form and page.item.closed_at is None else "",
        answers=view_of(page.form, page.item.answers or {}, page.data),
        problems=[(f"field-{problem.name}", problem.text(language())) for problem in problems],
        comment=request.form.get("comment", ""),
        form_id=FORM_ID,
        draft_mark=mark_of(page.item.draft),
        finish=words_of_finishing(page),
        back=way_back(),
        list_address=list_address(),
        done_at=request.form.get(DONE_AT, "")[:30],
        priorities=priorities(),
    )


def _rendered(page: ItemPage, values: Mapping[str, Any], problems: Sequence[FieldProblem] = ()) -> Markup:
    form: Form = page.form or Form()
    decision = decision_of(form)
    return render(form, values, problems, language(), data=page.data, without=decision.key if decision else "")


def _typed() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in NO_ANSWERS}


def _problems_of(refusal: Invalid) -> Sequence[FieldProblem]:
    """One line a field, or one for the whole."""
    return refusal.fields or (_whole(refusal),)


def _whole(refusal: TataKerjaError) -> FieldProblem:
    return FieldProblem(name="", code=refusal.code, message=refusal.message, params=refusal.params)


def _seen(work_item_id: int) -> ItemPage:
    with core().read(current_actor()) as reading:
        return item_page(reading, work_item_id)


def _keep_draft(work: UnitOfWork, page: ItemPage) -> None:
    item, draft = page.item, draft_from_fields(page.form, _typed()) if page.form else {}
    refuse_if_saved_elsewhere(item.work_item_id, item.draft)
    operations.save_draft(work, item.work_item_id, draft)
    remember(item.work_item_id, draft)


def _keep_draft_of_holder(work: UnitOfWork, page: ItemPage) -> None:
    if page.may_complete:
        _keep_draft(work, page)


def _item_address(work_item_id: int, anchor: str | None = None) -> str:
    return url_for(".show", work_item_id=work_item_id, _anchor=anchor, kembali=way_back() or None)
