from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.dmn.vocabulary import children, decision_title
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import Element

LONGEST = 190


def ids(root: Element) -> Iterator[Problem]:
    """A task finds its decision by the id."""
    seen: set[str] = set()
    for decision in children(root, "decision"):
        identity, title = decision.get("id") or "", decision_title(decision)
        if not identity or len(identity) > LONGEST:
            message = _("The decision “%(name)s” needs an id of at most %(limit)s characters.")
            yield error(decision, "decision.bad_id", message, name=title, limit=LONGEST)
        elif identity in seen:
            message = _("Two decisions have the id “%(id)s”. Give one of them another id.")
            yield error(decision, "decision.duplicate_id", message, id=identity)
        seen.add(identity)
