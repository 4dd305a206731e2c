"""One object of an uploaded form, read piece by piece; what is wrong is noted with its place and reading goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression

MAX_LABEL = 300
MAX_PROBLEMS = 100


@dataclass(slots=True)
class JsonPart:
    path: str
    members: Mapping[str, Any]
    problems: list[FieldProblem] = field(default_factory=list)

    def inner(self, name: str) -> "JsonPart":
        """The object under `name`; an empty one when there is none."""
        value = self.members.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.note("form.not_object", _("Here an object in braces { } is expected."), at=name)
        return JsonPart(f"{self.path}.{name}", value if isinstance(value, Mapping) else {}, self.problems)

    def listed(self, name: str, most: int) -> list["JsonPart"]:
        """The objects of the list under `name`."""
        value = self.members.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.note("form.not_list", _("Here a list of objects in brackets [ ] is expected."), at=name)
            return []
        if len(value) > most:
            self.note(
                "form.too_many", _("There are more than %(limit)s entries here. Make it fewer."), at=name, limit=most
            )
        return [
            JsonPart(f"{self.path}.{name}[{index}]", item, self.problems) for index, item in enumerate(value[:most])
        ]

    def text(self, name: str, most: int = MAX_LABEL) -> str:
        value = self.members.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note("form.not_text", _("Here a text in quotation marks is expected."), at=name)
            return ""
        if len(value) > most:
            self.note(
                "form.text_too_long",
                _("This text is longer than %(limit)s characters. Shorten it."),
                at=name,
                limit=most,
            )
        return value[:most].encode("utf-8", "replace").decode("utf-8")

    def shown_text(self, name: str, most: int = MAX_LABEL) -> str:
        """A text for people; form-js lets it be computed, which would let a form say anything it likes."""
        text = self.text(name, most)
        if text.lstrip().startswith("=") or "{{" in text:
            self.note(
                "form.computed_text", _("Texts that are computed are not supported. Write the text itself."), at=name
            )
        return text

    def flag(self, name: str) -> bool:
        value = self.members.get(name)
        if value is not None and not isinstance(value, bool):
            self.note("form.not_flag", _("Here only true or false can stand."), at=name)
        return value is True

    def whole(self, name: str, least: int, most: int) -> int | None:
        number = self.number(name)
        if number is None:
            return None
        if number != number.to_integral_value() or not least <= number <= most:
            self.note(
                "form.not_in_range",
                _("Here a whole number from %(least)s to %(most)s is expected."),
                at=name,
                least=least,
                most=most,
            )
            return None
        return int(number)

    def number(self, name: str) -> Decimal | None:
        value = self.members.get(name)
        if value is None or value == "":
            return None
        try:
            number = Decimal(str(value)[:40])
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or abs(number) >= 10**15:
            self.note("form.not_number", _("Here a number is expected."), at=name)
            return None
        return number

    def expression(self, name: str) -> Expression | None:
        text = self.text(name, 2_000)
        if not text.strip():
            return None
        try:
            return Expression(text)
        except ExpressionFault as refusal:
            self.note(
                "form.bad_condition",
                _("This condition cannot be understood: %(reason)s"),
                at=name,
                reason={"message": refusal.message, "params": refusal.params},
            )
            return None

    def note(self, code: str, message: str, *, at: str = "", **params: Any) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            name = f"{self.path}.{at}" if at else self.path
            self.problems.append(FieldProblem(name=name.lstrip("."), code=code, message=message, params=params))
