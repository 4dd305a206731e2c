"""What administrators settle about ways out of the house: channels, and the office's quiet hours."""

from sqlalchemy import delete, select

from engine.access.permissions import Permission, require
from engine.access.secret_keys import sealed
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.notifications.channels import KINDS, PURPOSE, BadChannel, address_problem, checked_target
from engine.notifications.deliveries import NewDelivery, plan, plan_held_again
from engine.notifications.model import Channel, ChannelTarget, QuietHours
from engine.notifications.moments import MINUTES_OF_A_DAY, as_typed

NAME_LENGTH = 80
LEAST_OPEN = 60  # minutes of a day in which what waits can leave


class ChannelNotFound(NotFound):
    code = "channel.not_found"
    message = _("There is no such channel, or not any more.")


class NoEmployee(Conflict):
    code = "channel.no_employee"
    message = _("A test goes to an employee, and your account belongs to none.")


class BadQuietHours(Invalid):
    code = "quiet_hours.bad"
    message = _("The quiet hours need a beginning and another moment as their end, such as 20:00 and 06:00.")


class NeverOpen(BadQuietHours):
    code = "quiet_hours.never_open"
    message = _("At least one hour of the day must stay open. Choose shorter quiet hours.")


def add_channel(work: UnitOfWork, name: str, kind: str, address: str) -> int:
    """A new way out of the house, off until somebody switches it on; its id. Raises BadChannel."""
    require(work.actor, Permission.KEEP_CHANNELS)
    name, address = one_line(name), address.strip()
    problems = [*_name_problems(work, name), *_kind_problems(work, kind)]
    if not problems:
        found = address_problem(kind, address, work.settings.channel_hosts, work.settings.webhooks.keys())
        problems = [found] if found else []
    if problems:
        raise BadChannel(problems)
    channel = Channel(
        name=name,
        kind=kind,
        sealed_address=sealed(address, work.settings.secret_key, PURPOSE),
        made_at=work.now,
        made_by=work.actor.name,
    )
    work.session.add(channel)
    work.session.flush()  # for its id
    record(work, "channel.added", "channel", channel.id, name=name)
    return channel.id


def switch_on(work: UnitOfWork, channel_id: int) -> None:
    channel = _channel(work, channel_id)
    channel.is_on = True
    record(work, "channel.switched_on", "channel", channel_id, name=channel.name)


def switch_off(work: UnitOfWork, channel_id: int) -> None:
    """Nothing goes out by it any more, not even what waits; targets are kept."""
    channel = _channel(work, channel_id)
    channel.is_on = False
    record(work, "channel.switched_off", "channel", channel_id, name=channel.name)


def delete_channel(work: UnitOfWork, channel_id: int) -> None:
    """With the targets that people gave for it."""
    channel = _channel(work, channel_id)
    work.session.execute(delete(ChannelTarget).where(ChannelTarget.channel_id == channel_id))
    work.session.delete(channel)
    record(work, "channel.deleted", "channel", channel_id, name=channel.name)


def try_channel(work: UnitOfWork, channel_id: int, target: str) -> None:
    """A message to the actor herself, also by a channel that is off; her target is kept as hers. Raises BadTarget."""
    channel = _channel(work, channel_id)
    employee_id = work.actor.employee_id
    if employee_id is None:
        raise NoEmployee
    work.session.merge(ChannelTarget(channel_id=channel_id, employee_id=employee_id, target=checked_target(target)))
    work.session.flush()  # the delivery may be read at once
    key = f"test:{channel_id}:{employee_id}:{work.now.isoformat()}"
    plan(work, [NewDelivery(key=key, employee_id=employee_id, way=str(channel_id), notice_ids=())])
    record(work, "channel.tested", "channel", channel_id, name=channel.name)


def keep_quiet_hours(work: UnitOfWork, from_minute: int | None, until_minute: int | None) -> None:
    """Nothing leaves the house between these minutes, also what is held already; raises BadQuietHours, NeverOpen."""
    require(work.actor, Permission.KEEP_CHANNELS)
    if from_minute is None or until_minute is None or from_minute == until_minute:
        raise BadQuietHours
    if (from_minute - until_minute) % MINUTES_OF_A_DAY < LEAST_OPEN:
        raise NeverOpen
    work.session.execute(delete(QuietHours))
    work.session.add(QuietHours(from_minute=from_minute, until_minute=until_minute))
    work.session.flush()  # what is held is planned by them at once
    plan_held_again(work)
    name = f"{as_typed(from_minute)}–{as_typed(until_minute)}"
    record(work, "quiet_hours.kept", "quiet_hours", None, name=name)


def drop_quiet_hours(work: UnitOfWork) -> None:
    """What waits only for their end goes out now."""
    require(work.actor, Permission.KEEP_CHANNELS)
    work.session.execute(delete(QuietHours))
    plan_held_again(work)
    record(work, "quiet_hours.dropped", "quiet_hours", None)


def _channel(work: UnitOfWork, channel_id: int) -> Channel:
    """Raises ChannelNotFound."""
    require(work.actor, Permission.KEEP_CHANNELS)
    channel = work.session.get(Channel, channel_id)
    if channel is None:
        raise ChannelNotFound
    return channel


def _name_problems(work: UnitOfWork, name: str) -> list[FieldProblem]:
    if not name or len(name) > NAME_LENGTH:
        message = _("Give the channel a name of at most %(longest)s characters.")
        return [FieldProblem(name="name", code="length", message=message, params={"longest": NAME_LENGTH})]
    if work.session.scalar(select(Channel.id).where(Channel.name == name)) is not None:
        return [FieldProblem(name="name", code="taken", message=_("Another channel has this name already."))]
    return []


def _kind_problems(work: UnitOfWork, kind: str) -> list[FieldProblem]:
    if kind not in KINDS or kind not in work.settings.channels:
        message = _("This kind of channel is not allowed here. TATAKERJA_CHANNELS says which ones are.")
        return [FieldProblem(name="kind", code="not_allowed", message=message)]
    return []
