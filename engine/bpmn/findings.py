"""Problems tied to the place in the file where a designer finds them."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.problems import Problem, Severity
from engine.bpmn.vocabulary import TK, Element, kind_of, line_of
from engine.bpmn.words import kind_word

# On an element whose id was given by us: nobody would find that id in her file.
GIVEN_ID = f"{TK}given"


def uploaded_id(element: Element) -> str | None:
    """The id in the file as uploaded."""
    return None if element.get(GIVEN_ID) else element.get("id")


def label_of(element: Element) -> str | Mapping[str, str]:
    """How a designer recognises an element: by its name, else its id, else its kind."""
    name = " ".join((element.get("name") or "").split())
    return name[:80] or uploaded_id(element) or kind_word(kind_of(element) or "?")


def error(element: Element, code: str, message: str, **params: Any) -> Problem:
    return _problem(Severity.ERROR, element, code, message, params)


def missing(element: Element, code: str, message: str, **params: Any) -> Problem:
    return _problem(Severity.MISSING, element, code, message, params)


def warning(element: Element, code: str, message: str, **params: Any) -> Problem:
    return _problem(Severity.WARNING, element, code, message, params)


def info(element: Element, code: str, message: str, **params: Any) -> Problem:
    return _problem(Severity.INFO, element, code, message, params)


def _problem(severity: Severity, element: Element, code: str, message: str, params: dict[str, Any]) -> Problem:
    return Problem(
        code=code,
        severity=severity,
        message=message,
        element=uploaded_id(element),
        line=line_of(element),
        params={"name": label_of(element), **_given(element), **params},
    )


def _given(element: Element) -> dict[str, str]:
    """An id that is not in the file finds the element again all the same: it is the same for the same drawing."""
    return {"given_id": element.get("id") or ""} if element.get(GIVEN_ID) else {}
