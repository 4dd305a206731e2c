"""Cases: started, looked at, ended before their time."""

from dataclasses import dataclass
from typing import Any

from apiflask import APIBlueprint
from flask import url_for
from marshmallow import RAISE

from engine.audit.queries import trail_of_case
from engine.base.paging import Page
from engine.base.unit_of_work import Reading
from engine.definitions.queries import in_force
from engine.execution import queries
from engine.execution.cases import cancel_case, start_case
from engine.execution.journeys import journey
from engine.execution.queries import CaseDetail, case_by_number
from engine.execution.repeats import Answer, once
from engine.worklist.queries import InboxLine, open_items_of_case
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.cases import Case, CaseCancel, CaseLine, CaseQuery, CaseStart, History, Variables
from webui.api.schemas.lists import page_of
from webui.api.schemas.messages import IdempotencyHeader
from webui.identity import core, current_actor

TAG = {"name": "Cases", "description": "Each case (berkas) is one run of a process, known by its number."}

bp = APIBlueprint("api_cases", __name__, url_prefix=PREFIX, tag=TAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCase:
    case: CaseDetail
    open_items: tuple[InboxLine, ...]


@bp.post("/processes/<name:key>/cases")
@bp.auth_required(bearer)
@bp.input(IdempotencyHeader, location="headers")
@bp.input(CaseStart)
@bp.output(Case, status_code=201)
@bp.doc(responses=[403, 409])
def start_a_case(
    key: str, headers_data: dict[str, Any], json_data: dict[str, Any]
) -> tuple[SeenCase, int, dict[str, str]]:
    """Start a case of the version in force; asked again under the same key, it is the same case."""
    with core().work(current_actor()) as work:

        def act() -> Answer:
            return {"number": start_case(work, key, json_data["title"], json_data["variables"]).number}

        number = once(work, headers_data["key"], {"do": "start", "process": key, **json_data}, act)["number"]
    return seen_case(number), 201, {"Location": url_for("api_cases.show_case", number=number)}


@bp.get("/cases")
@bp.auth_required(bearer)
@bp.input(CaseQuery, location="query", unknown=RAISE)
@bp.output(page_of(CaseLine))
@bp.doc(responses=[404])
def list_cases(query_data: dict[str, Any]) -> Page[queries.CaseLine]:
    """The cases that I take part in or lead, newest first."""
    with core().read(current_actor()) as reading:
        return queries.cases(
            reading,
            search=query_data["search"],
            state=query_data["state"],
            definition_id=_definition_id(reading, query_data["process"]),
            only_late=query_data["late"],
            cursor=query_data["cursor"],
            size=query_data["limit"],
        )


@bp.get("/cases/<name:number>")
@bp.auth_required(bearer)
@bp.output(Case)
@bp.doc(responses=[403])
def show_case(number: str) -> SeenCase:
    """One case: its state, and for whom it waits."""
    return seen_case(number)


@bp.get("/cases/<name:number>/history")
@bp.auth_required(bearer)
@bp.output(History)
@bp.doc(responses=[403])
def show_history(number: str) -> dict[str, Any]:
    """The journey of a case step by step, and everything that was written down about it."""
    with core().read(current_actor()) as reading:
        instance_id = case_by_number(reading, number).instance_id
        return {
            "journey": journey(reading.session, instance_id),
            "trail": trail_of_case(reading.session, instance_id),
        }


@bp.get("/cases/<name:number>/variables")
@bp.auth_required(bearer)
@bp.output(Variables)
@bp.doc(responses=[403])
def show_variables(number: str) -> CaseDetail:
    """What the case knows now."""
    with core().read(current_actor()) as reading:
        return case_by_number(reading, number)


@bp.post("/cases/<name:number>/cancel")
@bp.auth_required(bearer)
@bp.input(CaseCancel)
@bp.output(Case)
@bp.doc(responses=[403, 409])
def cancel_a_case(number: str, json_data: dict[str, Any]) -> SeenCase:
    """End a case before its time; what was done stays on record, with the reason."""
    actor = current_actor()
    with core().read(actor) as reading:
        instance_id = case_by_number(reading, number).instance_id
    with core().work(actor) as work:
        cancel_case(work, instance_id, json_data["reason"])
    return seen_case(number)


def seen_case(number: str) -> SeenCase:
    """The case as the actor may see it now."""
    with core().read(current_actor()) as reading:
        case = case_by_number(reading, number)
        return SeenCase(case=case, open_items=open_items_of_case(reading.session, case.instance_id))


def _definition_id(reading: Reading, key: str | None) -> int | None:
    return None if key is None else in_force(reading.session, key).definition_id
