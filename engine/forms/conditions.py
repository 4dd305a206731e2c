"""Which parts of a form apply, given what is known and what was answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.expressions.errors import EvaluationFault
from engine.expressions.expression import Expression
from engine.forms.model import Component, Field, Form, Group


def applicable(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any]) -> Form:
    """The form without its hidden parts. An answer to a hidden question counts as none for what comes after it."""
    return Form(components=tuple(_Look(_names(form, answers, data)).applicable(form.components)))


def applicable_undecided(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any], decision: str) -> Form:
    """As `applicable`, but what depends on the still open question `decision` stays."""
    return Form(components=tuple(_Look(_names(form, answers, data), decision).applicable(form.components)))


@dataclass(frozen=True, slots=True)
class _Look:
    names: dict[str, Any]
    undecided: str | None = None

    def applicable(self, components: tuple[Component, ...]) -> Iterator[Component]:
        for component in components:
            if self._is_hidden(component.hide):
                self._forget(component)
            elif isinstance(component, Group):
                yield replace(component, components=tuple(self.applicable(component.components)))
            else:
                yield component

    def _is_hidden(self, hide: Expression | None) -> bool:
        if hide is None or self.undecided in hide.names:
            return False
        try:
            return bool(hide.evaluate(self.names))
        except EvaluationFault:
            return False  # better one question too many than one lost

    def _forget(self, component: Component) -> None:
        if isinstance(component, Field):
            self.names[component.key] = None
        elif isinstance(component, Group):
            for inner in component.components:
                self._forget(inner)


def _names(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    names = dict(data)
    for question in form.fields:
        known = data.get(question.key, question.default if question.is_fixed else None)
        names[question.key] = known if question.is_fixed else answers.get(question.key, known)
    return names
