"""The page of one work item: as it stands, as she sent it with what is wrong, or as it is not hers any more."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from engine.base.errors import FieldProblem
from engine.execution.item_pages import ItemPage, item_page
from engine.forms.model import Form, decision_of
from engine.forms.rendering import render
from engine.forms.validation import answers_from_fields
from engine.worklist.model import WorkItemState
from webui.identity import core, current_actor
from webui.language import language
from webui.pages.answers import Answered, view_of
from webui.pages.beside_work import went_back
from webui.pages.colleague_choice import mention_choice
from webui.pages.draft_marks import FIELD, mark_of
from webui.pages.inbox_choices import priorities
from webui.pages.paper_entries import DONE_AT
from webui.pages.returning import BACK, list_address, way_back
from webui.pages.work_item_views import Situation, situation_of, words_of_finishing

FORM_ID = "work-form"
COMMENT = "comment"
NO_ANSWERS = frozenset({"csrf_token", FIELD, BACK, DONE_AT})
# Where on the page it is mended, for what is wrong with none of the questions.
PLACES = {"attachment": "files", "comment": COMMENT}


def typed_fields() -> dict[str, list[str]]:
    """What may be answers among what was sent."""
    return {name: values for name, values in request.form.lists() if name not in NO_ANSWERS}


def page_as_sent(work_item_id: int, problems: Sequence[FieldProblem] = ()) -> str:
    """The page as she sent it, with what is wrong."""
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
        situation = situation_of(reading, page, mention_choice(reading))
    answers = answers_from_fields(page.form, typed_fields()) if page.form else {}
    return page_of(page, situation, answers, problems)


def page_of(
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
        fields=drawn_form(page, values, problems) if page.form and page.item.closed_at is None else "",
        answers=view_of(page.form, page.item.answers or {}, page.data),
        problems=[(_place_of(problem), problem.text(language())) for problem in problems],
        comment=request.form.get(COMMENT, ""),
        form_id=FORM_ID,
        draft_mark=mark_of(page.item.draft),
        finish=words_of_finishing(page),
        back=way_back(),
        list_address=list_address(),
        done_at=request.form.get(DONE_AT, "")[:30],
        priorities=priorities(),
    )


def _place_of(problem: FieldProblem) -> str:
    room = problem.code.partition(".")[0]
    return PLACES.get(room) or (f"field-{problem.name}" if problem.name else FORM_ID)


def drawn_form(page: ItemPage, values: Mapping[str, Any], problems: Sequence[FieldProblem] = ()) -> Markup:
    form: Form = page.form or Form()
    decision = decision_of(form)
    return render(form, values, problems, language(), data=page.data, without=decision.key if decision else "")


def page_not_hers(page: ItemPage, sentence: str) -> str:
    """Someone was first, or has it now: who, when, and what she typed, so that nothing is lost."""
    with core().read(current_actor()) as reading:
        back = went_back(reading, page)
    return render_template(
        "work_item_conflict.html",
        page=page,
        back=back,
        sentence=sentence,
        typed=typed_answers(page),
        comment=request.form.get(COMMENT, ""),
        list_address=list_address(),
    )


def is_done_so_by_her(page: ItemPage) -> bool:
    """Whether she has completed it herself, with these very answers."""
    item = page.item
    if item.state is not WorkItemState.COMPLETED or item.closed_by_id != current_actor().employee_id:
        return False
    return typed_answers(page) == view_of(page.form, item.answers or {}, page.data)


def typed_answers(page: ItemPage) -> Answered:
    typed = answers_from_fields(page.form, typed_fields()) if page.form else {}
    return view_of(page.form, typed, page.data)
