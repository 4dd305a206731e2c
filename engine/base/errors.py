"""One tree of refusals, five branches; the door turns the branch into an answer.

A leaf names its facts: ``raise AlreadyClosed(closed_by="Siti")``. The message is a catalogue text with
`%(name)s` places; it is translated where it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.base.i18n import _, translate


class TataKerjaError(Exception):
    code: ClassVar[str] = "error"
    message: ClassVar[str] = _("Something went wrong.")

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params

    def text(self, language: str = "id") -> str:
        return translate(self.message, self.params, language)

    def __str__(self) -> str:
        return self.text("en")


class NotFound(TataKerjaError):
    code = "not_found"
    message = _("This does not exist, or not any more.")


class NotAllowed(TataKerjaError):
    code = "not_allowed"
    message = _("You are not allowed to do this.")


class Conflict(TataKerjaError):
    code = "conflict"
    message = _("Something else happened in the meantime. Look again, then decide.")


class Unavailable(TataKerjaError):
    code = "unavailable"
    message = _("This is not available at the moment. Please try again in a little while.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with one answer of a form or one field of a request; `message` is a catalogue text."""

    name: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "id") -> str:
        return translate(self.message, self.params, language)


class Invalid(TataKerjaError):
    """What was given cannot be accepted; `fields` says where and why, one entry a problem."""

    code = "invalid"
    message = _("Please check what you have filled in.")

    def __init__(self, fields: Sequence[FieldProblem] = (), **params: Any) -> None:
        super().__init__(**params)
        self.fields = tuple(fields)

    def by_field(self, language: str) -> dict[str, str]:
        """What is wrong, to stand beside each field."""
        return {each.name: each.text(language) for each in self.fields}
