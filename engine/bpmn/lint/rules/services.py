from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing
from engine.bpmn.operations import ALL_IN_WORDS, OPERATIONS, Operation, ParameterKind
from engine.bpmn.problems import Problem
from engine.bpmn.service_tasks import Written, operation_of, parameters_of
from engine.bpmn.vocabulary import Element, kind_of
from engine.expressions import pattern
from engine.expressions.errors import EvaluationFault, ExpressionFault


def services(drawing: Drawing) -> Iterator[Problem]:
    """A service task asks for an operation that this installation knows, and gives it what it needs."""
    for task in drawing.nodes:
        name = operation_of(task)
        if name in OPERATIONS:
            yield from _parameters(task, OPERATIONS[name])
        elif name:
            message = _("“%(name)s” asks for “%(operation)s”, which is not known here. Choose one of: %(operations)s.")
            yield missing(task, "service.unknown", message, operation=name[:80], operations=ALL_IN_WORDS)
        elif kind_of(task) == "serviceTask":
            message = _("The service task “%(name)s” does not say what is to be done. Choose one of: %(operations)s.")
            yield missing(task, "service.missing", message, operations=ALL_IN_WORDS)


def _parameters(task: Element, operation: Operation) -> Iterator[Problem]:
    given = {written.name: written for written in parameters_of(task)}
    for parameter in operation.parameters:
        if parameter.is_required and parameter.name not in given:
            message = _("“%(name)s” does not say “%(parameter)s” for %(operation)s: %(about)s")
            about = {"message": parameter.about}
            facts = {"parameter": parameter.name, "operation": operation.words, "about": about}
            yield missing(task, "service.parameter_missing", message, **facts)
    for name, written in given.items():
        parameter_known = operation.parameter(name)
        if parameter_known is None:
            message = _(
                "“%(name)s” gives “%(parameter)s”, which %(operation)s does not know. It knows: %(parameters)s."
            )
            all_known = ", ".join(each.name for each in operation.parameters)
            facts = {"parameter": name[:80], "operation": operation.words, "parameters": all_known}
            yield missing(task, "service.parameter_unknown", message, **facts)
        elif parameter_known.kind is ParameterKind.PATTERN:
            yield from _pattern(task, written)


def _pattern(task: Element, written: Written) -> Iterator[Problem]:
    """A pattern that does not depend on the case is looked at now, else when its number is taken."""
    try:
        value = written.read(written.text)
        text = None if value.names else value.evaluate({})
    except (ExpressionFault, EvaluationFault):
        return  # told by the rule of expressions
    try:
        if text is not None:
            pattern.check(str(text))
    except ExpressionFault as fault:
        message = _("The pattern of “%(name)s” cannot be used: %(reason)s")
        reason = {"message": fault.message, "params": fault.params}
        yield missing(task, "service.bad_pattern", message, reason=reason)
