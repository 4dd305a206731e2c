"""All that is wrong with a drawing, at once: every rule looks, none stops another."""

from itertools import chain

from engine.bpmn.drawing import Drawing
from engine.bpmn.lint.rules import RULES
from engine.bpmn.problems import Problem


def lint(drawing: Drawing) -> tuple[Problem, ...]:
    return tuple(chain.from_iterable(rule(drawing) for rule in RULES))
