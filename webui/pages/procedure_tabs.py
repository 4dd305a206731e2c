"""The parts of the procedures, as each person may see them."""

from flask import url_for

from engine.access.permissions import Permission, allows
from webui.identity import current_actor
from webui.texts import _


def procedure_tabs(current: str) -> list[tuple[str, str, bool, None, str]]:
    """None for whoever has the register only; `current` is the endpoint that she has open."""
    if not allows(current_actor(), Permission.SEE_PLANS):
        return []
    labels = {"procedures.index": _("Register"), "start_plans.index": _("Planned starts")}
    return [(label, url_for(endpoint), endpoint == current, None, "") for endpoint, label in labels.items()]
