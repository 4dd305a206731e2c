"""Refusals of this room."""

from datetime import datetime

from engine.base.errors import Conflict, Invalid, NotAllowed
from engine.base.i18n import _


class NothingToGive(Invalid):
    code = "staffing.nothing_to_give"
    message = _("%(position)s has no job description on %(day)s. Write down its duties first.")


class AlreadyGiven(Conflict):
    code = "staffing.already_given"
    message = _("%(name)s has a sheet with exactly these duties already.")


class NotYourOwnSheet(NotAllowed):
    code = "staffing.not_your_own_sheet"
    message = _("Nobody signs her own sheet. Your superior signs it, here or on paper.")


class OnlyTheReceiver(NotAllowed):
    code = "staffing.only_the_receiver"
    message = _("Only the employee to whom the duties are given acknowledges the sheet.")


class AlreadySigned(Conflict):
    """`signed_at` is an ISO instant."""

    code = "staffing.already_signed"
    message = _("%(signed_by)s has signed this sheet already.")


class CopyKeptAlready(Conflict):
    """Of a sheet that names no superior: who signed it, only the paper says."""

    code = "staffing.copy_kept_already"
    message = _("The signed copy of this sheet is kept already.")


def signed_before(signed_by: str | None, signed_at: datetime) -> Conflict:
    if signed_by is None:
        return CopyKeptAlready()
    return AlreadySigned(signed_by=signed_by, signed_at=signed_at.isoformat())


class NotSignedYet(Conflict):
    code = "staffing.not_signed_yet"
    message = _("This sheet is not signed yet. You acknowledge it after your superior has signed.")


class NotAScan(Invalid):
    code = "staffing.not_a_scan"
    message = _("Upload the signed sheet as PDF, or as a photograph (JPEG, PNG).")
