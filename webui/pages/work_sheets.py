"""Work sheets: tasks on paper, for hours without power; what was written on them is entered afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from engine.base.errors import NotAllowed, NotFound
from engine.base.unit_of_work import Reading
from engine.execution.item_pages import ItemPage, item_page
from engine.forms.answers import is_blank
from engine.forms.display import displayed
from engine.forms.model import (
    MANY_OF_OPTIONS,
    ONE_OF_OPTIONS,
    Field,
    FieldKind,
    Form,
    Option,
    initial_values,
    options_of,
)
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.answers import TITLE, Answered, facts_of
from webui.pages.bulk import chosen_items
from webui.pages.returning import list_address
from webui.pages.work_item_views import standard_time_of
from webui.texts import _

bp = Blueprint("work_sheets", __name__)

MOST_SHEETS = 50
MOST_FACTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A question with room for its answer: options to tick, or a line or several; `known` stands there already."""

    label: str
    description: str
    is_required: bool
    is_long: bool
    options: tuple[Option, ...]
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    page: ItemPage
    standard_time: str
    facts: Answered
    blanks: tuple[Blank, ...]
    files: tuple[str, ...]


@bp.get("/tugas/<int:work_item_id>/lembar")
@signed_in
def show(work_item_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        sheets = (_sheet(reading, item_page(reading, work_item_id)),)
    return _page(sheets)


@bp.get("/tugas/lembar")
@signed_in
def show_chosen() -> ResponseReturnValue:
    """One sheet each; those that she may not see any more are left out."""
    with core().read(current_actor()) as reading:
        sheets = tuple(_sheet(reading, page) for page in _pages(reading, chosen_items()[:MOST_SHEETS]))
    if not sheets:
        flash(_("None of the chosen tasks can be printed. Choose from the list again."), "warning")
        return redirect(list_address())
    return _page(sheets)


def _page(sheets: Sequence[Sheet]) -> str:
    return render_template("work_sheets.html", sheets=sheets, back=list_address())


def _pages(reading: Reading, work_item_ids: Sequence[int]) -> Iterator[ItemPage]:
    for work_item_id in work_item_ids:
        try:
            yield item_page(reading, work_item_id)
        except (NotAllowed, NotFound):
            continue


def _sheet(reading: Reading, page: ItemPage) -> Sheet:
    known = {name: value for name, value in page.data.items() if name != TITLE}
    return Sheet(
        page=page,
        standard_time=standard_time_of(page),
        facts=facts_of(reading.session, page.case.version_id, known)[:MOST_FACTS],
        blanks=tuple(_blanks(page.form, page)) if page.form else (),
        files=tuple(note.label for note in page.form.attachment_notes) if page.form else (),
    )


def _blanks(form: Form, page: ItemPage) -> Iterator[Blank]:
    """Also questions that depend on others: on paper one sees which of them applies."""
    values = {**initial_values(form, page.data), **(page.item.draft or {})}
    for question in form.fields:
        options = options_of(question, page.data)
        value = values.get(question.key)
        yield Blank(
            label=question.label,
            description=question.description,
            is_required=question.rules.is_required,
            is_long=question.kind is FieldKind.TEXTAREA,
            options=_to_tick(question, options),
            known="" if is_blank(value) or value is False else displayed(question, value, options, language()),
        )


def _to_tick(question: Field, options: tuple[Option, ...]) -> tuple[Option, ...]:
    if question.kind is FieldKind.CHECKBOX:
        return (Option(value="true", label=_("Yes")),)
    return options if question.kind in ONE_OF_OPTIONS or question.kind in MANY_OF_OPTIONS else ()
