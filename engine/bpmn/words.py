"""Words of BPMN that stand inside sentences and are translated with them."""

from collections.abc import Mapping

from engine.base.i18n import _

_TRIGGERS = {
    "message": _("message"),
    "timer": _("timer"),
    "signal": _("signal"),
    "error": _("error"),
    "escalation": _("escalation"),
    "conditional": _("condition"),
    "compensate": _("compensation"),
    "cancel": _("cancel"),
    "terminate": _("terminate"),
    "link": _("link"),
}


def trigger_word(trigger: str) -> Mapping[str, str]:
    """A param that is translated together with its sentence."""
    return {"message": _TRIGGERS.get(trigger, trigger)}


_KINDS = {
    "task": _("task"),
    "userTask": _("person's task"),
    "manualTask": _("manual task"),
    "serviceTask": _("service task"),
    "scriptTask": _("script task"),
    "businessRuleTask": _("business rule task"),
    "sendTask": _("send task"),
    "receiveTask": _("receive task"),
    "callActivity": _("call activity"),
    "process": _("process"),
    "subProcess": _("sub-process"),
    "transaction": _("transaction"),
    "adHocSubProcess": _("ad-hoc sub-process"),
    "exclusiveGateway": _("exclusive gateway"),
    "inclusiveGateway": _("inclusive gateway"),
    "parallelGateway": _("parallel gateway"),
    "complexGateway": _("complex gateway"),
    "eventBasedGateway": _("event-based gateway"),
    "startEvent": _("start event"),
    "endEvent": _("end event"),
    "intermediateCatchEvent": _("catching event"),
    "intermediateThrowEvent": _("throwing event"),
    "boundaryEvent": _("boundary event"),
    "sequenceFlow": _("arrow"),
    "messageFlow": _("message flow"),
    "association": _("association"),
    "participant": _("pool"),
    "collaboration": _("collaboration"),
    "lane": _("lane"),
    "laneSet": _("lane set"),
    "textAnnotation": _("annotation"),
    "group": _("group"),
    "dataObject": _("data object"),
    "dataObjectReference": _("data object"),
    "dataStoreReference": _("data store"),
    "choreography": _("choreography"),
    "choreographyTask": _("choreography task"),
    "subChoreography": _("sub-choreography"),
    "callChoreography": _("call of a choreography"),
    "conversation": _("conversation"),
    "subConversation": _("sub-conversation"),
    "callConversation": _("call of a conversation"),
    # What DMN has beside tables and expressions.
    "businessKnowledgeModel": _("business knowledge model"),
    "context": _("context"),
    "functionDefinition": _("function"),
    "import": _("import"),
    "invocation": _("invocation"),
    "knowledgeRequirement": _("knowledge requirement"),
    "list": _("list"),
    "relation": _("relation"),
}


def kind_word(kind: str) -> Mapping[str, str]:
    """What people call this kind of element; one that nobody knows is called as the file calls it."""
    return {"message": _KINDS.get(kind, kind)}
