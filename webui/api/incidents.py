"""Faults of running cases: seen and tried again."""

from typing import Any

from apiflask import APIBlueprint
from marshmallow import RAISE

from engine.base.paging import Page
from engine.execution import incidents
from engine.execution.incidents import IncidentLine, incidents_to_mend
from engine.execution.queries import case_detail
from webui.api.bearer import PREFIX, bearer
from webui.api.cases import SeenCase, seen_case
from webui.api.schemas.cases import Case
from webui.api.schemas.lists import PageQuery, page_of
from webui.api.schemas.operation import Incident
from webui.identity import core, current_actor

TAG = {"name": "Incidents", "description": "Technical faults of running cases; for administrators."}

bp = APIBlueprint("api_incidents", __name__, url_prefix=PREFIX, tag=TAG)


@bp.get("/incidents")
@bp.auth_required(bearer)
@bp.input(PageQuery, location="query", unknown=RAISE)
@bp.output(page_of(Incident))
@bp.doc(responses=[403])
def list_incidents(query_data: dict[str, Any]) -> Page[IncidentLine]:
    """All open incidents, newest first."""
    with core().read(current_actor()) as reading:
        return incidents_to_mend(reading, query_data["cursor"], query_data["limit"])


@bp.post("/incidents/<int:incident_id>/retry")
@bp.auth_required(bearer)
@bp.output(Case)
@bp.doc(responses=[403, 409])
def retry_incident(incident_id: int) -> SeenCase:
    """Let the case try again where it failed."""
    actor = current_actor()
    with core().work(actor) as work:
        instance_id = incidents.retry(work, incident_id)
    with core().read(actor) as reading:
        number = case_detail(reading, instance_id).number
    return seen_case(number)
