"""A message reaches its one receiver: the case that waits for it, else the procedure that begins with it."""

from sqlalchemy import ColumnElement, select

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import EventKind
from engine.definitions.triggers import triggers_named
from engine.execution.advance import OVER, locked_instance, move
from engine.execution.conversations import Message, receivers
from engine.execution.model import Instance, Subscription
from engine.execution.starts import start_on_message
from engine.runtime.changes import Awaited
from engine.runtime.errors import AlreadyClosed, NotAwaited
from engine.runtime.stimuli import DeliverMessage


def reach(work: UnitOfWork, message: Message) -> int | None:
    """The instance that has the message now; None when there is nobody yet."""
    instance_id = _given(work, message)
    if instance_id is None and message.bound_to is None:
        started = start_on_message(work, message)
        instance_id = started.instance_id if started else None
    if instance_id is not None:
        note_arrival(work, message, instance_id)
    return instance_id


def note_arrival(work: UnitOfWork, message: Message, instance_id: int) -> None:
    record(work, "message.delivered", "instance", instance_id, instance_id, name=message.name)
    if message.sender_id not in (None, instance_id):
        number = work.session.get_one(Instance, instance_id).number
        record(work, "message.arrived", "instance", message.sender_id, message.sender_id, name=message.name, to=number)


def has_receiver(work: UnitOfWork, message: Message) -> bool:
    """Whether somebody waits, or would begin, now."""
    if any(_first_waiting(work, message, wanted, set()) for wanted in receivers(message)):
        return True
    return message.bound_to is None and bool(triggers_named(work.session, EventKind.MESSAGE, message.name))


def _given(work: UnitOfWork, message: Message) -> int | None:
    """Of those it is meant for, the first that still waits when its case is locked: nobody is asked twice."""
    asked: set[int] = set()
    for wanted in receivers(message):
        while (wait := _first_waiting(work, message, wanted, asked)) is not None:
            asked.add(wait.id)
            if _accepted(work, message, wait):
                return wait.instance_id
    return None


def _first_waiting(
    work: UnitOfWork, message: Message, wanted: ColumnElement[bool], asked: set[int]
) -> Subscription | None:
    query = (
        select(Subscription)
        .join(Instance, Instance.id == Subscription.instance_id)
        .where(Subscription.awaited == Awaited.MESSAGE, Subscription.name == message.name, wanted)
        .order_by(Subscription.id)
        .limit(1)
    )
    return work.session.scalar(query.where(Subscription.id.not_in(asked)) if asked else query)


def _accepted(work: UnitOfWork, message: Message, wait: Subscription) -> bool:
    """Refused, the lock on the case is let go with the savepoint: whoever asks on holds no other case."""
    subscription_id, instance_id, activity_id = wait.id, wait.instance_id, wait.activity_id
    try:
        with work.session.begin_nested():
            instance = locked_instance(work, instance_id)
            still = select(Subscription.id).where(Subscription.id == subscription_id)
            if instance.state in OVER or work.session.scalar(still) is None:
                raise NotAwaited(name=message.name)
            move(work, instance, DeliverMessage(message.name, message.variables, activity_id))
    except (NotAwaited, AlreadyClosed):
        return False
    return True
