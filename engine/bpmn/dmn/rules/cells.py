from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from engine.base.i18n import _
from engine.bpmn.dmn.cells import Cells
from engine.bpmn.dmn.vocabulary import cell_text, children, column_label, decision_title
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import DMN, Element
from engine.expressions.errors import ExpressionFault

Compile = Callable[[str], object]


def cells(root: Element, compiled: Cells) -> Iterator[Problem]:
    """Every cell is in the language of cells; a fault is told with its place in the text (S29, S30)."""
    for decision in children(root, "decision"):
        title = decision_title(decision)
        for literal in children(decision, "literalExpression"):
            if cell_text(literal):
                yield from _checked(literal, cell_text(literal), compiled.expression, title)
        for table in children(decision, "decisionTable"):
            yield from _columns(table, compiled, title)
            for number, rule in enumerate(children(table, "rule"), start=1):
                yield from _rule(table, rule, number, compiled, title)


def _columns(table: Element, compiled: Cells, title: str) -> Iterator[Problem]:
    parts: tuple[tuple[str, str, Compile], ...] = (
        ("input", "inputExpression", compiled.expression),
        ("input", "inputValues", compiled.tests),
        ("output", "outputValues", compiled.listed),
        ("output", "defaultOutputEntry", compiled.answer),
    )
    for kind, part, compile_text in parts:
        for column in children(table, kind):
            text = cell_text(column.find(DMN + part))
            if text:
                yield from _checked(column, text, compile_text, title, column_label(column))


def _rule(table: Element, rule: Element, number: int, compiled: Cells, title: str) -> Iterator[Problem]:
    parts: tuple[tuple[str, str, Compile], ...] = (
        ("input", "inputEntry", compiled.tests),
        ("output", "outputEntry", compiled.answer),
    )
    for kind, part, compile_text in parts:
        for column, cell in zip_longest(children(table, kind), children(rule, part)):
            if cell is not None:
                label = "" if column is None else column_label(column)
                yield from _checked(cell, cell_text(cell), compile_text, title, label, number)


def _checked(
    element: Element, text: str, compile_text: Compile, title: str, column: str = "", rule: int = 0
) -> Iterator[Problem]:
    try:
        compile_text(text)
    except ExpressionFault as fault:
        message = _(
            "%(where)s of “%(name)s”: “%(text)s” cannot be understood at character %(place)s. %(reason)s Texts stand "
            'in quotes, such as "kepala".'
        )
        yield error(
            element,
            "decision.bad_cell",
            message,
            where=_where(column[:80], rule),
            name=title,
            text=text[:100],
            place=fault.offset + 1,
            reason={"message": fault.message, "params": fault.params},
        )


def _where(column: str, rule: int) -> Mapping[str, object]:
    params = {"column": column, "rule": rule}
    if rule:
        return {"message": _("Rule %(rule)s, column “%(column)s”"), "params": params}
    return {"message": _("Column “%(column)s”") if column else _("The expression"), "params": params}
