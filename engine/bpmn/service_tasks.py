"""What a `tk:layanan` element says: the operation, its parameters, and the variable for its result."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.bpmn.graph import Service
from engine.bpmn.vocabulary import TK, Element, extension
from engine.expressions.expression import Expression
from engine.expressions.template import Template


@dataclass(frozen=True, slots=True)
class Written:
    """A parameter as written: `nilai` is an expression, `teks` or the element's content a text with places."""

    name: str
    text: str
    read: Callable[[str], Expression]


def operation_of(task: Element) -> str:
    service = extension(task, f"{TK}layanan")
    return "" if service is None else service.get("operasi", "").strip()


def service_of(task: Element) -> Service | None:
    """The registered operation that a task asks for, where it says so."""
    service, operation = extension(task, f"{TK}layanan"), operation_of(task)
    if service is None or not operation:
        return None
    parameters = {written.name: written.read(written.text) for written in parameters_of(task)}
    return Service(operation=operation, parameters=parameters, result=service.get("hasil", "").strip() or None)


def parameters_of(task: Element) -> Iterator[Written]:
    """Those that have a name and say something."""
    service = extension(task, f"{TK}layanan")
    for parameter in () if service is None else service.iterchildren(f"{TK}parameter"):
        written = written_in(parameter)
        if written.name and written.text:
            yield written


def written_in(parameter: Element) -> Written:
    name = parameter.get("nama", "").strip()
    if parameter.get("nilai"):
        return Written(name, parameter.get("nilai", ""), Expression)
    return Written(name, parameter.get("teks") or (parameter.text or "").strip(), Template)
