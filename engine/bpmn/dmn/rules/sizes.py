from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.dmn.vocabulary import children, decision_title
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import DMN, Element

MOST_DECISIONS = 100
MOST_RULES = 2_000
MOST_COLUMNS = 50
MOST_CELLS = 20_000


def sizes(root: Element) -> Iterator[Problem]:
    """A table that nobody can oversee is not compiled either."""
    decisions = children(root, "decision")
    if len(decisions) > MOST_DECISIONS:
        message = _("The file holds more than %(limit)s decisions. Divide it into several files.")
        yield error(root, "decision.too_large", message, limit=MOST_DECISIONS)
    for decision in decisions:
        for table in children(decision, "decisionTable"):
            columns = len(children(table, "input")) + len(children(table, "output"))
            message = _(
                "The table of “%(name)s” is too large: at most %(rules)s rules and %(columns)s columns. Divide it."
            )
            limits = {"name": decision_title(decision), "rules": MOST_RULES, "columns": MOST_COLUMNS}
            if len(children(table, "rule")) > MOST_RULES or columns > MOST_COLUMNS:
                yield error(decision, "decision.too_large", message, **limits)
    if sum(1 for _cell in root.iter(f"{DMN}inputEntry", f"{DMN}outputEntry")) > MOST_CELLS:
        message = _("The tables of this file have more than %(limit)s cells. Divide it into several files.")
        yield error(root, "decision.too_large", message, limit=MOST_CELLS)
