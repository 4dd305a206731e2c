"""The audit trail, in words: who did what, when, newest first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.audit.queries import TrailLine, trail
from engine.base.i18n import _, translate
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.pages.trail_filter import areas, filter_of_address
from webui.pages.trail_words import said

bp = Blueprint("trail", __name__)

PLACE = re.compile(r"%\((\w+)\)s")

# What each act is called; its places are filled with the facts that were noted.
WORDS: Mapping[str, str] = {
    "account.created": _("opened the account %(username)s with the roles: %(roles)s"),
    "account.deactivated": _("closed the account %(username)s"),
    "account.email_set": _("gave the account %(username)s an e-mail address"),
    "account.linked": _("tied the account %(username)s to the sign-in of the provider"),
    "account.password_changed": _("changed the own password"),
    "account.password_reset": _("gave the account %(username)s a new password by the link of a mail"),
    "account.password_set": _("gave the account %(username)s a new password"),
    "account.reactivated": _("opened the account %(username)s again"),
    "account.recovery_codes_renewed": _("made new codes for the loss of the phone"),
    "account.roles_set": _("gave the account %(username)s the roles: %(roles)s; how far they go: %(reaches)s"),
    "account.second_factor_off": _("took off the own second factor"),
    "account.second_factor_reset": _("reset the second factor of the account %(username)s"),
    "account.second_factor_set": _("set up a second factor"),
    "account.code_wrong": _("somebody gave the password of %(username)s and a wrong code, from %(address)s"),
    "account.sign_in_failed": _("somebody tried to sign in as %(username)s from %(address)s and was refused"),
    "account.signed_in": _("signed in"),
    "account.unlinked": _("untied the account %(username)s from the sign-in of the provider"),
    "applicant.pin_made": _("made a receipt with a new PIN for case %(number)s"),
    "applicant.recorded": _("wrote down the applicant of case %(number)s"),
    "attachment.added": _("attached the file %(filename)s"),
    "attachment.infected": _("the file %(filename)s was refused: the virus scan found something in it"),
    "calendar.holiday_corrected": _("corrected %(day)s in the calendar from %(before)s to %(name)s"),
    "calendar.holiday_dropped": _("took %(day)s out of the calendar"),
    "calendar.holiday_kept": _("entered %(day)s in the calendar: %(name)s"),
    "calendar.holidays_kept": _("entered %(first)s to %(last)s in the calendar: %(name)s"),
    "calendar.hours_corrected": _(
        "corrected the %(message)s of %(unit)s from %(before)s on (%(hours_before)s) to those from %(first)s on: "
        "%(hours)s"
    ),
    "calendar.hours_dropped": _("took away the %(message)s of %(unit)s from %(first)s on"),
    "calendar.hours_kept": _("set the %(message)s of %(unit)s from %(first)s on: %(hours)s"),
    "calendar.known_days_kept": _("entered %(items)s known days off from %(first)s to %(last)s"),
    "calendar.ramadan_corrected": _(
        "corrected Ramadan from %(before)s–%(before_last)s to %(first)s–%(last)s in the calendar"
    ),
    "calendar.ramadan_dropped": _("took Ramadan from %(first)s to %(last)s out of the calendar"),
    "calendar.ramadan_kept": _("entered Ramadan from %(first)s to %(last)s"),
    "calendar.unit_day_dropped": _("took %(day)s out of the calendar of %(unit)s: %(name)s"),
    "calendar.unit_day_kept": _("entered %(day)s in the calendar of %(unit)s: %(name)s"),
    "competency.added": _("entered the competency %(name)s"),
    "competency.dropped": _("took away the competency %(name)s"),
    "competency.held": _("noted that %(name)s has shown %(competency)s"),
    "competency.not_held": _("took away that %(name)s has shown %(competency)s"),
    "channel.added": _("added the channel %(name)s"),
    "channel.deleted": _("deleted the channel %(name)s"),
    "channel.switched_off": _("switched the channel %(name)s off"),
    "channel.switched_on": _("switched the channel %(name)s on"),
    "channel.tested": _("sent a test message by the channel %(name)s"),
    "delivery.dropped": _("let a message be that had not arrived"),
    "delivery.sent_again": _("had a message sent again"),
    "notices.preference_kept": _("chose how notices should come"),
    "notices.target_given": _("gave an own target at a channel"),
    "notices.target_withdrawn": _("withdrew the own target at a channel"),
    "quiet_hours.dropped": _("ended the quiet hours"),
    "quiet_hours.kept": _("set the quiet hours to %(name)s"),
    "wording.dropped": _("went back to the program's words for the notice “%(name)s”"),
    "wording.kept": _("changed the words of a notice to “%(name)s”"),
    "competency.renamed": _("renamed the competency %(before)s to %(name)s"),
    "competency.required": _("set what the position %(position)s requires: %(names)s"),
    "duty.added": _("added the job description “%(sentence)s” to %(position)s, from %(day)s on"),
    "duty.changed": _("changed a job description of %(position)s to “%(sentence)s”, from %(day)s on"),
    "duty.ended": _("ended the job description “%(sentence)s” of %(position)s, the last day is %(day)s"),
    "duty.moved": _("moved the job description “%(sentence)s” of %(position)s up"),
    "employee.handed_over": _("handed over %(items)s open tasks of %(name)s, who leaves on %(day)s"),
    "employee.transferred": _("transferred %(name)s from %(day)s on and handed over %(items)s open tasks"),
    "sheet.acknowledged": _("acknowledged the own duty sheet"),
    "sheet.copy_kept": _("kept the signed copy of the duty sheet of %(name)s"),
    "sheet.issued": _("issued a duty sheet for %(name)s"),
    "figures.rebuilt": _("made the figures of the days from %(first)s to %(last)s anew"),
    "sheet.signed": _("signed the duty sheet of %(name)s"),
    "case.cancel_reason": _("gave as the reason for cancelling: %(reason)s"),
    "case.became_late": _("the case is late: it was due at %(due_at)s"),
    "case.cancelled": _("cancelled case %(number)s"),
    "case.commented": _("wrote a comment"),
    "case.clock_resumed": _("the clock of the case runs again after “%(title)s”"),
    "case.clock_stopped": _("the clock of the case stands still at “%(title)s”"),
    "case.completed": _("brought case %(number)s to its end"),
    "case.deadline_moved": _("the case is due at %(due_at)s now; it was %(was_at)s"),
    "case.reminded": _("reminded of case %(number)s"),
    "case.closed_again": _("withdrew the reading of case %(number)s from %(to)s"),
    "case.opened": _("let %(to)s read case %(number)s until %(until)s, because: %(reason)s"),
    "case.recalled": _("took “%(title)s” back from “%(from)s”"),
    "case.returned": _("returned the case from “%(title)s” to “%(to)s” for revision, because: %(reason)s"),
    "case.started": _("started case %(number)s: %(title)s"),
    "case.unit_changed": _("gave the case to the unit %(unit)s"),
    "absence.changed": _("changed the absence of %(name)s: from %(starts_on)s to %(ends_on)s"),
    "absence.recorded": _("recorded that %(name)s is away from %(starts_on)s to %(ends_on)s"),
    "absence.withdrawn": _("withdrew the absence of %(name)s from %(starts_on)s to %(ends_on)s"),
    "decision.made": _("“%(decision)s” was decided by these rules of its table: %(rules)s"),
    "definition.answered": _("answered what was missing in the procedure %(key)s; it was kept as version %(version)s"),
    "definition.completed": _("completed version %(version)s of the procedure %(key)s: nothing is missing any more"),
    "definition.deployed": _("kept version %(version)s of the procedure %(key)s"),
    "definition.moved": _("gave the procedure %(key)s to the unit %(unit)s"),
    "definition.published": _("put version %(version)s of the procedure %(key)s in force"),
    "definition.retired": _("retired version %(version)s of the procedure %(key)s: no new case starts on it"),
    "employee.changed": _("corrected the data of %(name)s: %(changes)s"),
    "employee.left": _("entered that %(name)s leaves on %(left_on)s"),
    "employee.taken_back": _("entered that %(name)s works here again"),
    "employee.taken_on": _("took %(name)s on"),
    "holding.begun": _("appointed %(name)s to %(position)s (%(kind)s) from %(first)s to %(last)s, decree %(decree)s"),
    "holding.end_changed": _("changed how long %(name)s holds %(position)s: %(changes)s"),
    "holding.ended": _("ended the holding of %(position)s by %(name)s: %(changes)s"),
    "holding.withdrawn": _("withdrew the appointment of %(name)s to %(position)s from %(first)s"),
    "import.changed": _("changed by a table: %(name)s (%(changes)s)"),
    "import.new": _("taken on by a table: %(name)s"),
    "import.gone": _("ended by a table that does not list it: %(name)s (%(changes)s)"),
    "delegation.ended": _("ended the delegation of %(from)s to %(to)s"),
    "delegation.given": _("let %(to)s act on behalf of %(from)s from %(starts_at)s until %(ends_at)s"),
    "incident.opened": _("the case stopped at %(element)s: %(message)s"),
    "incident.retried": _("let the case try again at %(element)s"),
    "inbox.filter_dropped": _("removed the filter %(name)s of the inbox"),
    "inbox.filter_opens": _("made the filter %(name)s the one with which the inbox opens"),
    "inbox.filter_opens_no_more": _("opened the inbox without the filter %(name)s again"),
    "inbox.filter_renamed": _("renamed the filter %(name)s of the inbox to %(to)s"),
    "inbox.filter_saved": _("kept the filter %(name)s of the inbox"),
    "job.retried": _("let a background job run again"),
    "ladder.dropped": _("removed the own ladder of escalation of %(name)s"),
    "ladder.kept": _("changed the ladder of escalation of %(name)s: %(items)s rungs"),
    "message.arrived": _("the message %(name)s reached case %(to)s"),
    "message.deleted": _("deleted the message %(name)s, for which nobody waited, because: %(reason)s"),
    "message.delivered": _("delivered the message %(name)s"),
    "message.expired": _("nobody took the message %(name)s in time"),
    "message.held": _("the message %(name)s waits for a receiver"),
    "organisation.exported": _("took the table %(name)s with the personal data of people away: %(items)s rows"),
    "organisation.imported": _("imported the organisation: %(created)s new, %(changed)s changed, %(gone)s gone"),
    "plan.changed": _("changed the plan %(name)s: %(changes)s"),
    "plan.deleted": _("deleted the plan %(name)s"),
    "plan.made": _("made the plan %(name)s, which starts cases by itself"),
    "plan.moved": _("the calendar moved the plan %(name)s from %(was_at)s to %(due_at)s"),
    "plan.not_started": _("the plan %(name)s could not start its case of %(day)s: %(reason)s"),
    "plan.people_imported": _("imported a table into the plan %(name)s: %(created)s new, %(changed)s changed"),
    "plan.person_added": _("added %(whom)s to the plan %(name)s: %(day)s"),
    "plan.person_changed": _("changed the day of %(whom)s in the plan %(name)s to %(day)s"),
    "plan.person_removed": _("took %(whom)s out of the plan %(name)s"),
    "plan.started": _("the plan %(name)s started case %(number)s, meant for %(day)s"),
    "plan.turned_off": _("turned the plan %(name)s off"),
    "plan.turned_on": _("turned the plan %(name)s on"),
    "position.changed": _("changed the position %(title)s: %(changes)s"),
    "position.closed": _("closed the position %(title)s on %(closed_on)s"),
    "position.opened": _("opened the position %(title)s (%(code)s)"),
    "position.reopened": _("opened the position %(title)s again"),
    "question.answered": _("answered a question about the task %(title)s"),
    "question.asked": _("asked %(to)s about the task %(title)s"),
    "question.withdrawn": _("withdrew a question about the task %(title)s"),
    "repair.changed": _("changed data of the case (%(names)s), because: %(reason)s"),
    "repair.completed": _("completed the step “%(step)s” by hand, because: %(reason)s"),
    "repair.moved": _("let the case continue at “%(target)s” instead of “%(step)s”, because: %(reason)s"),
    "repair.triggered": _("let “%(event)s” happen now, because: %(reason)s"),
    "service.answered": _("the system did the step “%(element)s”"),
    "session.ended": _("signed a browser of %(username)s out"),
    "session.others_ended": _("signed out everywhere else"),
    "signal.started": _("the signal %(name)s started the case"),
    "timer.fired": _("a set time was reached"),
    "timer.started": _("a set time started the case"),
    "token.issued": _("made an access token: %(label)s"),
    "token.revoked": _("withdrew an access token: %(label)s"),
    "unit.changed": _("changed the unit %(name)s: %(changes)s"),
    "unit.closed": _("closed the unit %(name)s on %(closed_on)s"),
    "unit.opened": _("opened the unit %(name)s (%(code)s)"),
    "unit.reopened": _("opened the unit %(name)s again"),
    "unit.transferred": _("closed the unit %(name)s on %(closed_on)s: transferred to %(to)s"),
    "work_item.escalated": "%(message)s",
    "work_item.claimed": _("took the task %(title)s"),
    "work_item.completed": _("completed the task %(title)s"),
    "work_item.four_eyes_waived": _("allowed one person to do both steps of a pair at %(title)s, because: %(reason)s"),
    "work_item.handed_on": _("handed the task %(title)s to %(to)s, because: %(reason)s"),
    "work_item.opened": _("a task arose: %(title)s. %(reason)s"),
    "work_item.entered_afterwards": _("entered the task %(title)s afterwards: it was done on paper at %(done_at)s"),
    "work_item.follow_up_dropped": _("took the reminder of the task %(title)s away"),
    "work_item.follow_up_set": _("wants to be reminded of the task %(title)s on %(on)s"),
    "work_item.priority_set": _("set the priority of the task %(title)s: %(priority)s"),
    "work_item.became_late": _("the task %(title)s became late"),
    "work_item.clock_resumed": _("let the clock of the task %(title)s run again"),
    "work_item.clock_stopped": _("stopped the clock of the task %(title)s, because: %(reason)s"),
    "work_item.deadline_moved": _("the task %(title)s is due at %(due_at)s now; it was %(was_at)s"),
    "work_item.reassigned": _("handed the task %(title)s to %(to)s"),
    "work_item.released": _("laid the task %(title)s back into the queue"),
    "work_item.rerouted": _("the task %(title)s went from %(from)s to %(to)s: %(reason)s"),
    "work_item.reminded": _("reminded of the task %(title)s"),
}

# Where no role goes further or less far than usual.
ROLES_ALONE = _("gave the account %(username)s the roles: %(roles)s")
# What happens by itself: whoever did the step before is not its doer.
WITHOUT_DOER = frozenset({"work_item.opened", "account.code_wrong", "account.sign_in_failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    at: datetime
    actor_name: str
    text: str
    instance_id: int | None


@bp.get("/administrasi/jejak")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_AUDIT)
    with core().read(current_actor()) as reading:
        chosen = filter_of_address(reading.today)
        page = trail(reading.session, chosen.terms(WORDS, reading.settings.zone), request.args.get("sesudah"))
    return render_template(
        "trail.html",
        tabs=tabs("trail.index"),
        rows=[row_of(line) for line in page.items],
        next_cursor=page.next_cursor,
        chosen=chosen,
        areas=areas(),
    )


def row_of(line: TrailLine) -> TrailRow:
    return TrailRow(
        at=line.at, actor_name=_who(line), text=in_words(line.act, line.facts), instance_id=line.instance_id
    )


def _who(line: TrailLine) -> str:
    """Both names, where one acted on behalf of the other; none of what happened by itself."""
    if line.act in WITHOUT_DOER:
        return "–"
    principal = line.facts.get("on_behalf_of")
    if not principal:
        return line.actor_name
    params = {"name": line.actor_name, "principal": str(principal)}
    return translate(_("%(name)s on behalf of %(principal)s"), params, language())


def in_words(act: str, facts: Mapping[str, Any]) -> str:
    """What was done; an act that has no words yet is shown by its name, with its facts."""
    words = ROLES_ALONE if act == "account.roles_set" and not facts.get("reaches") else WORDS.get(act)
    if words is None:
        return " · ".join((act, *(f"{name}: {said(name, value)}" for name, value in facts.items())))
    facts = _with_names(facts)
    return translate(words, {name: said(name, facts.get(name)) for name in PLACE.findall(words)}, language())


def _with_names(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """A procedure is called by its name; of old entries only the key is known."""
    return {**facts, "key": facts["name"]} if "key" in facts and "name" in facts else facts
