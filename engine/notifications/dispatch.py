"""By which ways a notice leaves the house, as each reader wants it: at once, in her digest, by a channel.

Whoever tells people only writes the notices; this is decided by a job, so that nobody waits for it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, or_, select

from engine.base.rows import insert_rows
from engine.base.settings import Settings
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.queries import working_hours
from engine.jobs.model import Job, JobState
from engine.jobs.operations import NewJob, leave_to_tick, schedule_again
from engine.notifications.deliveries import DIGEST, MAIL, NewDelivery, plan
from engine.notifications.groups import group_of
from engine.notifications.model import Channel, ChannelTarget, GatheredNotice, MailMode, Notice, NoticePreference
from engine.notifications.moments import next_digest
from engine.organisation.model import Employee

DISPATCH_JOB = "notices.dispatch"
DIGEST_JOB = "notices.digest"
A_MOMENT = timedelta(seconds=2)


def ways_are_on(settings: Settings) -> bool:
    return settings.mail_is_on or bool(settings.channels)


def let_out(work: UnitOfWork, keys: Sequence[str]) -> None:
    """Decide later, soon, and once, by which ways the notices written now under these keys leave the house."""
    name = f"{sha256(chr(10).join(keys).encode()).hexdigest()}:{work.now.isoformat()}"
    payload = {"keys": list(keys), "since": work.now.isoformat()}
    leave_to_tick(work, [NewJob(kind=DISPATCH_JOB, key=f"{DISPATCH_JOB}:{name}", due_at=work.now, payload=payload)])


def dispatch(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    dispatch_many(work, [payload])


def dispatch_many(work: UnitOfWork, payloads: Sequence[Mapping[str, Any]]) -> None:
    """Plan what leaves at once, and put by what waits for a digest."""
    notices = _notices(work, payloads)
    targets = _targets(work, {notice.employee_id for notice in notices})
    plan(work, [*_mails(work, notices), *_by_channels(notices, targets)])
    gathered = [notice for notice in notices if notice.mail == MailMode.DIGEST and notice.email]
    rows = [{"notice_id": notice.id, "employee_id": notice.employee_id} for notice in gathered]
    insert_rows(work.session, GatheredNotice, rows, "ON CONFLICT (notice_id) DO NOTHING")


def dispatch_one(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """What an earlier version of the program had planned as a job for a single mail."""
    dispatch(work, {"notice_ids": [payload["notice_id"]]})


def digest(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """One mail about what has gathered, on working days; whoever has no digest any more gets the last of it."""
    employee_id = payload["employee_id"]
    if "until" in payload and _some_wait(work, datetime.fromisoformat(payload["until"])):
        schedule_again(work, DIGEST_JOB, digest_key(employee_id), work.now + A_MOMENT, payload)
        return
    wish = work.session.get(NoticePreference, employee_id)
    if wish is not None and wish.mail == MailMode.DIGEST:
        hours = working_hours(work.session, work.settings.zone)
        schedule_digest(work, employee_id, wish.digest_minute or 0)
        if not hours.is_working_day(hours.day_of(work.now)):
            return
    gathered = _taken(work, employee_id)
    if gathered and work.settings.mail_is_on:
        key = f"{DIGEST}:{employee_id}:{work.now.isoformat()}"
        plan(work, [NewDelivery(key=key, employee_id=employee_id, way=DIGEST, notice_ids=tuple(sorted(gathered)))])


def schedule_digest(work: UnitOfWork, employee_id: int, minute: int) -> None:
    """The next one, at her hour."""
    due_at = next_digest(work.now, minute, working_hours(work.session, work.settings.zone))
    payload = {"employee_id": employee_id, "until": due_at.isoformat()}
    schedule_again(work, DIGEST_JOB, digest_key(employee_id), due_at, payload)


def digest_key(employee_id: int) -> str:
    return f"{DIGEST_JOB}:{employee_id}"


def _some_wait(work: UnitOfWork, until: datetime) -> bool:
    """Whether it is still to be decided by which ways something leaves that was told before then."""
    told_before = (Job.kind == DISPATCH_JOB) & (Job.state == JobState.WAITING) & (Job.due_at < until)
    return work.session.scalar(select(Job.id).where(told_before).limit(1)) is not None


def _notices(work: UnitOfWork, payloads: Sequence[Mapping[str, Any]]) -> Sequence[Row[Any]]:
    """Of those who still work here, without what their readers want to keep in the house.

    Whoever was told before under a key is not told again. Earlier versions of the program name ids.
    """
    since = _first_told(payloads)
    ids = {notice_id for each in payloads for notice_id in each.get("notice_ids", ())}
    today = work.today
    rows = work.session.execute(
        select(
            Notice.id,
            Notice.key,
            Notice.kind,
            Notice.created_at,
            Notice.employee_id,
            Employee.email,
            NoticePreference.mail,
            NoticePreference.muted,
        )
        .join(Employee, Employee.id == Notice.employee_id)
        .outerjoin(NoticePreference, NoticePreference.employee_id == Notice.employee_id)
        .where(or_(Notice.id.in_(ids), Notice.key.in_(since)))
        .where(or_(Employee.left_on.is_(None), Employee.left_on > today))
        .order_by(Notice.id)
    ).all()
    new = (row for row in rows if row.id in ids or row.created_at >= since[row.key])
    return [row for row in new if group_of(row.kind) not in (row.muted or ())]


def _first_told(payloads: Sequence[Mapping[str, Any]]) -> Mapping[str, datetime]:
    """Since when each key is told: some are told again before these are sorted."""
    first: dict[str, datetime] = {}
    for each in payloads:
        for key in each.get("keys", ()):
            told_at = datetime.fromisoformat(each["since"])
            first[key] = min(told_at, first.get(key, told_at))
    return first


def _mails(work: UnitOfWork, notices: Sequence[Row[Any]]) -> Iterator[NewDelivery]:
    """At once is what everybody gets who has not said otherwise."""
    for notice in notices:
        if work.settings.mail_is_on and notice.email and notice.mail in (None, MailMode.AT_ONCE):
            yield _delivery(notice, MAIL)


def _by_channels(notices: Sequence[Row[Any]], targets: Mapping[int, Sequence[int]]) -> Iterator[NewDelivery]:
    for notice in notices:
        for channel_id in targets.get(notice.employee_id, ()):
            yield _delivery(notice, str(channel_id))


def _delivery(notice: Row[Any], way: str) -> NewDelivery:
    # The notice's key says which event it is about, and to whom: so one event goes out once, whatever else happens.
    return NewDelivery(key=f"{way}:{notice.key}", employee_id=notice.employee_id, way=way, notice_ids=(notice.id,))


def _targets(work: UnitOfWork, employee_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """At which channels that are on somebody gave a target."""
    if not (work.settings.channels and employee_ids):
        return {}
    rows = work.session.execute(
        select(ChannelTarget.employee_id, ChannelTarget.channel_id)
        .join(Channel, Channel.id == ChannelTarget.channel_id)
        .where(ChannelTarget.employee_id.in_(employee_ids), Channel.is_on, Channel.kind.in_(work.settings.channels))
        .order_by(ChannelTarget.channel_id)
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.employee_id, []).append(row.channel_id)
    return found


def _taken(work: UnitOfWork, employee_id: int) -> list[int]:
    """What has gathered; it is not listed again."""
    taken = work.session.scalars(
        delete(GatheredNotice).where(GatheredNotice.employee_id == employee_id).returning(GatheredNotice.notice_id)
    )
    return list(taken)
