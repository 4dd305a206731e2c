"""Which questions apply, given what is known and what was answered."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.base.errors import TataKerjaError
from engine.expressions.expression import Expression
from engine.forms.model import Component, Field, Form, Group


def visible(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the questions that apply. An answer to a hidden question counts as none for the questions after it."""
    names: dict[str, Any] = dict(data) | {question.key: data.get(question.key) for question in form.fields}
    names.update({question.key: answers[question.key] for question in form.fields if question.key in answers})
    return frozenset(_visible(form.components, names))


def is_hidden(hide: Expression | None, names: Mapping[str, Any]) -> bool:
    """A condition that cannot be worked out hides nothing: better one question too many than one lost."""
    if hide is None:
        return False
    try:
        return bool(hide.evaluate(names))
    except TataKerjaError:
        return False


def _visible(components: tuple[Component, ...], names: dict[str, Any]) -> Iterator[str]:
    for component in components:
        if is_hidden(component.hide, names):
            _forget(component, names)
        elif isinstance(component, Field):
            yield component.key
        elif isinstance(component, Group):
            yield from _visible(component.components, names)


def _forget(component: Component, names: dict[str, Any]) -> None:
    if isinstance(component, Field):
        names[component.key] = None
    elif isinstance(component, Group):
        for inner in component.components:
            _forget(inner, names)
