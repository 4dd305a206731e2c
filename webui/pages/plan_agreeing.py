"""Before a plan begins cases at once, whoever keeps it is asked: nothing is kept until she has said yes to so many."""

from collections.abc import Sequence

from flask import render_template, request, url_for

from engine.base.errors import Conflict
from engine.base.unit_of_work import UnitOfWork
from engine.execution.beginning_now import BeginsNow, begins_now
from webui.addresses import row_id
from webui.pages.procedure_tabs import procedure_tabs
from webui.texts import ngettext

AT_ONCE = "at_once"
MOST_SHOWN = 50


class NotAgreed(Conflict):
    """Cases would begin at once, and nobody has said yes to so many."""

    code = "plan.not_agreed"


class NotAgreedTo(NotAgreed):
    """The same with the people whose cases they are."""

    def __init__(self, people: Sequence[BeginsNow]) -> None:
        super().__init__(count=len(people))
        self.people = people


def require_agreed(at_once: int) -> None:
    """To as many as were named, or more: what was changed since is asked about again."""
    if at_once > _agreed():
        raise NotAgreed(count=at_once)


def agreed_to(work: UnitOfWork, plan_id: int, employee_id: int | None = None) -> int:
    """How many cases the plan begins at once by what was just done; raises NotAgreedTo to undo it."""
    people = begins_now(work, plan_id, employee_id)
    if len(people) > _agreed():
        raise NotAgreedTo(people)
    return len(people)


def question(refusal: NotAgreedTo, plan_id: int, what: str) -> str:
    """Whose cases begin, with all that was typed, for a yes or a way back."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", AT_ONCE)]
    return render_template(
        "plan_question.html",
        tabs=procedure_tabs("start_plans.index"),
        what=what,
        begins=begins(len(refusal.people)),
        people=refusal.people[:MOST_SHOWN],
        left_out=max(0, len(refusal.people) - MOST_SHOWN),
        count=len(refusal.people),
        sent=sent,
        back=url_for("start_plans.show", plan_id=plan_id),
    )


def with_at_once(text: str, count: int) -> str:
    return f"{text} {begins(count)}" if count else text


def begins(count: int) -> str:
    return ngettext("%(num)s case begins at once.", "%(num)s cases begin at once.", count)


def _agreed() -> int:
    return request.form.get(AT_ONCE, type=row_id) or 0
