"""Compiled expressions and scripts of the one language for conditions, timers, collections and mappings."""

from collections.abc import Mapping
from typing import Any


class Expression:
    """A vetted expression; the text is compiled once and evaluated against a mapping of names."""

    def __init__(self, text: str) -> None:
        self.text = text

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        raise LookupError(self.text, names)


class Script:
    """A vetted list of assignments."""

    def __init__(self, text: str) -> None:
        self.text = text

    def run(self, names: Mapping[str, Any]) -> dict[str, Any]:
        raise LookupError(self.text, names)
