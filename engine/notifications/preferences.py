"""How a person wants to hear: by mail at once, in a digest or never; what stays in the house; her own targets."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.settings import Settings
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import cancel_by_key, schedule_again
from engine.notifications.channels import KINDS, BadTarget, checked_target
from engine.notifications.dispatch import DIGEST_JOB, digest_key, schedule_digest
from engine.notifications.groups import Group
from engine.notifications.model import Channel, ChannelTarget, GatheredNotice, MailMode, NoticePreference

USUAL_MINUTE = 7 * 60 + 30


class NoNotices(Conflict):
    code = "preference.no_notices"
    message = _("Your account belongs to no employee, so there are no notices to send you.")


class BadPreference(Invalid):
    code = "preference.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`digest_minute` counts from midnight; `muted` are groups of notices that stay in the house."""

    mail: MailMode = MailMode.AT_ONCE
    digest_minute: int | None = None
    muted: frozenset[Group] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChannel:
    """A channel that is on, with what its target is, and the one that she gave."""

    channel_id: int
    name: str
    hint: str
    target: str


def wish_of(session: Session, employee_id: int) -> Wish:
    row = session.get(NoticePreference, employee_id)
    if row is None:
        return Wish()
    known = frozenset(Group(name) for name in row.muted if name in set(Group))
    return Wish(mail=MailMode(row.mail), digest_minute=row.digest_minute, muted=known)


def own_channels(session: Session, settings: Settings, employee_id: int) -> tuple[OwnChannel, ...]:
    rows = session.execute(
        select(Channel.id, Channel.name, Channel.kind, ChannelTarget.target)
        .outerjoin(ChannelTarget, (ChannelTarget.channel_id == Channel.id) & (ChannelTarget.employee_id == employee_id))
        .where(Channel.is_on, Channel.kind.in_(settings.channels))
        .order_by(Channel.name)
    )
    return tuple(
        OwnChannel(channel_id=row.id, name=row.name, hint=KINDS[row.kind].target, target=row.target or "")
        for row in rows
    )


def keep_choice(
    work: UnitOfWork, mail: str, digest_minute: int | None, muted: Collection[str], targets: Mapping[int, str]
) -> None:
    """Hers alone: how mail comes, what stays in the house, and where channels reach her; an empty target is withdrawn.

    Raises BadPreference with all that is wrong. What has gathered for a digest that she wants no more comes in a last
    one.
    """
    employee_id = _employee_id(work)
    known = {channel.channel_id: channel for channel in own_channels(work.session, work.settings, employee_id)}
    given = {channel_id: targets[channel_id].strip() for channel_id in known.keys() & targets.keys()}
    changed = {channel_id: text for channel_id, text in given.items() if text != known[channel_id].target}
    problems = [*_problems_of_mail(mail, digest_minute), *_problems_of_targets(changed)]
    if problems:
        raise BadPreference(problems)
    _keep_wish(work, employee_id, mail, digest_minute, muted)
    for channel_id, text in changed.items():
        _keep_target(work, channel_id, employee_id, text)


def _problems_of_mail(mail: str, digest_minute: int | None) -> Iterator[FieldProblem]:
    if mail not in set(MailMode):
        yield FieldProblem(name="mail", code="unknown", message=_("Choose how mail should come."))
    if mail == MailMode.DIGEST and digest_minute is None:
        yield FieldProblem(name="digest_at", code="no_time", message=_("Give the time of day as in 07:30."))


def _problems_of_targets(targets: Mapping[int, str]) -> Iterator[FieldProblem]:
    for channel_id, text in sorted(targets.items()):
        try:
            if text:
                checked_target(text)
        except BadTarget as refusal:
            yield FieldProblem(name=f"target-{channel_id}", code=refusal.code, message=refusal.message)


def _keep_wish(
    work: UnitOfWork, employee_id: int, mail: str, digest_minute: int | None, muted: Collection[str]
) -> None:
    kept = sorted(group.value for group in Group if group.value in muted)
    work.session.merge(
        NoticePreference(employee_id=employee_id, mail=MailMode(mail), digest_minute=digest_minute, muted=kept)
    )
    work.session.flush()  # the digest's job may read it at once
    _plan_digest(work, employee_id, mail, digest_minute)
    record(work, "notices.preference_kept", "employee", employee_id)


def _keep_target(work: UnitOfWork, channel_id: int, employee_id: int, text: str) -> None:
    if text:
        target = ChannelTarget(channel_id=channel_id, employee_id=employee_id, target=checked_target(text))
        work.session.merge(target)
        record(work, "notices.target_given", "channel", channel_id)
        return
    mine = (ChannelTarget.channel_id == channel_id, ChannelTarget.employee_id == employee_id)
    work.session.execute(delete(ChannelTarget).where(*mine))
    record(work, "notices.target_withdrawn", "channel", channel_id)


def _plan_digest(work: UnitOfWork, employee_id: int, mail: str, minute: int | None) -> None:
    if mail == MailMode.DIGEST and minute is not None:
        schedule_digest(work, employee_id, minute)
    elif mail == MailMode.AT_ONCE:
        schedule_again(work, DIGEST_JOB, digest_key(employee_id), work.now, {"employee_id": employee_id})
    else:
        work.session.execute(delete(GatheredNotice).where(GatheredNotice.employee_id == employee_id))
        cancel_by_key(work, digest_key(employee_id))


def _employee_id(work: UnitOfWork) -> int:
    if work.actor.employee_id is None:
        raise NoNotices
    return work.actor.employee_id
