"""Words of BPMN that stand inside sentences and are translated with them."""

from collections.abc import Mapping

from engine.base.i18n import _

_TRIGGERS = {
    "message": _("message"),
    "timer": _("timer"),
    "signal": _("signal"),
    "error": _("error"),
    "escalation": _("escalation"),
    "conditional": _("condition"),
    "compensate": _("compensation"),
    "cancel": _("cancel"),
    "terminate": _("terminate"),
    "link": _("link"),
}


def trigger_word(trigger: str) -> Mapping[str, str]:
    """A param that is translated together with its sentence."""
    return {"message": _TRIGGERS.get(trigger, trigger)}
