"""What a draft lacks, as small forms: one for each thing that can be answered in the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from engine.base.i18n import translate
from engine.bpmn.answers import Answer, Question, is_blank, questions_of
from engine.bpmn.graph import PerformerKind
from engine.bpmn.operations import OPERATIONS
from engine.bpmn.problems import Problem
from engine.definitions.queries import VersionPage, procedures
from engine.definitions.sheet import ROLES
from engine.organisation.position_list import position_choices
from webui.language import language
from webui.texts import _

ROLE_WORDS = {
    "pemulai": PerformerKind.INITIATOR,
    "atasan-pemulai": PerformerKind.SUPERIOR_OF_INITIATOR,
    "kepala-unit": PerformerKind.HEAD_OF_UNIT,
    "eksternal": PerformerKind.EXTERNAL,
}
PARTS = ("text", "unit", "default", "asked")
Typed = Mapping[str, str]
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was typed so far; `anchor` is the id of its field."""

    question: Question
    anchor: str
    typed: Mapping[str, str]
    error: str
    choices: Choices

    def name(self, part: str) -> str:
        return part_name(self.question, part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """A look at a draft that may be answered: what was typed, and what is wrong with it."""

    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


def part_name(question: Question, part: str) -> str:
    return f"{question.key}/{part}"


def asked_of(session: Session, page: VersionPage, answering: Answering) -> dict[int, Asked]:
    """The questions of a draft, by the identity of the problem beside which each stands."""
    questions = questions_of(page.problems)
    choices = _choices(session, {question.kind for question in questions})
    return {
        id(question.problem): Asked(
            question=question,
            anchor=f"jawab-{number}",
            typed={part: answering.typed.get(part_name(question, part), "") for part in PARTS},
            error=answering.errors.get(question.key, ""),
            choices=choices.get(question.kind, []),
        )
        for number, question in enumerate(questions, start=1)
    }


def answers_of(problems: tuple[Problem, ...], typed: Typed) -> list[Answer]:
    """What was answered; what was left open stays missing."""
    found = []
    for question in questions_of(problems):
        parts = {part: typed[name] for part in PARTS if (name := part_name(question, part)) in typed}
        if not is_blank(question.kind, parts):
            found.append(Answer(question=question, parts=parts))
    return found


def errors_beside(page: VersionPage, problems: tuple[Problem, ...]) -> tuple[dict[str, str], str]:
    """What the check says of the answers, beside the question about the same element; the rest in one text."""
    by_place = {question.place: question.key for question in questions_of(page.problems)}
    beside = {by_place[each.element]: each.text(language()) for each in problems if each.element in by_place}
    rest = [each.text(language()) for each in problems if each.element not in by_place]
    return beside, " ".join(rest)


def _choices(session: Session, kinds: set[str]) -> dict[str, Choices]:
    choices: dict[str, Choices] = {"operation": [(name, _operation(name)) for name in sorted(OPERATIONS)]}
    if "performer" in kinds:
        choices["performer"] = [
            *((word, translate(ROLES[kind], {}, language())) for word, kind in ROLE_WORDS.items()),
            *((f"jabatan:{each.ref}", _position(each.title, each.unit_name)) for each in position_choices(session)),
        ]
    if "call" in kinds:
        choices["call"] = [(line.key, line.name) for line in procedures(session)]
    return choices


def _operation(name: str) -> str:
    words = OPERATIONS[name].words
    return translate(words["message"], words["params"], language())


def _position(title: str, unit_name: str | None) -> str:
    return f"{title} – {unit_name}" if unit_name else _("%(position)s in the unit of the case", position=title)
