"""What an instance says to others: messages to one, signals to all, escalations outwards."""

from engine.bpmn.graph import EventDefinition, EventKind, Node
from engine.runtime.catching import broadcast_signal, deliver_message
from engine.runtime.changes import MessageSent, SignalSent
from engine.runtime.run import Run
from engine.runtime.state import Activity, Wait
from engine.runtime.throwing import is_caught
from engine.runtime.variables import Variables
from engine.runtime.waits import correlation, event_name


def throw(run: Run, node: Node, thrower: Activity, event: EventDefinition, payload: Variables) -> None:
    """Tell what has happened to whoever may catch it; nobody has to."""
    if event.kind is EventKind.SIGNAL:
        send_signal(run, node, thrower, event, payload)
    elif event.kind is EventKind.MESSAGE:
        send_message(run, node, thrower, event, payload)
    elif event.kind is EventKind.ESCALATION:
        is_caught(run, EventKind.ESCALATION, event.name or "", thrower)


def send_message(run: Run, node: Node, sender: Activity, event: EventDefinition, payload: Variables) -> None:
    """To a receiver in this instance, else out into the world."""
    name, key = event_name(run, sender, event), correlation(run, sender, event)

    def is_meant(activity: Activity, wait: Wait) -> bool:
        return wait.correlation == key

    if not deliver_message(run, name, payload, is_meant):
        sent = MessageSent(node=node.id, element=node.bpmn_id, name=name, correlation=key, variables=payload)
        run.changes.append(sent)


def send_signal(run: Run, node: Node, sender: Activity, event: EventDefinition, payload: Variables) -> None:
    """To all: those in this instance hear it at once, the change tells the others."""
    name = event_name(run, sender, event)
    run.changes.append(SignalSent(element=node.bpmn_id, name=name, variables=payload))
    broadcast_signal(run, name, payload)
