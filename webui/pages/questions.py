"""Questions beside the work: what colleagues ask me, and what I ask them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.execution.item_pages import ItemPage, case_names, item_page
from engine.worklist import questions
from engine.worklist.questions import LONGEST, questions_for
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.colleague_choice import Choice, chosen_colleague
from webui.pages.reaching import flash_told
from webui.pages.returning import item_address, list_address, way_back
from webui.texts import _

bp = Blueprint("questions", __name__)


@bp.get("/pertanyaan")
@signed_in
def index() -> ResponseReturnValue:
    """What waits for my answer."""
    return _list()


@bp.get("/tugas/<int:work_item_id>/tanya")
@signed_in
def form(work_item_id: int) -> ResponseReturnValue:
    page = _page_to_ask_of(work_item_id)
    if page.item.closed_at is not None:
        return redirect(item_address(work_item_id))
    return _form(page, Choice(), {})


@bp.post("/tugas/<int:work_item_id>/tanya")
@signed_in
def ask(work_item_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        choice = chosen_colleague(reading)
    if choice.employee_id is None:
        return _form(_page_to_ask_of(work_item_id), choice, {"rekan": choice.problem}), 422
    try:
        with core().work(current_actor()) as work:
            asked = questions.ask(work, work_item_id, choice.employee_id, request.form.get("question", ""))
            name = questions.question(work.session, asked).asked_of
    except Invalid as refusal:
        place = "rekan" if refusal.code == "question.not_a_colleague" else "question"
        return _form(_page_to_ask_of(work_item_id), choice, {place: refusal.text(language())}), 422
    told = _("%(name)s has been told of your question. The case stays where it is.", name=name)
    flash_told(told, [choice.employee_id])
    return redirect(item_address(work_item_id, "questions"))


@bp.post("/pertanyaan/<int:question_id>/jawab")
@signed_in
def answer(question_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            questions.answer(work, question_id, request.form.get("answer", ""))
    except Invalid as refusal:
        return _list(question_id, refusal.text(language())), 422
    flash(_("Your answer is with your colleague."), "success")
    return redirect(url_for(".index"))


@bp.post("/pertanyaan/<int:question_id>/batalkan")
@signed_in
def withdraw(question_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        questions.withdraw(work, question_id)
        work_item_id = questions.question(work.session, question_id).work_item_id
    flash(_("The question is withdrawn."), "success")
    return redirect(item_address(work_item_id))


def _list(answered: int | None = None, problem: str = "") -> str:
    actor = current_actor()
    with core().read(actor) as reading:
        lines = questions_for(reading.session, actor.employee_id) if actor.employee_id is not None else ()
        cases = case_names(reading.session, {line.instance_id for line in lines})
    return render_template(
        "questions.html",
        questions=lines,
        cases=cases,
        answered=answered,
        problem=problem,
        typed=request.form.get("answer", ""),
        longest=LONGEST,
    )


def _page_to_ask_of(work_item_id: int) -> ItemPage:
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
    if page.item.closed_at is None and not page.may_ask:
        require(current_actor(), Permission.ASK_COLLEAGUE)
    return page


def _form(page: ItemPage, choice: Choice, problems: dict[str, str]) -> str:
    return render_template(
        "ask_colleague.html",
        item=page.item,
        case=page.case,
        choice=choice,
        problems=problems,
        question=request.form.get("question", ""),
        longest=LONGEST,
        back=way_back(),
        list_address=list_address(),
    )
