"""SpiffWorkflow's parser through its documented hooks: it reads each element into a specification.

What its parser loses is taken up here: conditions and order of flows, starts of every kind, several timers
on one event, link and compensation events, sub-processes with any number of starts (S2 to S7, S21, S24).
Flows are not followed, so no drawing is deep enough to exhaust the stack (S25).
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ScriptTaskParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
)

from engine.bpmn.vocabulary import (
    BPMN,
    EVENTS,
    FLOW_NODES,
    Element,
    child_text,
    event_definitions,
    is_true,
    kind_of,
    trigger_of,
)

TIMERS = {
    "timeDate": TimeDateEventDefinition,
    "timeDuration": DurationTimerEventDefinition,
    "timeCycle": CycleTimerEventDefinition,
}


class LinkEventDefinition(EventDefinition):  # type: ignore[misc]
    """Spiff knows no link events."""


class CompensateEventDefinition(EventDefinition):  # type: ignore[misc]
    """Spiff knows no compensation events; the name is the id of the activity to compensate."""


class ElementReader(TaskParser):  # type: ignore[misc]
    """Reads one element alone; its flows are read whole by the graph's builder."""

    def parse_node(self) -> Any:
        self.task = self.create_task()
        for loop in self.node.iterchildren(f"{BPMN}standardLoopCharacteristics"):
            self._add_loop_task(loop)
        for loop in self.node.iterchildren(f"{BPMN}multiInstanceLoopCharacteristics"):
            self._add_multiinstance_task(loop)
        return self.task


class ScriptReader(ElementReader, ScriptTaskParser):  # type: ignore[misc]
    pass


class CallReader(ElementReader, CallActivityParser):  # type: ignore[misc]
    pass


class ScopeReader(ElementReader):
    """A sub-process of any kind is a scope of its own, read like a process."""

    def create_task(self) -> Any:
        self.process_parser.parser.create_parser(self.node, filename=self.filename, lane=self.lane)
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=self.bpmn_id, **self.bpmn_attributes)


class EventReader(ElementReader, EventDefinitionParser):  # type: ignore[misc]
    """An event with every definition that it has, in document order."""

    def create_task(self) -> Any:
        return self._create_task(self.every_definition())

    def every_definition(self) -> MultipleEventDefinition:
        definitions = [self._definition(definition) for definition in event_definitions(self.node)]
        return MultipleEventDefinition(definitions, is_true(self.node, "parallelMultiple"))

    def _definition(self, definition: Element) -> EventDefinition:
        reader: Any = getattr(self, f"parse_{trigger_of(definition)}_event", None)
        if reader is None:
            self.raise_validation_exception(f"There is no event of the kind {trigger_of(definition)}")
        return reader(definition)

    def parse_timer_event(self, event: Element) -> EventDefinition:
        kind = next(kind for kind in TIMERS if child_text(event, kind))
        return TIMERS[kind](self.node.get("name"), child_text(event, kind))

    def parse_conditional_event(self, event: Element) -> EventDefinition:
        return ConditionalEventDefinition(child_text(event, "condition"))

    def parse_link_event(self, event: Element) -> EventDefinition:
        return LinkEventDefinition(event.get("name") or self.node.get("name"))

    def parse_compensate_event(self, event: Element) -> EventDefinition:
        return CompensateEventDefinition(event.get("activityRef"))


class BoundaryReader(EventReader):
    def create_task(self) -> Any:
        return self._create_task(self.every_definition(), is_true(self.node, "cancelActivity", default="true"))


class MessageTaskReader(EventReader):
    """Send and receive tasks name their message themselves, or by a definition like events."""

    def every_definition(self) -> MultipleEventDefinition:
        if self.node.get("messageRef"):
            return MultipleEventDefinition([self.parse_message_event(self.node)])
        return super().every_definition()


class ScopeParser(ProcessParser):  # type: ignore[misc]
    """One scope: its elements in document order, by id."""

    def create_spec(self) -> BpmnProcessSpec:
        spec = BpmnProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)
        spec.task_specs.clear()  # its own Start and End would collide with people's ids (S3)
        return spec

    def _index_process_nodes(self) -> None:
        """Nothing is looked up by id while an element is read alone."""

    def add_tasks(self) -> None:
        self.spec.elements = {
            node.get("id"): self.parse_node(node) for node in self.node if kind_of(node) in FLOW_NODES
        }

    def parse_node(self, node: Element) -> Any:
        reader, spec_class = self.parser._get_parser_class(node.tag)
        return reader(self, spec_class, node, self.nsmap, lane=self.lane).parse_node()


def _readers() -> dict[str, tuple[type, type]]:
    own = {
        "scriptTask": ScriptReader,
        "callActivity": CallReader,
        "subProcess": ScopeReader,
        "transaction": ScopeReader,
        "adHocSubProcess": ScopeReader,
        "boundaryEvent": BoundaryReader,
        "sendTask": MessageTaskReader,
        "receiveTask": MessageTaskReader,
        "eventBasedGateway": EventReader,
        **dict.fromkeys(EVENTS - {"boundaryEvent"}, EventReader),
    }
    specs = {
        **{tag.removeprefix(BPMN): spec for tag, (_reader, spec) in BpmnParser.PARSER_CLASSES.items()},
        "adHocSubProcess": defaults.SubWorkflowTask,
        "complexGateway": defaults.InclusiveGateway,
        "businessRuleTask": defaults.ServiceTask,
    }
    return {BPMN + kind: (own.get(kind, ElementReader), specs[kind]) for kind in FLOW_NODES}


class DiagramParser(BpmnParser):  # type: ignore[misc]
    PROCESS_PARSER_CLASS = ScopeParser
    OVERRIDE_PARSER_CLASSES = _readers()


def specifications(root: Element) -> Mapping[str, BpmnProcessSpec]:
    """The specification of each scope of a normalised, accepted file, by the scope's id."""
    parser = DiagramParser()
    parser.add_bpmn_xml(root)
    found: dict[str, BpmnProcessSpec] = {}
    waiting = list(parser.process_parsers)
    while waiting:
        scope = waiting.pop(0)
        known = len(parser.process_parsers)
        found[scope] = parser.get_spec(scope)
        waiting.extend(list(parser.process_parsers)[known:])
    return found
