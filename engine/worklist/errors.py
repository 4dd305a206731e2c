"""Refusals of this room."""

from engine.base.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.base.i18n import _


class WorkItemNotFound(NotFound):
    code = "work_item.not_found"
    message = _("There is no such task.")


class AlreadyClosed(Conflict):
    """`closed_at` is an ISO instant; the door shows it in the office's words."""

    code = "work_item.already_closed"
    message = _("%(closed_by)s has already completed this task.")


class Cancelled(Conflict):
    code = "work_item.cancelled"
    message = _("This task is not needed any more: the case went another way.")


class AlreadyClaimed(Conflict):
    code = "work_item.already_claimed"
    message = _("%(name)s has already taken this task.")


class NoQueue(Conflict):
    code = "work_item.no_queue"
    message = _("This task was given to one person by name, so there is no queue to lay it back into. Hand it over.")


class NotARecipient(Invalid):
    code = "work_item.not_a_recipient"
    message = _("This task cannot be handed to this person today. Choose someone of the list.")


class MayNotDoIt(NotAllowed):
    """The work is in the right hands by its position, and yet this person may not do it."""

    code = "work_item.may_not_do_it"
    message = _("You may not do this task.")
