"""From a delivery to what goes out: the title, the number of the case and a link, by the way that was planned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.access.model import Account
from engine.access.secret_keys import Unsealable, unsealed
from engine.base.i18n import _, translate
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.notifications import wordings
from engine.notifications.channels import PURPOSE, WEBHOOK, filled_address
from engine.notifications.deliveries import DIGEST, MAIL
from engine.notifications.digest_letter import DigestLetter, Told, compose_digest
from engine.notifications.errands import AppriseErrand, Errand, MailErrand, WebhookErrand
from engine.notifications.failures import Refused
from engine.notifications.letter import Letter, address_of, compose
from engine.notifications.mail import MailRound
from engine.notifications.model import Channel, ChannelTarget, Delivery, Notice
from engine.notifications.queries import office_words
from engine.notifications.wordings import Words
from engine.organisation.model import Employee


class Unreadable(Refused):
    code = "channel.unreadable"
    message = _("The address of this channel was kept under another key of the server. Add the channel anew.")


class DestinationGone(Refused):
    code = "channel.destination_gone"
    message = _("The destination of this channel is not set up any more. See TATAKERJA_WEBHOOKS.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the deliveries of a round speak of and to whom, read once for all of them."""

    deliveries: Mapping[int, Delivery]
    readers: Mapping[int, Reader]
    notices: Mapping[int, Row[Any]]
    words: Words


def known_of(reading: Reading, delivery_ids: Collection[int]) -> Known:
    found = reading.session.scalars(select(Delivery).where(Delivery.id.in_(delivery_ids))).all()
    notice_ids = {notice_id for delivery in found for notice_id in delivery.notice_ids}
    return Known(
        deliveries={delivery.id: delivery for delivery in found},
        readers=_readers(reading, {delivery.employee_id for delivery in found}),
        notices=_notices_by_id(reading.session, notice_ids),
        words=office_words(reading.session),
    )


def composed(work: UnitOfWork, delivery: Delivery, known: Known, mails: MailRound) -> Errand | None:
    """None when there is nothing to send any more, or nobody to send it to; raises Refused or BadAddress."""
    if delivery.way in (DIGEST, MAIL):
        message = _digest(work, delivery, known) if delivery.way == DIGEST else _mail(work, delivery, known)
        return None if message is None else MailErrand(message=message, mails=mails)
    return _by_channel(work, delivery, known)


def _mail(work: UnitOfWork, delivery: Delivery, known: Known) -> EmailMessage | None:
    notices, reader = _notices(delivery, known), known.readers[delivery.employee_id]
    if not (notices and reader.email and work.settings.mail_is_on):
        return None
    told = _told(work, notices[0], known.words, reader.language)
    letter = Letter(
        name=_name(delivery),
        recipient=reader.email,
        title=told.title,
        number=told.number,
        path=told.path,
        sent_at=notices[0].created_at,
        language=reader.language,
    )
    return compose(letter, work.settings)


def _digest(work: UnitOfWork, delivery: Delivery, known: Known) -> EmailMessage | None:
    """What she has read meanwhile is not told again."""
    unread = [notice for notice in _notices(delivery, known) if notice.read_at is None]
    reader = known.readers[delivery.employee_id]
    if not (unread and reader.email and work.settings.mail_is_on):
        return None
    letter = DigestLetter(
        name=_name(delivery),
        recipient=reader.email,
        told=tuple(_told(work, notice, known.words, reader.language) for notice in unread),
        sent_at=delivery.created_at,
        language=reader.language,
    )
    return compose_digest(letter, work.settings)


def _by_channel(work: UnitOfWork, delivery: Delivery, known: Known) -> Errand | None:
    reader = known.readers[delivery.employee_id]
    channel = work.session.get(Channel, int(delivery.way))
    target = work.session.get(ChannelTarget, (int(delivery.way), delivery.employee_id))
    is_test = not delivery.notice_ids
    if channel is None or target is None or channel.kind not in work.settings.channels:
        return None
    if is_test:
        title = translate(_("A test message of TataKerja"), None, reader.language)
        return _channel_errand(work, delivery, channel, target.target, Told(title=title, number="", path="/"))
    notices = _notices(delivery, known)
    if not (notices and channel.is_on):
        return None
    told = _told(work, notices[0], known.words, reader.language)
    return _channel_errand(work, delivery, channel, target.target, told)


def _channel_errand(work: UnitOfWork, delivery: Delivery, channel: Channel, target: str, told: Told) -> Errand:
    try:
        address = unsealed(channel.sealed_address, work.settings.secret_key, PURPOSE)
    except Unsealable:
        raise Unreadable from None
    link = address_of(work.settings, told.path)
    if channel.kind == WEBHOOK:
        destination = work.settings.webhooks.get(address)
        if destination is None:
            raise DestinationGone
        content = {"target": target, "title": told.title, "number": told.number, "link": link}
        return WebhookErrand(destination=destination, name=_name(delivery), content=content, sent_at=work.now)
    return AppriseErrand(
        address=filled_address(address, target),
        title=told.title,
        body="\n".join(part for part in (told.number, link) if part),
        hosts=tuple(sorted(work.settings.channel_hosts)),
    )


def _told(work: UnitOfWork, notice: Row[Any], words: Words, language: str) -> Told:
    title = wordings.title(words, notice.kind, notice.facts, work.settings.zone, language)
    return Told(
        title=" ".join(title.split()), number=notice.facts.get("number", ""), path=f"/pemberitahuan/{notice.id}"
    )


def _notices(delivery: Delivery, known: Known) -> Sequence[Row[Any]]:
    """Her own, in their order; some may be gone by now."""
    found = (known.notices.get(notice_id) for notice_id in sorted(delivery.notice_ids))
    return [notice for notice in found if notice is not None and notice.employee_id == delivery.employee_id]


def _notices_by_id(session: Session, notice_ids: Collection[int]) -> Mapping[int, Row[Any]]:
    columns = (Notice.id, Notice.employee_id, Notice.kind, Notice.facts, Notice.created_at, Notice.read_at)
    return {row.id: row for row in session.execute(select(*columns).where(Notice.id.in_(notice_ids)))}


def _readers(reading: Reading, employee_ids: Collection[int]) -> Mapping[int, Reader]:
    """Each in the language of her account; who has none reads that of the office."""
    rows = reading.session.execute(
        select(Employee.id, Employee.email, Account.language)
        .outerjoin(Account, Account.employee_id == Employee.id)
        .where(Employee.id.in_(employee_ids))
    )
    return {row.id: Reader(email=row.email or "", language=row.language or reading.settings.language) for row in rows}


def _name(delivery: Delivery) -> str:
    return f"delivery-{delivery.id}"
