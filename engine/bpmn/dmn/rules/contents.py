from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.dmn.vocabulary import cell_text, children, decision_title, kind_of
from engine.bpmn.findings import error, missing
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import DMN, Element
from engine.bpmn.words import kind_word

ANSWERS = frozenset({"decisionTable", "literalExpression"})
FURNITURE = frozenset(
    {
        "description",
        "extensionElements",
        "question",
        "allowedAnswers",
        "variable",
        "informationRequirement",
        "authorityRequirement",
        "supportedObjective",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "usingProcess",
        "usingTask",
    }
)
UNSUPPORTED_BESIDE = frozenset({"businessKnowledgeModel", "import"})
LANGUAGES = ("feel", "juel")


def contents(root: Element) -> Iterator[Problem]:
    """A decision is answered by a table or an expression; other kinds of logic are refused by name."""
    for element in root:
        if kind_of(element) in UNSUPPORTED_BESIDE:
            yield _unsupported(element, element.get("name") or "", kind_of(element))
    for decision in children(root, "decision"):
        title = decision_title(decision)
        for part in decision:
            if kind_of(part) and kind_of(part) not in FURNITURE | ANSWERS:
                yield _unsupported(part, title, kind_of(part))
        if not any(_says_something(part) for part in decision if kind_of(part) not in FURNITURE):
            message = _("The decision “%(name)s” has neither rules nor an expression. Fill in its table.")
            yield missing(decision, "decision.empty", message, name=title)
    yield from _languages(root)


def _says_something(part: Element) -> bool:
    if kind_of(part) == "decisionTable":
        return bool(children(part, "output") and children(part, "rule"))
    return kind_of(part) != "literalExpression" or bool(cell_text(part))


def _languages(root: Element) -> Iterator[Problem]:
    for element in root.iter(f"{DMN}*"):
        language = (element.get("expressionLanguage") or "").lower()
        if language and not any(known in language for known in LANGUAGES):
            message = _("“%(language)s” is not a language for decisions here. Write the cells in FEEL.")
            yield error(element, "decision.unsupported", message, language=language[:80])


def _unsupported(element: Element, title: str, kind: str) -> Problem:
    message = _("“%(name)s” uses a %(kind)s, which is not supported. Use a decision table or an expression.")
    return error(element, "decision.unsupported", message, name=title, kind=kind_word(kind))
