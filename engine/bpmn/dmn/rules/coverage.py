from collections.abc import Iterator, Mapping
from itertools import islice

from engine.base.i18n import _
from engine.bpmn.decision import GIVES_LIST, Decision, DecisionTable, HitPolicy
from engine.bpmn.dmn.cover import Cover
from engine.bpmn.dmn.pieces import columns_of
from engine.bpmn.dmn.vocabulary import children
from engine.bpmn.findings import error, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element

MOST_OVERLAPS = 10
MOST_ASKED = 100_000


def coverage(root: Element, decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    """Where it can be known: rules of a UNIQUE table that match at once, and cases that no rule matches."""
    for element in children(root, "decision"):
        decision = decisions[element.get("id") or ""]
        table = decision.answer
        if not isinstance(table, DecisionTable) or not _is_independent(table):
            continue
        columns = columns_of(table)
        if columns is not None and sum(column.effort for column in columns) <= MOST_ASKED:
            cover = Cover(table, columns)
            yield from _overlaps(element, decision, cover)
            yield from _gap(element, decision, cover)


def _is_independent(table: DecisionTable) -> bool:
    """Whether any values of the columns can occur together: not where two look at one variable."""
    looked_at: set[str] = set()
    for column in table.inputs:
        if column.expression.names & looked_at:
            return False
        looked_at |= column.expression.names
    return True


def _overlaps(element: Element, decision: Decision, cover: Cover) -> Iterator[Problem]:
    if cover.table.hit_policy is not HitPolicy.UNIQUE:
        return
    rules = [rule for table in children(element, "decisionTable") for rule in children(table, "rule")]
    for first, second in islice(cover.overlaps(), MOST_OVERLAPS):
        message = _(
            "The rules %(first)s and %(second)s of “%(name)s” match at once, for example when %(case)s, and its hit "
            "policy UNIQUE lets only one match. Make one of them narrower, or choose another hit policy, such as FIRST."
        )
        facts = {"name": decision.name, "first": first + 1, "second": second + 1}
        yield error(rules[second], "decision.overlap", message, case=_case(cover.shared(first, second)), **facts)


def _gap(element: Element, decision: Decision, cover: Cover) -> Iterator[Problem]:
    table = cover.table
    if table.hit_policy in GIVES_LIST or any(output.default for output in table.outputs):
        return
    gap = cover.gap()
    if gap is not None:
        message = _(
            "No rule of “%(name)s” matches, for example when %(case)s: the answer is empty then. "
            "Add a rule if that can happen."
        )
        yield warning(element, "decision.gap", message, name=decision.name, case=_case(gap))


def _case(pieces: list[str]) -> str:
    """An example, in the notation of cells."""
    return "; ".join(filter(None, pieces)) or "-"
