"""Work items: the inbox, one item, and what its holder does with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apiflask import APIBlueprint
from marshmallow import RAISE

from engine.base.edition import read_edition
from engine.base.paging import Page
from engine.base.text import one_line
from engine.base.unit_of_work import Reading
from engine.execution import user_tasks
from engine.execution.back_entry import note_real_time
from engine.execution.inbox import inbox
from engine.execution.item_pages import CaseName, ItemPage, case_names, item_page
from engine.execution.model import InstanceState
from engine.execution.priorities import set_priority
from engine.execution.queries import case_detail
from engine.execution.user_tasks import Completed
from engine.forms.validation import draft_of
from engine.sla.stopping import resume_clock, stop_clock
from engine.worklist import operations
from engine.worklist.queries import InboxLine, open_items_of_case
from engine.worklist.terms import Priority, Terms
from engine.worklist.views import reader_of
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.lists import page_of
from webui.api.schemas.work_items import (
    AnswersGiven,
    ClockStopped,
    Completion,
    Draft,
    Finishing,
    InboxQuery,
    Ranking,
    WorkItem,
    WorkItemLine,
)
from webui.identity import core, current_actor

TAG = {"name": "Work items", "description": "What lies in people's inboxes: one row for each step of a person."}

bp = APIBlueprint("api_work_items", __name__, url_prefix=PREFIX, tag=TAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    line: InboxLine
    case: CaseName


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    work_item_id: int
    title: str
    case_number: str
    case_state: InstanceState
    open_items: tuple[InboxLine, ...]


@bp.get("/work-items")
@bp.auth_required(bearer)
@bp.input(InboxQuery, location="query", unknown=RAISE)
@bp.output(page_of(WorkItemLine))
def list_work_items(query_data: dict[str, Any]) -> Page[InboxRow]:
    """One view of my inbox: late first, then by due moment; done work newest first."""
    with core().read(current_actor()) as reading:
        return _inbox_page(reading, query_data)


@bp.get("/work-items/<int:work_item_id>")
@bp.auth_required(bearer)
@bp.output(WorkItem)
@bp.doc(responses=[403])
def show_work_item(work_item_id: int) -> ItemPage:
    """One item with all that is needed to do it: guidance, the form as JSON Schema, the case's data."""
    return _seen(work_item_id)


@bp.post("/work-items/<int:work_item_id>/claim")
@bp.auth_required(bearer)
@bp.output(WorkItem)
@bp.doc(responses=[403, 409])
def claim_work_item(work_item_id: int) -> ItemPage:
    """Take an item from the pool of my position; taking it twice is the same as once."""
    with core().work(current_actor()) as work:
        operations.claim(work, work_item_id)
    return _seen(work_item_id)


@bp.post("/work-items/<int:work_item_id>/release")
@bp.auth_required(bearer)
@bp.output(WorkItem)
@bp.doc(responses=[403, 409])
def release_work_item(work_item_id: int) -> ItemPage:
    """Lay an item back into the pool it came from; its draft stays with it."""
    with core().work(current_actor()) as work:
        operations.release(work, work_item_id)
    return _seen(work_item_id)


@bp.put("/work-items/<int:work_item_id>/draft")
@bp.auth_required(bearer)
@bp.input(AnswersGiven)
@bp.output(Draft)
@bp.doc(responses=[403, 409])
def keep_draft(work_item_id: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Keep what was filled in so far, right or wrong; it replaces the draft before."""
    form = _seen(work_item_id).form
    draft = draft_of(form, json_data["answers"]) if form else {}
    with core().work(current_actor()) as work:
        operations.save_draft(work, work_item_id, draft)
    return {"draft": draft}


@bp.post("/work-items/<int:work_item_id>/complete")
@bp.auth_required(bearer)
@bp.input(Finishing)
@bp.output(Completion)
@bp.doc(responses=[403, 409])
def complete_work_item(work_item_id: int, json_data: dict[str, Any]) -> Finished:
    """Finish an item with its answers; the case moves on, and the next person has it at once.

    What was done on paper is entered with `done_at`, its real time: whether it was late is judged by that.
    """
    with core().work(current_actor()) as work:
        completed = user_tasks.complete(work, work_item_id, json_data["answers"])
        if json_data["done_at"] is not None:
            note_real_time(work, completed, json_data["done_at"])
    with core().read(current_actor()) as reading:
        return _finished(reading, completed)


@bp.put("/work-items/<int:work_item_id>/priority")
@bp.auth_required(bearer)
@bp.input(Ranking)
@bp.output(WorkItem)
@bp.doc(responses=[403, 409])
def rank_work_item(work_item_id: int, json_data: dict[str, Any]) -> ItemPage:
    """Say that an item goes before others, or after them."""
    with core().work(current_actor()) as work:
        set_priority(work, work_item_id, Priority[json_data["priority"].name])
    return _seen(work_item_id)


@bp.post("/work-items/<int:work_item_id>/stop-clock")
@bp.auth_required(bearer)
@bp.input(ClockStopped)
@bp.output(WorkItem)
@bp.doc(responses=[403, 409])
def stop_clock_of_work_item(work_item_id: int, json_data: dict[str, Any]) -> ItemPage:
    """While the applicant or another office is waited for, no working time counts, and nobody is reminded."""
    with core().work(current_actor()) as work:
        stop_clock(work, work_item_id, json_data["waits_for"], json_data["reason"])
    return _seen(work_item_id)


@bp.post("/work-items/<int:work_item_id>/resume-clock")
@bp.auth_required(bearer)
@bp.output(WorkItem)
@bp.doc(responses=[403, 409])
def resume_clock_of_work_item(work_item_id: int) -> ItemPage:
    """Time counts again; the deadlines came later by the working time for which the clock stood still."""
    with core().work(current_actor()) as work:
        resume_clock(work, work_item_id)
    return _seen(work_item_id)


def _inbox_page(reading: Reading, asked: Mapping[str, Any]) -> Page[InboxRow]:
    reader = reader_of(reading)
    if reader is None:
        return Page(items=(), next_cursor=None)
    view, cursor, size = asked["view"], asked["cursor"], asked["limit"]
    page = inbox(reading.session, reader, view, reading.now, cursor, size, _terms(asked))
    names = case_names(reading.session, {line.instance_id for line in page.items})
    rows = tuple(InboxRow(line=line, case=names[line.instance_id]) for line in page.items)
    return Page(items=rows, next_cursor=page.next_cursor)


def _terms(asked: Mapping[str, Any]) -> Terms:
    """Priority is a word outside and a number inside."""
    word = asked["priority"]
    return Terms(
        text=one_line(asked["text"]),
        definition_key=asked["process"],
        unit_id=asked["unit"],
        holder=one_line(asked["holder"]),
        due=asked["due"],
        due_from=asked["due_from"],
        due_to=asked["due_to"],
        priority=None if word is None else Priority[word.name],
        follow_up=asked["follow_up"],
        sort=asked["sort"],
    )


def _seen(work_item_id: int) -> ItemPage:
    with core().read(current_actor()) as reading:
        return item_page(reading, work_item_id)


def _finished(reading: Reading, completed: Completed) -> Finished:
    read_edition(reading.session)  # most of who may see the case is known from other requests then
    case = case_detail(reading, completed.instance_id)
    return Finished(
        work_item_id=completed.work_item_id,
        title=completed.title,
        case_number=case.number,
        case_state=case.state,
        open_items=open_items_of_case(reading.session, completed.instance_id),
    )
