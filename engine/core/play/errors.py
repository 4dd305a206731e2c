"""What a play refuses; nothing has changed when one of these is raised."""

from engine.base.errors import Conflict, Invalid, NotFound, Unavailable
from engine.base.i18n import _


class NotACommand(Invalid):
    code = "play.not_a_command"
    message = _("This line is not a command: write one JSON object with “do”, such as {“do”: “state”}.")


class LineTooLong(Invalid):
    code = "play.line_too_long"
    message = _("This line is longer than %(limit)s MB.")


class UnknownCommand(Invalid):
    code = "play.unknown_command"
    message = _("There is no command “%(name)s”. These are known: %(known)s.")


class FieldMissing(Invalid):
    code = "play.field_missing"
    message = _("This command needs “%(field)s”.")


class DiagramMissing(Invalid):
    code = "play.diagram_missing"
    message = _("A decision table or a form is brought together with its diagram: name both, diagram.bpmn table.dmn.")


class FieldWrong(Invalid):
    code = "play.field_wrong"
    message = _("“%(field)s” cannot be used: it must be %(expected)s.")


class ProcessUnknown(NotFound):
    code = "play.process_unknown"
    message = _("No process “%(process)s” has been loaded.")


class ActivityUnknown(NotFound):
    code = "play.activity_unknown"
    message = _("There is no element “%(activity)s” in the diagram of this case.")


class NotOpen(Conflict):
    code = "play.not_open"
    message = _("“%(activity)s” is not open.")


class NotWaiting(Conflict):
    code = "play.not_waiting"
    message = _("Nothing waits at “%(activity)s”.")


class NothingToDo(Conflict):
    code = "play.nothing_to_do"
    message = _("There is nothing here to which that could be done now.")


class SayWhich(Conflict):
    code = "play.say_which"
    message = _("Say which one: %(which)s.")


class NothingDue(Conflict):
    code = "play.nothing_due"
    message = _("Nothing waits for a moment to come.")


class TooMuch(Conflict):
    code = "play.too_much"
    message = _("More than %(most)s things would happen. Advance in smaller steps, or look for a circle.")


class Unexpected(Unavailable):
    code = "play.unexpected"
    message = _("Something went wrong that should not: %(reason)s. Nothing has changed.")


class TooFar(Invalid):
    code = "play.too_far"
    message = _("The clock cannot be moved beyond the year 9999.")
