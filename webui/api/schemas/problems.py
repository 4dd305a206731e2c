"""What an error looks like: one shape for all of them."""

from enum import StrEnum
from typing import Any

from marshmallow.fields import List, Nested

from webui.api.answers import Answer, Number, Said
from webui.api.fields import OneOf
from webui.language import language


class OutsideSeverity(StrEnum):
    """The three that programs know; see `Severity.outside`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Sentence(Said):
    """What `text(language)` of a problem says, in the caller's language."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_kwargs: Any) -> str:
        return str(value(language()))


class FieldError(Answer):
    """One field of the request, or one answer of a form, that cannot be accepted."""

    name = Said(example="title", about="The field's place, such as `variables.jumlah`; empty for the whole request.")
    code = Said(example="required")
    message = Said(example="This must be given.")


class DiagramProblem(Answer):
    """What is wrong with a diagram or a form, and where."""

    code = Said(example="branch.no_condition")
    severity = OneOf(
        OutsideSeverity,
        attribute="severity.outside",
        about="An error refuses the file; a warning may keep it from running.",
    )
    element = Said(allow_none=True, example="lengkap", about="The element's id in the file.")
    line = Number(allow_none=True, example=42)
    message = Sentence(attribute="text", example="The branch has no condition. Say when it is taken.")


class Problem(Answer):
    """An error: a code for programs, a sentence in the caller's language, and each field that it is about."""

    code = Said(example="request.invalid")
    message = Said(example="Please check the fields of this request: 1 cannot be accepted.")
    field_errors = List(Nested(FieldError), data_key="fields")


class DiagramRefused(Answer):
    """The same with all problems of the file."""

    code = Said(example="definition.rejected")
    message = Said(example="This file cannot be accepted. Every problem is listed with its place and what to do.")
    field_errors = List(Nested(FieldError), data_key="fields")
    problems = List(Nested(DiagramProblem))
