"""Refusals of a stimulus: nothing has changed when one of these is raised."""

from engine.base.errors import Conflict, Invalid, NotFound
from engine.base.i18n import _


class AlreadyClosed(Conflict):
    code = "runtime.already_closed"
    message = _("This step is no longer open: the case has moved on.")


class NotDue(Conflict):
    code = "runtime.not_due"
    message = _("This timer is not due before %(due_at)s.")


class NotAwaited(Conflict):
    code = "runtime.not_awaited"
    message = _("Nothing in this case waits for “%(name)s”.")


class NotOffered(Conflict):
    code = "runtime.not_offered"
    message = _("“%(target)s” cannot be chosen here, or no longer.")


class NotFailed(Conflict):
    code = "runtime.not_failed"
    message = _("This step has no fault that could be retried.")


class CannotComplete(Conflict):
    code = "runtime.cannot_complete"
    message = _("“%(name)s” cannot be completed by hand: move the case to the step where it continues.")


class CannotMove(Invalid):
    code = "runtime.cannot_move"
    message = _(
        "The case cannot continue at “%(target)s” from here: choose an element of the same part of the diagram."
    )


class MoveAcrossBranches(CannotMove):
    code = "runtime.move_across_branches"
    message = _(
        "“%(source)s” and “%(target)s” do not stand on the same parallel branch (see “%(between)s”). "
        "The case would wait there for ever, or do a step twice."
    )


class MoveOfOnePass(CannotMove):
    code = "runtime.move_of_one_pass"
    message = _("“%(source)s” is one of several passes through a step that is repeated: it cannot leave them alone.")


class MoveOffTheFlow(CannotMove):
    code = "runtime.move_off_the_flow"
    message = _("“%(source)s” was begun by an event and returns to no sequence flow: it can be completed or retried.")


class UnknownProcess(NotFound):
    code = "runtime.unknown_process"
    message = _("There is no process “%(process)s” in this diagram.")


class StartNotChosen(Invalid):
    code = "runtime.start_not_chosen"
    message = _("This process cannot begin by itself: say at which of its start events.")


class UnacceptableVariables(Invalid):
    code = "runtime.unacceptable_variables"
    message = _("These data cannot be kept: %(reason)s")


class UnreadableState(Conflict):
    code = "runtime.unreadable_state"
    message = _("The stored state of this case was written by another version of the program.")
