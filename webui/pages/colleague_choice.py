"""Choosing a colleague by her name: a field with suggestions, and a list when several may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.colleagues import Colleague, SeveralCalled, colleague_meant, colleagues, colleagues_like
from webui.addresses import row_id
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.reaching import marks

bp = Blueprint("colleague_choice", __name__)

# Of their own kind, for the form of a step may have questions of any name.
NAME, CHOSEN, MENTIONED = "tk:rekan", "tk:rekan-terpilih", "tk:sebut"
MOST_MENTIONED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was typed, whom it means, or why nobody, with those whom it may mean."""

    typed: str = ""
    employee_id: int | None = None
    problem: str = ""
    candidates: tuple[Colleague, ...] = ()
    unreached: Mapping[int, str] = field(default_factory=dict)  # of the candidates, those who see nothing of it

    @property
    def is_empty(self) -> bool:
        return not self.typed and self.employee_id is None


NOBODY = Choice()


@bp.get("/rekan")
@signed_in
def suggestions() -> ResponseReturnValue:
    """While she types: the options of the field's list."""
    with core().read(current_actor()) as reading:
        on = reading.today
        found = colleagues_like(reading.session, request.args.get(NAME, ""), on)
        unreached = marks(reading, [each.employee_id for each in found])
    return render_template("parts/colleague_options.html", found=found, unreached=unreached)


class MentionUnclear(Invalid):
    code = "comment.mention_unclear"
    message = _("It is not clear whom you mention: %(why)s")


class SeveralMeant(Invalid):
    """Beside the list of them."""

    code = "colleague.several_meant"
    message = _("Several colleagues are called like “%(name)s”. Choose whom you mean.")


def chosen_colleague(reading: Reading | UnitOfWork) -> Choice:
    """As the form says: from the list if there was one, else by what was typed."""
    typed, picked = request.form.get(NAME, "").strip()[:200], request.form.get(CHOSEN, type=row_id)
    on = reading.today
    if picked is not None:
        # What comes back after a refusal says whom she picked, not the few letters that several are called by.
        named = next((each.label for each in colleagues(reading.session, {picked}, on)), typed)
        return Choice(typed=named, employee_id=picked)
    try:
        return Choice(typed=typed, employee_id=colleague_meant(reading.session, typed, on).employee_id)
    except SeveralCalled as refusal:
        unreached = marks(reading, [each.employee_id for each in refusal.colleagues])
        several = SeveralMeant(name=typed).text(language())
        return Choice(typed=typed, problem=several, candidates=refusal.colleagues, unreached=unreached)
    except Invalid as refusal:
        return Choice(typed=typed, problem=refusal.text(language()))


def mention_choice(reading: Reading | UnitOfWork) -> Choice:
    """Whom a comment names besides those of the list; often nobody."""
    is_named = request.form.get(NAME, "").strip() or request.form.get(CHOSEN)
    return chosen_colleague(reading) if is_named else NOBODY


def mentioned_in_form(work: UnitOfWork) -> tuple[int, ...]:
    """Everyone who is mentioned; raises MentionUnclear."""
    choice = mention_choice(work)
    if choice.problem:
        raise MentionUnclear(why=choice.problem)
    listed = request.form.getlist(MENTIONED, type=row_id)[:MOST_MENTIONED]
    return (*listed, *(() if choice.employee_id is None else (choice.employee_id,)))
