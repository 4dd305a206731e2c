"""BPMN's name of an element kind -> what it does."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.runtime.elements.ad_hoc import AdHoc
from engine.runtime.elements.complex_gateway import ComplexGateway
from engine.runtime.elements.events import BoundaryEvent, CatchEvent, EndEvent, StartEvent, ThrowEvent
from engine.runtime.elements.gateways import (
    EventGateway,
    ExclusiveGateway,
    InclusiveGateway,
    ParallelGateway,
)
from engine.runtime.elements.loops import LoopBody
from engine.runtime.elements.rules import BusinessRuleTask
from engine.runtime.elements.scopes import CallActivity, Process, SubProcess
from engine.runtime.elements.tasks import PassTask, ReceiveTask, ScriptTask, SendTask, ServiceTask, UserTask
from engine.runtime.run import LOOP, Element

ELEMENTS: Mapping[str, Element] = MappingProxyType(
    {
        "task": PassTask(),
        "manualTask": PassTask(),
        "userTask": UserTask(),
        "serviceTask": ServiceTask(),
        "scriptTask": ScriptTask(),
        "businessRuleTask": BusinessRuleTask(),
        "sendTask": SendTask(),
        "receiveTask": ReceiveTask(),
        "process": Process(),
        "subProcess": SubProcess(),
        "transaction": SubProcess(),
        "adHocSubProcess": AdHoc(),
        "callActivity": CallActivity(),
        "exclusiveGateway": ExclusiveGateway(),
        "parallelGateway": ParallelGateway(),
        "inclusiveGateway": InclusiveGateway(),
        "complexGateway": ComplexGateway(),
        "eventBasedGateway": EventGateway(),
        "startEvent": StartEvent(),
        "endEvent": EndEvent(),
        "boundaryEvent": BoundaryEvent(),
        "intermediateCatchEvent": CatchEvent(),
        "intermediateThrowEvent": ThrowEvent(),
        LOOP: LoopBody(),
    }
)
