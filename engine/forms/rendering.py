"""The form as a page shows it: complete without a script, each error beside its question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from engine.base.errors import FieldProblem
from engine.base.i18n import _, translate
from engine.forms.answers import is_blank
from engine.forms.conditions import applicable, applicable_undecided
from engine.forms.controls import Asked, attributes, control, element_id
from engine.forms.display import displayed
from engine.forms.model import (
    MANY_OF_OPTIONS,
    AttachmentNote,
    Component,
    Field,
    FieldKind,
    Form,
    Group,
    Separator,
    StaticText,
    all_components,
    options_of,
)
from engine.forms.static_text import html_of
from engine.forms.validation import SHOWN

BOOTSTRAP_COLUMNS = 12
NO_DATA: Mapping[str, Any] = MappingProxyType({})


def render(
    form: Form,
    values: Mapping[str, Any],
    problems: Iterable[FieldProblem] = (),
    language: str = "id",
    *,
    data: Mapping[str, Any] = NO_DATA,
    without: str = "",
) -> Markup:
    """The form's content, to stand in the page's own `<form novalidate>`.

    `values` are answers so far, right or wrong; `data` is what the case knows. The question `without` is left out
    because the page draws a button for each of its options; what depends on it is shown.
    """
    shown = applicable_undecided(form, values, data, without) if without else applicable(form, values, data)
    page = _Page(
        values=values,
        data=data,
        texts=_texts(problems, language),
        language=language,
        without=without,
        affecting=_affecting(form),
    )
    return page.components(shown.components) + (_shown_marks(shown) if form.has_conditions else Markup(""))


def _texts(problems: Iterable[FieldProblem], language: str) -> Mapping[str, Sequence[str]]:
    texts: dict[str, list[str]] = {}
    for problem in problems:
        texts.setdefault(problem.name, []).append(problem.text(language))
    return texts


def _affecting(form: Form) -> frozenset[str]:
    return frozenset(
        name for component in all_components(form.components) if component.hide for name in component.hide.names
    )


def _shown_marks(form: Form) -> Markup:
    return Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(SHOWN, question.key) for question in form.fields
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    values: Mapping[str, Any]
    data: Mapping[str, Any]
    texts: Mapping[str, Sequence[str]]
    language: str
    without: str
    affecting: frozenset[str]

    def components(self, components: Iterable[Component]) -> Markup:
        return Markup("").join(self._rows(components))

    def _rows(self, components: Iterable[Component]) -> Iterator[Markup]:
        drawn = [item for item in components if not (isinstance(item, Field) and item.key == self.without)]
        for row, neighbours in groupby(drawn, key=lambda component: component.place.row):
            line = tuple(neighbours)
            if row is None or len(line) == 1:
                yield from (self._component(component) for component in line)
            else:
                yield self._line(line)

    def _line(self, neighbours: Iterable[Component]) -> Markup:
        """Side by side; what is not drawn leaves no gap."""
        drawn = [(component, self._component(component)) for component in neighbours]
        cells = [Markup('<div class="{}">{}</div>').format(_column(each), html) for each, html in drawn if html]
        return Markup('<div class="row">{}</div>').format(Markup("").join(cells)) if cells else Markup("")

    def _component(self, component: Component) -> Markup:
        if isinstance(component, Field):
            return self._field(component)
        if isinstance(component, Group):
            return self._group(component)
        if isinstance(component, StaticText):
            return Markup('<div class="mb-3 tk-form-text">{}</div>').format(html_of(component.text))
        if isinstance(component, AttachmentNote):
            return self._attachment_note(component)
        return Markup('<hr class="my-3">') if isinstance(component, Separator) else Markup('<div class="mb-4"></div>')

    def _group(self, group: Group) -> Markup:
        content = self.components(group.components)
        if not content:
            return Markup("")
        css = "tk-form-group mb-3 border rounded p-3" if group.is_outlined else "tk-form-group mb-3"
        legend = Markup('<legend class="h4">{}</legend>').format(group.label) if group.label else Markup("")
        return Markup('<fieldset class="{}">{}{}</fieldset>').format(css, legend, content)

    def _attachment_note(self, note: AttachmentNote) -> Markup:
        return Markup(
            '<div class="mb-3 tk-form-attachment"><div class="form-label">{}{}</div>'
            '<div class="form-hint">{} {}</div></div>'
        ).format(
            note.label,
            self._word(_("required")) if note.is_required else "",
            note.description,
            self._text(_("Add the file under Attachments on this page.")),
        )

    def _field(self, question: Field) -> Markup:
        if question.is_fixed:
            return self._fixed(question)
        asked = self._asked(question)
        above = self._hint(question) + self._errors(question)
        if question.kind is FieldKind.CHECKBOX:
            label = self._label(question, "label", {"class": "form-check-label", "for": asked.id})
            ticked = Markup('<div class="form-check">{}{}</div>').format(control(asked), label)
            return self._block(question, "div", {}, above + ticked)
        if question.kind is FieldKind.RADIO or question.kind in MANY_OF_OPTIONS:
            own: dict[str, object] = {"aria-describedby": asked.described_by or None}
            if question.kind is FieldKind.RADIO:
                own |= {"role": "radiogroup", "aria-invalid": "true" if asked.is_invalid else None}
                own |= {"aria-required": "true" if question.rules.is_required else None}
            legend = self._label(question, "legend", {"class": "form-label"})
            return self._block(question, "fieldset", own, legend + above + control(asked))
        label = self._label(question, "label", {"class": "form-label", "for": asked.id})
        return self._block(question, "div", {}, label + above + control(asked))

    def _fixed(self, question: Field) -> Markup:
        value = self.data.get(question.key, question.default)
        if is_blank(value):
            return Markup("")
        text = displayed(question, value, options_of(question, self.data), self.language)
        return self._block(
            question,
            "div",
            {},
            Markup('<div class="form-label">{}</div><div class="form-control-plaintext" id="{}">{}</div>').format(
                question.label, element_id(question.key), text
            )
            + self._hint(question),
        )

    def _asked(self, question: Field) -> Asked:
        explained = [f"{element_id(question.key)}-hint"] if self._hint_text(question) else []
        invalid = [f"{element_id(question.key)}-error"] if question.key in self.texts else []
        return Asked(
            question=question,
            value=self.values.get(question.key),
            options=options_of(question, self.data),
            is_invalid=bool(invalid),
            described_by=" ".join(explained + invalid),
            language=self.language,
        )

    def _block(self, question: Field, tag: str, own: Mapping[str, object], content: Markup) -> Markup:
        common = {
            "class": "field has-error" if question.key in self.texts else "field",
            "data-field": question.key,
            "data-affects-form": question.key in self.affecting,
        }
        return Markup("<{}{}>{}</{}>").format(tag, attributes(common | dict(own)), content, tag)

    def _label(self, question: Field, tag: str, own: Mapping[str, object]) -> Markup:
        word = self._word(self._obligation(question))
        return Markup("<{}{}>{}{}</{}>").format(tag, attributes(own), question.label, word, tag)

    def _obligation(self, question: Field) -> str:
        if self.without and question.hide is not None and self.without in question.hide.names:
            return _("depending on your decision")
        return _("required") if question.rules.is_required else ""

    def _word(self, text: str) -> Markup:
        if not text:
            return Markup("")
        return Markup(' <span class="optional">({})</span>').format(self._text(text))

    def _hint(self, question: Field) -> Markup:
        text = self._hint_text(question)
        if not text:
            return Markup("")
        return Markup('<div class="form-hint" id="{}-hint">{}</div>').format(element_id(question.key), text)

    def _hint_text(self, question: Field) -> str:
        limit = question.rules.max_length if question.kind is FieldKind.TEXTAREA else None
        most = self._text(_("At most %(limit)s characters."), {"limit": limit}) if limit else ""
        return f"{question.description} {most}".strip()

    def _errors(self, question: Field) -> Markup:
        texts = self.texts.get(question.key)
        if not texts:
            return Markup("")
        return Markup('<div class="invalid-feedback" id="{}-error">{}</div>').format(
            element_id(question.key), Markup("<br>").join(texts)
        )

    def _text(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        return translate(text, params, self.language)


def _column(component: Component) -> str:
    """Of form-js' sixteen columns to the style sheet's twelve, rounded down so that a line never overflows."""
    if component.place.columns is None:
        return "col-12 col-md"
    return f"col-12 col-md-{max(1, component.place.columns * BOOTSTRAP_COLUMNS // 16)}"
