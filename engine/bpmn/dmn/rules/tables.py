from collections import Counter
from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.decision import BY_PRIORITY, Aggregation, HitPolicy
from engine.bpmn.dmn.vocabulary import NAME, cell_text, children, column_label, decision_title
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import DMN, Element


def tables(root: Element) -> Iterator[Problem]:
    """A table has a hit policy that is known, columns that say what they are, and rules as wide as itself."""
    for decision in children(root, "decision"):
        for table in children(decision, "decisionTable"):
            title = decision_title(decision)
            yield from _policy(table, title)
            yield from _inputs(table, title)
            yield from _outputs(table, title)
            yield from _rules(table, title)


def _policy(table: Element, title: str) -> Iterator[Problem]:
    policy, aggregation = table.get("hitPolicy", HitPolicy.UNIQUE).upper(), table.get("aggregation")
    outputs = children(table, "output")
    if policy not in set(HitPolicy):
        message = _("The table “%(name)s” has the hit policy “%(policy)s”. Choose one of: %(policies)s.")
        known = ", ".join(HitPolicy)
        yield error(table, "decision.bad_policy", message, name=title, policy=policy[:80], policies=known)
    elif aggregation and (policy != HitPolicy.COLLECT or aggregation not in set(Aggregation)):
        message = _("The table “%(name)s” cannot aggregate by “%(aggregation)s”: only COLLECT adds up its answers.")
        yield error(table, "decision.bad_policy", message, name=title, aggregation=aggregation[:80])
    elif aggregation and len(outputs) > 1:
        message = _("The table “%(name)s” adds up its answers, so it can have only one output column.")
        yield error(table, "decision.bad_policy", message, name=title)
    elif policy in BY_PRIORITY and not any(cell_text(output.find(f"{DMN}outputValues")) for output in outputs):
        message = _(
            "The table “%(name)s” orders its answers by importance (%(policy)s). "
            "List the values of its output column, the most important first."
        )
        yield error(table, "decision.no_order", message, name=title, policy=policy)


def _inputs(table: Element, title: str) -> Iterator[Problem]:
    for number, column in enumerate(children(table, "input"), start=1):
        if not cell_text(column.find(f"{DMN}inputExpression")):
            message = _("Input column %(number)s of “%(name)s” does not say what it looks at. Write a variable.")
            yield missing(column, "decision.no_input", message, name=title, number=number)


def _outputs(table: Element, title: str) -> Iterator[Problem]:
    outputs = children(table, "output")
    if len(outputs) < 2:
        return
    names = [(output.get("name") or output.get("label") or "").strip() for output in outputs]
    twice = {name for name, count in Counter(names).items() if count > 1}
    for output, name in zip(outputs, names, strict=True):
        if not NAME.fullmatch(name) or name in twice:
            message = _(
                "The output column “%(column)s” of “%(name)s” needs a name of its own, of letters, digits and "
                "underscores."
            )
            yield error(output, "decision.bad_name", message, name=title, column=column_label(output)[:80])


def _rules(table: Element, title: str) -> Iterator[Problem]:
    inputs, outputs = len(children(table, "input")), len(children(table, "output"))
    for number, rule in enumerate(children(table, "rule"), start=1):
        if (len(children(rule, "inputEntry")), len(children(rule, "outputEntry"))) != (inputs, outputs):
            message = _("Rule %(number)s of “%(name)s” has not as many cells as the table has columns.")
            yield error(rule, "decision.bad_width", message, name=title, number=number)
