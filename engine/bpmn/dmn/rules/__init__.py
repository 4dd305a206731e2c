"""All that is wrong with the decisions of a normalised DMN file, at once; what needs compiled tables comes after."""

from itertools import chain

from engine.bpmn.dmn.cells import Cells
from engine.bpmn.dmn.rules.cells import cells as cells_rule
from engine.bpmn.dmn.rules.contents import contents
from engine.bpmn.dmn.rules.ids import ids
from engine.bpmn.dmn.rules.requirements import requirements
from engine.bpmn.dmn.rules.sizes import sizes
from engine.bpmn.dmn.rules.tables import tables
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element


def faults(root: Element, cells: Cells) -> tuple[Problem, ...]:
    too_much = tuple(sizes(root))
    if too_much:
        return too_much
    return tuple(chain(ids(root), contents(root), requirements(root), tables(root), cells_rule(root, cells)))
