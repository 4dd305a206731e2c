"""Cases that stand still: looked at step by step, and mended with a reason."""

from typing import Any

from apiflask import APIBlueprint

from engine.execution import foresight, repairs
from engine.execution.foresight import Preview
from engine.execution.queries import CaseDetail, case_by_number, case_detail
from engine.runtime.stimuli import MoveToken
from webui.api.bearer import PREFIX, bearer
from webui.api.cases import SeenCase, seen_case
from webui.api.schemas.cases import Case, Variables
from webui.api.schemas.lists import page_of, whole
from webui.api.schemas.repairs import (
    DataChange,
    HandCompletion,
    Happening,
    Move,
    MoveChoice,
    MovePreview,
    MoveTarget,
    StepNow,
)
from webui.identity import core, current_actor
from webui.language import language

TAG = {
    "name": "Repairs",
    "description": "What administrators do to a case that cannot go on by itself. Each act needs a reason, which "
    "stands in the audit trail with who did it and what was changed.",
}

bp = APIBlueprint("api_repairs", __name__, url_prefix=PREFIX, tag=TAG)


@bp.get("/cases/<name:number>/steps")
@bp.auth_required(bearer)
@bp.output(page_of(StepNow))
@bp.doc(responses=[403])
def list_steps(number: str) -> dict[str, Any]:
    """Where the case stands now, with what failed and what is waited for."""
    with core().read(current_actor()) as reading:
        return whole(foresight.steps_now(reading, case_by_number(reading, number).instance_id))


@bp.get("/cases/<name:number>/steps/<int:step>/targets")
@bp.auth_required(bearer)
@bp.output(page_of(MoveChoice))
@bp.doc(responses=[403])
def list_targets(number: str, step: int) -> dict[str, Any]:
    """Where the case could continue instead of at this step, and why not elsewhere."""
    with core().read(current_actor()) as reading:
        found = foresight.targets(reading, case_by_number(reading, number).instance_id, step)
    return whole(
        [
            {"node": each.node, "name": each.name, "refusal": each.refusal.text(language()) if each.refusal else None}
            for each in found
        ]
    )


@bp.post("/cases/<name:number>/steps/<int:step>/move/preview")
@bp.auth_required(bearer)
@bp.input(MoveTarget)
@bp.output(MovePreview)
@bp.doc(responses=[403, 409])
def preview_move(number: str, step: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """What a move would do; nothing is done."""
    with core().read(current_actor()) as reading:
        instance_id = case_by_number(reading, number).instance_id
        return _said(foresight.foresee(reading, instance_id, MoveToken(step, json_data["target"])))


@bp.post("/cases/<name:number>/steps/<int:step>/move")
@bp.auth_required(bearer)
@bp.input(Move)
@bp.output(Case)
@bp.doc(responses=[403, 409])
def move_case(number: str, step: int, json_data: dict[str, Any]) -> SeenCase:
    """Let the case continue at another step; refused where that would break a join."""
    instance_id = _id_of(number)
    with core().work(current_actor()) as work:
        repairs.move_on(work, instance_id, step, json_data["target"], json_data["reason"])
    return seen_case(number)


@bp.post("/cases/<name:number>/steps/<int:step>/trigger")
@bp.auth_required(bearer)
@bp.input(Happening)
@bp.output(Case)
@bp.doc(responses=[403, 409])
def let_event_happen(number: str, step: int, json_data: dict[str, Any]) -> SeenCase:
    """Let what a step waits for happen now: a timer before its moment, a message that came on paper."""
    instance_id, event, reason = _id_of(number), json_data["event"], json_data["reason"]
    with core().work(current_actor()) as work:
        repairs.let_happen(work, instance_id, step, event, reason, json_data["variables"])
    return seen_case(number)


@bp.post("/cases/<name:number>/variables")
@bp.auth_required(bearer)
@bp.input(DataChange)
@bp.output(Variables)
@bp.doc(responses=[403, 409])
def change_variables(number: str, json_data: dict[str, Any]) -> CaseDetail:
    """Set variables of a case; what each was before stays in the trail."""
    instance_id = _id_of(number)
    with core().work(current_actor()) as work:
        repairs.change_data(work, instance_id, json_data["variables"], json_data["reason"])
    with core().read(current_actor()) as reading:
        return case_by_number(reading, number)


@bp.post("/incidents/<int:incident_id>/complete")
@bp.auth_required(bearer)
@bp.input(HandCompletion)
@bp.output(Case)
@bp.doc(responses=[403, 409])
def complete_failed_step(incident_id: int, json_data: dict[str, Any]) -> SeenCase:
    """Say that a failed step was done otherwise, with what it should have given; never for a person's step."""
    with core().work(current_actor()) as work:
        instance_id = repairs.complete_by_hand(work, incident_id, json_data["values"], json_data["reason"])
    with core().read(current_actor()) as reading:
        number = case_detail(reading, instance_id).number
    return seen_case(number)


def _id_of(number: str) -> int:
    with core().read(current_actor()) as reading:
        return case_by_number(reading, number).instance_id


def _said(preview: Preview) -> dict[str, Any]:
    return {
        "withdraws": preview.withdraws,
        "stops": preview.stops,
        "begins": preview.begins,
        "asks": preview.asks,
        "fails": [f"{name}: {message}" for name, message in preview.fails],
        "ends_case": preview.ends_case,
    }
