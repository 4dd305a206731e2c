"""From a delivery to what goes out: the title, the number of the case and a link, by the way that was planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from engine.access.model import Account
from engine.access.secret_keys import Unsealable, unsealed
from engine.base.i18n import _, translate
from engine.base.unit_of_work import UnitOfWork
from engine.notifications import wordings
from engine.notifications.channels import PURPOSE, WEBHOOK, filled_address
from engine.notifications.deliveries import DIGEST, MAIL
from engine.notifications.digest_letter import DigestLetter, Told, compose_digest
from engine.notifications.errands import AppriseErrand, Errand, MailErrand, WebhookErrand
from engine.notifications.failures import Refused
from engine.notifications.letter import Letter, address_of, compose
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


def composed(work: UnitOfWork, delivery: Delivery) -> Errand | None:
    """None when there is nothing to send any more, or nobody to send it to; raises Refused or BadAddress."""
    reader = _reader(work, delivery.employee_id)
    words = office_words(work.session)
    if delivery.way == DIGEST:
        return _digest(work, delivery, reader, words)
    if delivery.way == MAIL:
        return _mail(work, delivery, reader, words)
    return _by_channel(work, delivery, reader, words)


def _mail(work: UnitOfWork, delivery: Delivery, reader: Reader, words: Words) -> Errand | None:
    notices = _notices(work, delivery)
    if not (notices and reader.email and work.settings.mail_is_on):
        return None
    told = _told(work, notices[0], words, reader.language)
    letter = Letter(
        name=_name(delivery),
        recipient=reader.email,
        title=told.title,
        number=told.number,
        path=told.path,
        sent_at=notices[0].created_at,
        language=reader.language,
    )
    return MailErrand(message=compose(letter, work.settings), settings=work.settings)


def _digest(work: UnitOfWork, delivery: Delivery, reader: Reader, words: Words) -> Errand | None:
    """What she has read meanwhile is not told again."""
    unread = [notice for notice in _notices(work, delivery) if notice.read_at is None]
    if not (unread and reader.email and work.settings.mail_is_on):
        return None
    letter = DigestLetter(
        name=_name(delivery),
        recipient=reader.email,
        told=tuple(_told(work, notice, words, reader.language) for notice in unread),
        sent_at=delivery.created_at,
        language=reader.language,
    )
    return MailErrand(message=compose_digest(letter, work.settings), settings=work.settings)


def _by_channel(work: UnitOfWork, delivery: Delivery, reader: Reader, words: Words) -> Errand | None:
    channel = work.session.get(Channel, int(delivery.way))
    target = work.session.get(ChannelTarget, (int(delivery.way), delivery.employee_id))
    is_test = not delivery.notice_ids
    if channel is None or target is None or channel.kind not in work.settings.channels:
        return None
    if is_test:
        title = translate(_("A test message of TataKerja"), None, reader.language)
        return _channel_errand(work, delivery, channel, target.target, Told(title=title, number="", path="/"))
    notices = _notices(work, delivery)
    if not (notices and channel.is_on):
        return None
    return _channel_errand(work, delivery, channel, target.target, _told(work, notices[0], words, reader.language))


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


def _notices(work: UnitOfWork, delivery: Delivery) -> Sequence[Row[Any]]:
    return work.session.execute(
        select(Notice.id, Notice.kind, Notice.facts, Notice.created_at, Notice.read_at)
        .where(Notice.id.in_(delivery.notice_ids), Notice.employee_id == delivery.employee_id)
        .order_by(Notice.id)
    ).all()


def _reader(work: UnitOfWork, employee_id: int) -> Reader:
    """In the language of her account; who has none reads that of the office."""
    row = work.session.execute(
        select(Employee.email, Account.language)
        .outerjoin(Account, Account.employee_id == Employee.id)
        .where(Employee.id == employee_id)
    ).one()
    return Reader(email=row.email or "", language=row.language or work.settings.language)


def _name(delivery: Delivery) -> str:
    return f"delivery-{delivery.id}"
