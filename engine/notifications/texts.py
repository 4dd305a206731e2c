"""What a notice of each kind says. Places are filled from its facts; moments among them are ISO texts `…_at`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.base.i18n import _, translate
from engine.calendar.describe import moment_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """`title` may leave the house by mail: it names the work, never the people in it."""

    title: str
    body: str


TEXTS: Mapping[str, NoticeText] = {
    "work.arrived": NoticeText(
        title=_("New task: %(title)s"),
        body=_("Case %(number)s, %(case)s, waits for you."),
    ),
    "work.handed_over": NoticeText(
        title=_("Handed to you: %(title)s"),
        body=_("%(by)s handed you this task of case %(number)s, %(case)s."),
    ),
    "work.handed_on": NoticeText(
        title=_("Handed on: %(title)s"),
        body=_("%(by)s handed this task of case %(number)s, %(case)s, to %(to)s. What you had filled in went with it."),
    ),
    "work.returned": NoticeText(
        title=_("Returned to you for revision: %(title)s"),
        body=_("%(by)s returned case %(number)s, %(case)s, because: %(reason)s"),
    ),
    "work.recalled": NoticeText(
        title=_("Taken back: %(title)s"),
        body=_("%(by)s took case %(number)s, %(case)s, back before you had begun."),
    ),
    "question.asked": NoticeText(
        title=_("A question for you: %(title)s"),
        body=_("%(by)s asks you about case %(number)s, %(case)s."),
    ),
    "question.answered": NoticeText(
        title=_("Your question was answered: %(title)s"),
        body=_("%(by)s answered your question about case %(number)s, %(case)s."),
    ),
    "comment.mentioned": NoticeText(
        title=_("You were mentioned in case %(number)s"),
        body=_("%(by)s mentioned you in a comment on %(case)s. You may read the case."),
    ),
    "case.opened_to_you": NoticeText(
        title=_("You may read case %(number)s"),
        body=_("%(by)s opened %(case)s to you until %(until_at)s, because: %(reason)s"),
    ),
    "work.unassigned": NoticeText(
        title=_("Nobody can be found for the task: %(title)s"),
        body=_("Case %(number)s, %(case)s, stands still. Check who holds the position, or hand the task to somebody."),
    ),
    "work.unseen": NoticeText(
        title=_("Nobody sees the task: %(title)s"),
        body=_(
            "Case %(number)s, %(case)s, lies with %(name)s, who cannot sign in here. Hand the task to somebody else, "
            "or let an administrator open the account."
        ),
    ),
    "work.unseen_queue": NoticeText(
        title=_("Nobody sees the task: %(title)s"),
        body=_(
            "Case %(number)s, %(case)s, lies in the queue of %(position)s, where nobody can sign in today. Hand the "
            "task to somebody, or let an administrator open an account."
        ),
    ),
    "work.follow_up": NoticeText(
        title=_("To be followed up today: %(title)s"),
        body=_("You wanted to be reminded of case %(number)s, %(case)s."),
    ),
    "sla.at_risk": NoticeText(
        title=_("Due soon: %(title)s"),
        body=_("Case %(number)s, %(case)s. Three quarters of the standard time have passed; it is due %(due_at)s."),
    ),
    "sla.overdue": NoticeText(
        title=_("Late: %(title)s"),
        body=_("Case %(number)s, %(case)s, was due %(due_at)s. Please do it first, or hand it on."),
    ),
    "sla.overdue_below": NoticeText(
        title=_("Late in your section: %(title)s"),
        body=_("Case %(number)s, %(case)s, was due %(due_at)s. It waits for: %(holders)s."),
    ),
    "sla.at_risk_below": NoticeText(
        title=_("Due soon in your section: %(title)s"),
        body=_("Case %(number)s, %(case)s, is due %(due_at)s. It waits for: %(holders)s."),
    ),
    "sla.handed_up": NoticeText(
        title=_("Now yours, for nobody answered in time: %(title)s"),
        body=_(
            "Case %(number)s, %(case)s. Deadline: %(due_at)s. Its step lets the work go up when it is not answered."
        ),
    ),
    "sla.offered": NoticeText(
        title=_("Who can take this? %(title)s"),
        body=_("Nobody answered in time. Case %(number)s, %(case)s, lies in your queue now. Deadline: %(due_at)s."),
    ),
    "sla.taken_up": NoticeText(
        title=_("Not with you any more: %(title)s"),
        body=_("Case %(number)s, %(case)s, was not answered in time. Those who have it now: %(holders)s."),
    ),
    "sla.moved": NoticeText(
        title=_("Another deadline: %(title)s"),
        body=_("The calendar was changed. Case %(number)s, %(case)s, is due %(due_at)s now; it was %(was_at)s."),
    ),
    "sla.steps_moved": NoticeText(
        title=_("%(tasks)s tasks have another deadline"),
        body=_("The calendar was changed. The list of tasks says when each is due now."),
    ),
    "sla.case_moved": NoticeText(
        title=_("Case %(number)s has another deadline"),
        body=_("The calendar was changed. %(case)s is due %(due_at)s now; it was %(was_at)s."),
    ),
    "sla.cases_moved": NoticeText(
        title=_("%(count)s cases have another deadline"),
        body=_(
            "The calendar was changed. These are cases that you started, or those of your unit; "
            "the list of cases says when each is due."
        ),
    ),
    "sla.case_at_risk": NoticeText(
        title=_("Case %(number)s is due soon"),
        body=_("Three quarters of the time promised for %(case)s have passed; it is due %(due_at)s."),
    ),
    "sla.case_overdue": NoticeText(
        title=_("Case %(number)s is late"),
        body=_("%(case)s was due %(due_at)s. Please see to it that it is finished."),
    ),
    "work.rerouted": NoticeText(
        title=_("Now yours: %(title)s"),
        body=_("Case %(number)s, %(case)s. %(reason)s"),
    ),
    "work.rerouted_away": NoticeText(
        title=_("Not yours any more: %(title)s"),
        body=_("Case %(number)s, %(case)s. You had not begun it. %(reason)s"),
    ),
    "delegation.received": NoticeText(
        title=_("You act on behalf of a colleague"),
        body=_("From %(starts_at)s until %(ends_at)s you see and do work on behalf of %(from)s. %(by)s arranged it."),
    ),
    "delegation.given": NoticeText(
        title=_("A colleague acts on your behalf"),
        body=_("%(to)s sees and does your work from %(starts_at)s until %(ends_at)s. %(by)s arranged it."),
    ),
    "delegation.ended": NoticeText(
        title=_("A delegation has ended"),
        body=_("%(to)s does not act on behalf of %(from)s any more. %(by)s ended it."),
    ),
    "sheet.issued": NoticeText(
        title=_("A duty sheet waits for your signature"),
        body=_("The duties of %(name)s as %(position)s are written down. Please read and sign them."),
    ),
    "sheet.signed": NoticeText(
        title=_("Your duty sheet is signed"),
        body=_("%(by)s gave you the duties of %(position)s. Please read the sheet and acknowledge it."),
    ),
    "sheet.acknowledged": NoticeText(
        title=_("A duty sheet was acknowledged"),
        body=_("%(name)s has taken on the duties of %(position)s."),
    ),
    "import.compared": NoticeText(
        title=_("The difference of your table is ready"),
        body=_("%(filename)s was compared with the office. Look at what it would change, then decide."),
    ),
    "import.done": NoticeText(
        title=_("Your table was imported"),
        body=_("The office is now as %(filename)s says."),
    ),
    "import.refused": NoticeText(
        title=_("Your table was not imported"),
        body=_("Nothing of %(filename)s was taken over. Its page says why, and what to do."),
    ),
    "case.completed": NoticeText(
        title=_("Your case is finished: %(number)s"),
        body=_("%(case)s has gone all its way."),
    ),
    "case.cancelled": NoticeText(
        title=_("Your case was cancelled: %(number)s"),
        body=_("%(case)s will not go on. The case's journey says why."),
    ),
    "incident.opened": NoticeText(
        title=_("A case cannot go on: %(number)s"),
        body=_("%(case)s stopped at %(element)s: %(message)s"),
    ),
    "figures.differed": NoticeText(
        title=_("Figures of the board were made again"),
        body=_("They were not what the cases say for these days: %(days)s. They are right now."),
    ),
    "plan.not_started": NoticeText(
        title=_("A planned case could not start"),
        body=_("%(name)s: %(reason)s Mend the cause, then try again on the page of planned starts."),
    ),
    "plan.not_started_for": NoticeText(
        title=_("A planned case could not start"),
        body=_("%(name)s, for %(whom)s: %(reason)s Mend the cause, then try again on the page of planned starts."),
    ),
    "service.notify": NoticeText(
        title=_("A message about your case: %(number)s"),
        body="%(text)s",
    ),
}


class UnknownKind(ValueError):
    """A notice whose kind has no text: a mistake in the program, found when the notice is written."""


def text_of(kind: str) -> NoticeText:
    try:
        return TEXTS[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def check(kind: str, facts: Mapping[str, Any]) -> None:
    """Raise UnknownKind, or KeyError for a place that the facts leave empty."""
    text = text_of(kind)
    for sentence in (text.title, text.body):
        _filled = sentence % facts


def title(kind: str, facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> str:
    return translate(text_of(kind).title, spoken(facts, zone, language), language)


def body(kind: str, facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> str:
    return translate(text_of(kind).body, spoken(facts, zone, language), language)


def spoken(facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> dict[str, Any]:
    """The facts as people say them: moments by the office's clock."""
    return {name: _say(name, fact, zone, language) for name, fact in facts.items()}


def _say(name: str, fact: Any, zone: ZoneInfo, language: str) -> Any:
    if name.endswith("_at") and isinstance(fact, str):
        return moment_in_words(datetime.fromisoformat(fact), zone, language)
    return fact
