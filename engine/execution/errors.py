"""Refusals of this room."""

from engine.base.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.base.i18n import _


class CaseNotFound(NotFound):
    code = "case.not_found"
    message = _("There is no such case.")


class CaseOver(Conflict):
    code = "case.over"
    message = _("Case %(number)s has already ended.")


class NothingInForce(Conflict):
    code = "case.nothing_in_force"
    message = _("No version of “%(name)s” is in force, so no case can start.")


class NoTitle(Invalid):
    code = "case.no_title"
    message = _("Give the case a title, so that others know what it is about.")


class NoReason(Invalid):
    code = "case.no_reason"
    message = _("Say why, so that those who worked on it understand.")


class IncidentNotFound(NotFound):
    code = "incident.not_found"
    message = _("There is no such incident.")


class IncidentOver(Conflict):
    code = "incident.over"
    message = _("This incident has already been dealt with.")


class MessageGone(NotFound):
    code = "message.gone"
    message = _("This message waits no more: somebody has taken it, its time is over, or it was deleted.")


class NobodyWaits(NotFound):
    code = "message.nobody_waits"
    message = _("No case waits for the message “%(name)s”.")


class NoAnswers(Invalid):
    code = "work_item.no_answers"
    message = _("This task has no form, so it takes no answers.")


class FilesMissing(Invalid):
    code = "work_item.files_missing"
    message = _("Attach what this step needs before you send it: %(files)s. What you filled in stays.")


class PersonsStep(Conflict):
    code = "repair.persons_step"
    message = _(
        "“%(name)s” is a person's step, and only its holder can complete it. Mend the cause and try again, or let the "
        "case continue at another step."
    )


class NothingChanged(Invalid):
    code = "repair.nothing_changed"
    message = _("Say at least one value that is to change.")


class BeginsByItself(NotAllowed):
    code = "case.begins_by_itself"
    message = _("Nobody starts this procedure by hand: it begins by itself. Its page shows what begins it.")
