from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.dmn.vocabulary import NAME
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.rule_tasks import RULE_TASK, SHAPES, asked_by, result_of, shape_of
from engine.bpmn.vocabulary import kind_of


def rule_tasks(drawing: Drawing) -> Iterator[Problem]:
    """A business rule task says which decision it asks, and under which name it keeps the answer."""
    for task in (node for node in drawing.nodes if kind_of(node) == RULE_TASK):
        asked, result, shape = asked_by(task), result_of(task), shape_of(task)
        if not asked:
            message = _("“%(name)s” does not say which decision it asks. Choose one, and upload its DMN file.")
            yield missing(task, "decision.not_said", message)
        elif asked.startswith(("=", "${", "#{")):
            message = _("“%(name)s” calculates which decision it asks (%(decision)s). Name the decision itself.")
            yield error(task, "decision.calculated", message, decision=asked[:80])
        if result and not NAME.fullmatch(result):
            message = _("“%(name)s” keeps its answer as “%(result)s”, which is no name. Use letters and underscores.")
            yield error(task, "decision.bad_result", message, result=result[:80])
        if shape not in SHAPES:
            message = _("“%(name)s” wants its answer as “%(shape)s”. Choose one of: %(shapes)s.")
            shapes = ", ".join(sorted(filter(None, SHAPES)))
            yield error(task, "decision.bad_shape", message, shape=shape[:80], shapes=shapes)
