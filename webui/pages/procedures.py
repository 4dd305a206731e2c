"""The register of procedures as everyone reads it, and the start of a case."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from secrets import token_urlsafe

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows
from engine.access.secret_keys import digest_of
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.bpmn.graph import Node
from engine.definitions.graphs import graph_of
from engine.definitions.queries import InForce, in_force, procedures
from engine.execution.applicants import ApplicantWrong, asks_for_applicant, record_applicant
from engine.execution.beginning import TITLE_LENGTH, Started
from engine.execution.board import BoardLine, board
from engine.execution.cases import is_begun_by_hand, may_start, start_case
from engine.execution.repeats import Answer, once
from engine.execution.starting import startable
from engine.runtime.topology import chosen_starts
from engine.worklist.queries import open_items_of_case
from webui.fragments import at_address
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.procedure_tabs import procedure_tabs
from webui.pages.reaching import warn_of_holders
from webui.pages.receipts import given_applicant, problems_of_applicant
from webui.pages.start_views import start_lines
from webui.texts import _

bp = Blueprint("procedures", __name__)
FORM = "formulir"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRow:
    procedure: InForce
    may_start: bool


@bp.get("/prosedur")
@signed_in
def index() -> ResponseReturnValue:
    search = request.args.get("cari", "").strip()[:100]
    with core().read(current_actor()) as reading:
        lines = [line for line in procedures(reading.session) if _matches(line, search)]
        may_begin = startable(reading, lines)
        figures = _figures(reading)
    rows = [ProcedureRow(procedure=line, may_start=line.definition_id in may_begin) for line in lines]
    tabs = procedure_tabs("procedures.index")
    found = render_template("procedures.html", tabs=tabs, rows=rows, search=search, figures=figures)
    return at_address(found, url_for(".index", cari=search or None))


@bp.get("/prosedur/<key>/mulai")
@signed_in
def start_form(key: str) -> ResponseReturnValue:
    return _start_page(key, title="", problems={})


@bp.post("/prosedur/<key>/mulai")
@signed_in
def start(key: str) -> ResponseReturnValue:
    title = request.form.get("title", "")
    given = given_applicant()
    try:
        with core().work(current_actor()) as work:

            def act() -> Answer:
                begun = start_case(work, key, title, at=request.form.get("at"))
                if not given.is_empty:
                    record_applicant(work, begun.instance_id, given)
                return asdict(begun)

            started = Started(**once(work, _sent_form(), {"do": "start", "process": key}, act))
    except ApplicantWrong as refusal:
        return _start_page(key, title, problems=problems_of_applicant(refusal)), 422
    except Invalid as refusal:
        return _start_page(key, title, problems={"title": refusal.text(language())}), 422
    flash(_("Case %(number)s has been started.", number=started.number), "success")
    warn_of_holders(started.instance_id)
    return redirect(_first_step(started.instance_id) or url_for("cases.show", number=started.number))


def _sent_form() -> str | None:
    """One form begins one case, however often it is pressed; changed and sent again, it is another."""
    sent = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return digest_of(repr(sent)) if request.form.get(FORM) else None


def _first_step(instance_id: int) -> str | None:
    """Her own first step, if the case begins with one."""
    actor = current_actor()
    with core().read(actor) as reading:
        lines = open_items_of_case(reading.session, instance_id)
    mine = next((line for line in lines if line.assignee_id == actor.employee_id), None)
    return url_for("work_items.show", work_item_id=mine.work_item_id) if mine else None


def _beginnings(reading: Reading, row: ProcedureRow) -> tuple[Node, ...]:
    """The start events to choose from, when the procedure has several ways in."""
    if row.procedure.version_id is None:
        return ()
    return chosen_starts(graph_of(reading.session, row.procedure.version_id), row.procedure.key)


def _start_page(key: str, title: str, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        row = _row(reading, in_force(reading.session, key))
        beginnings = _beginnings(reading, row)
        version_id = row.procedure.version_id
        by_hand = is_begun_by_hand(reading, row.procedure)
        starts = [] if by_hand else start_lines(reading.session, version_id)
        asks = version_id is not None and asks_for_applicant(graph_of(reading.session, version_id))
    return render_template(
        "start_case.html",
        procedure=row.procedure,
        may_start=row.may_start,
        by_hand=by_hand,
        starts=starts,
        beginnings=beginnings,
        chosen=request.form.get("at"),
        title=title,
        problems=problems,
        applicant=given_applicant(),
        asks_for_applicant=asks,
        title_length=TITLE_LENGTH,
        form=request.form.get(FORM) or token_urlsafe(12),
    )


def _row(reading: Reading, procedure: InForce) -> ProcedureRow:
    return ProcedureRow(procedure=procedure, may_start=may_start(reading, procedure))


def _figures(reading: Reading) -> dict[int, BoardLine] | None:
    """How the cases of each procedure stand, for those who may see that."""
    if not allows(reading.actor, Permission.SEE_MONITORING):
        return None
    # What was done is not shown here, so it is counted from now on: not at all.
    return {line.definition_id: line for line in board(reading, reading.now)}


def _matches(procedure: InForce, search: str) -> bool:
    words = search.lower().split()
    text = f"{procedure.name} {procedure.prefix} {procedure.unit_name or ''}".lower()
    return all(word in text for word in words)
