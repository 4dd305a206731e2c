"""Refusals of this room."""

from collections.abc import Sequence
from typing import Any

from engine.base.errors import Conflict, Invalid, NotFound
from engine.base.i18n import _
from engine.bpmn.problems import Problem


class DefinitionNotFound(NotFound):
    code = "definition.not_found"
    message = _("There is no procedure with this name.")


class VersionNotFound(NotFound):
    code = "definition.version_not_found"
    message = _("There is no such version of a procedure.")


class FormMissing(NotFound):
    code = "definition.form_missing"
    message = _("The form “%(key)s” is not part of this version.")


class Rejected(Invalid):
    """A file that cannot be kept; `problems` says all that is wrong with it."""

    code = "definition.rejected"
    message = _("This file cannot be accepted. Every problem is listed with its place and what to do.")

    def __init__(self, problems: Sequence[Problem], **params: Any) -> None:
        super().__init__(**params)
        self.problems = tuple(problems)


class NotReady(Conflict):
    code = "definition.not_ready"
    message = _("Version %(number)s cannot be published yet: something is still missing in it.")


class AlreadyPublished(Conflict):
    code = "definition.already_published"
    message = _("Version %(number)s is already in force.")
