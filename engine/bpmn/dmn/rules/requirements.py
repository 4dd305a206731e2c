from collections.abc import Iterator, Mapping

from engine.base.i18n import _
from engine.bpmn.dmn.vocabulary import children, decision_title, required_ids
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element


def requirements(root: Element) -> Iterator[Problem]:
    """What a decision needs is in its file, and no decision needs itself."""
    decisions = {decision.get("id") or "": decision for decision in children(root, "decision")}
    needs = {identity: tuple(required_ids(decision)) for identity, decision in decisions.items()}
    for identity, decision in decisions.items():
        title = decision_title(decision)
        for required in needs[identity]:
            if required not in decisions:
                message = _("“%(name)s” needs the decision “%(required)s”, which is not in this file.")
                yield error(decision, "decision.unknown", message, name=title, required=required[:200])
        if _leads_back(identity, needs):
            message = _("“%(name)s” needs itself, directly or by other decisions. Take one of the arrows away.")
            yield error(decision, "decision.circle", message, name=title)


def _leads_back(identity: str, needs: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    waiting = list(needs[identity])
    while waiting:
        here = waiting.pop()
        if here == identity:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(needs.get(here, ()))
    return False
