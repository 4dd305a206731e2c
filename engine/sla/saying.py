"""What a rung did, as the trail and the journey of its case say it."""

from collections.abc import Mapping
from typing import Any

from engine.base.i18n import _
from engine.sla.deeds import Deed
from engine.sla.model import RungAction

TEXTS: Mapping[RungAction, str] = {
    RungAction.REMIND_HOLDER: _("reminded %(names)s: “%(title)s” is late"),
    RungAction.TELL_SUPERIOR: _("told the superior that “%(title)s” is late: %(names)s"),
    RungAction.TELL_HEAD: _("told the head above that “%(title)s” is late: %(names)s"),
    RungAction.OFFER_TO_POOL: _("offered “%(title)s” to all who may take it: %(names)s"),
    RungAction.REASSIGN_TO_SUPERIOR: _("gave “%(title)s” to the superior: %(names)s"),
}
BEFORE_IT_IS_DUE: Mapping[RungAction, str] = {
    **TEXTS,
    RungAction.REMIND_HOLDER: _("reminded %(names)s: “%(title)s” is due soon"),
    RungAction.TELL_SUPERIOR: _("told the superior that “%(title)s” is due soon: %(names)s"),
    RungAction.TELL_HEAD: _("told the head above that “%(title)s” is due soon: %(names)s"),
}
BESIDES = _("%(did)s (%(why)s)")


def said(deed: Deed, title: str, *, is_late: bool) -> dict[str, Any]:
    """A text with its params; with the reason where something else was done than the rung says."""
    text = (TEXTS if is_late else BEFORE_IT_IS_DUE)[deed.action]
    names = ", ".join(sorted(deed.told.values())) or "–"
    did = {"message": text, "params": {"title": title, "names": names}}
    if deed.why is None:
        return did
    return {"message": BESIDES, "params": {"did": did, "why": deed.why.as_json()}}
