"""The places at which ladders stand, as people choose and name them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.bpmn.joining import RESERVED
from engine.bpmn.problems import BadDiagram
from engine.definitions.graphs import graph_of
from engine.definitions.model import ProcessDefinition
from engine.definitions.queries import in_force, versions
from engine.sla.ladders import OFFICE, Place, ladders

TEXT_OF_OFFICE = _("the office")
TEXT_OF_PROCEDURE = _("the procedure %(name)s")
TEXT_OF_STEP = _("the step “%(step)s” of the procedure %(name)s")


class StepNotFound(NotFound):
    code = "ladder.step_not_found"
    message = _("The procedure has no such step, or not any more.")


def place_named(session: Session, key: str, element: str) -> Place:
    """A step or a procedure; without a key, the office. Raises DefinitionNotFound, and StepNotFound.

    A step that a newer version has lost can still be named while it has a ladder, to remove that.
    """
    if not key:
        return OFFICE
    place = Place(definition_id=in_force(session, key).definition_id, element=element)
    if element and element not in steps_of(session, key) and place not in ladders(session):
        raise StepNotFound
    return place


def steps_of(session: Session, key: str) -> Mapping[str, str]:
    """The names of the people's steps of a procedure, by element; none of a draft that cannot be drawn yet."""
    procedure = in_force(session, key)
    try:
        graph = graph_of(session, procedure.version_id or versions(session, procedure.definition_id)[0].version_id)
    except BadDiagram:
        return {}
    nodes = (node for node in graph.nodes.values() if node.kind == "userTask" and not RESERVED.fullmatch(node.id))
    return {node.bpmn_id: node.name or node.bpmn_id for node in nodes}


def in_words(session: Session, place: Place) -> dict[str, Any]:
    """The place as a text with its params."""
    if place.definition_id is None:
        return {"message": TEXT_OF_OFFICE}
    query = select(ProcessDefinition.key, ProcessDefinition.name).where(ProcessDefinition.id == place.definition_id)
    key, name = session.execute(query).one()
    if not place.element:
        return {"message": TEXT_OF_PROCEDURE, "params": {"name": name}}
    step = steps_of(session, key).get(place.element, place.element)
    return {"message": TEXT_OF_STEP, "params": {"step": step, "name": name}}
