"""How long a message is kept for somebody who does not wait for it yet."""

from datetime import timedelta

from engine.base.settings import Settings
from engine.bpmn.graph import EventKind, Node
from engine.expressions.times import parse_duration


def usual_lifetime(settings: Settings) -> timedelta:
    return timedelta(days=settings.message_days)


def lifetime_of(node: Node, settings: Settings) -> timedelta:
    """As the drawing says at the message that this node sends, else the office's usual time."""
    said = (event.lifetime for event in node.events if event.kind is EventKind.MESSAGE and event.lifetime)
    text = next(said, None)
    return parse_duration(text) if text else usual_lifetime(settings)
