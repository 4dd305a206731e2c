"""What states and ways of deliveries are called, and of whom a kind of notice speaks."""

from collections.abc import Mapping

from engine.notifications.channels import KINDS
from engine.notifications.deliveries import DIGEST, MAIL
from engine.notifications.groups import GROUP_NAMES, Group
from engine.notifications.model import DeliveryState, MailMode
from webui.texts import _


def state_words() -> dict[DeliveryState, str]:
    return {
        DeliveryState.UNCERTAIN: _("Uncertain"),
        DeliveryState.DEAD: _("Given up"),
        DeliveryState.WAITING: _("Waits"),
        DeliveryState.SENDING: _("Being sent"),
        DeliveryState.SENT: _("Sent"),
        DeliveryState.DROPPED: _("Dropped"),
    }


def way_words(channels: Mapping[str, str]) -> dict[str, str]:
    """Mail first, then the channels by name."""
    return {MAIL: _("E-mail"), DIGEST: _("Daily e-mail"), **channels}


def kind_words() -> dict[str, str]:
    return {kind: _(each.name) for kind, each in KINDS.items()}


def group_words() -> dict[Group, str]:
    return {group: _(name) for group, name in GROUP_NAMES.items()}


def mode_words() -> list[tuple[MailMode, str, str]]:
    return [
        (MailMode.AT_ONCE, _("At once"), _("A mail for each notice, as soon as it is written.")),
        (MailMode.DIGEST, _("Once a day"), _("One mail at your hour on working days, with what you have not read.")),
        (MailMode.NEVER, _("Never"), _("Notices stand in the application only.")),
    ]
