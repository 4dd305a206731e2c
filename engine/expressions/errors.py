"""Faults of a text, faults of its evaluation, and the BPMN error that a script throws on purpose."""

from collections.abc import Mapping
from typing import Any

from engine.base.i18n import translate


class ExpressionFault(Exception):
    """The text is not in the language; `offset` is the place in `text`, `message` a catalogue text."""

    def __init__(
        self, text: str, offset: int, code: str, message: str, params: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(text, offset, code, message, params)
        self.text = text
        self.offset = offset
        self.code = code
        self.message = message
        self.params: dict[str, Any] = dict(params or {})

    def __str__(self) -> str:
        return translate(self.message, self.params, "en")


class EvaluationFault(Exception):
    """The text is sound, but these values cannot be worked with; the runtime makes it an incident."""

    def __init__(self, code: str, message: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message, params)
        self.code = code
        self.message = message
        self.params: dict[str, Any] = dict(params or {})

    def __str__(self) -> str:
        return translate(self.message, self.params, "en")


class Thrown(Exception):
    """A script said `raise Error('CODE')`: a BPMN error, to be caught by the process."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
