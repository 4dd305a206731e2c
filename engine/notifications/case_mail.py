"""The service task `send_email`: a mail that the diagram writes, to people of the office or to an address."""

from collections.abc import Collection, Iterator, Mapping
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from engine.access.model import Account
from engine.base.i18n import _
from engine.base.text import lines, one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.model import Instance
from engine.execution.services import Answer, Look
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.notifications.letter import envelope
from engine.notifications.mail import deliver
from engine.organisation.finding import find_positions
from engine.organisation.model import Employee
from engine.organisation.queries import find_employee_by_nip, holders_of
from engine.runtime.stimuli import ServiceDone

MOST_RECIPIENTS = 20
LONGEST_ADDRESS = 254
LONGEST_BODY = 50_000


class MailNotSetUp(Hopeless):
    code = "mail.not_set_up"
    message = _("No mail server is set up. Set TATAKERJA_SMTP_HOST, start the workers anew, then try again.")


class UnknownRecipient(Hopeless):
    code = "mail.unknown_recipient"
    message = _("Nobody is known as “%(who)s”: it is no NIP, user name, position or e-mail address of today.")


class NoAddressKnown(Hopeless):
    code = "mail.no_address"
    message = _("No e-mail address is known of “%(who)s”. Add it to the organisation's file.")


class NobodyToWriteTo(Hopeless):
    code = "mail.nobody"
    message = _("The mail has no recipient, or more than %(limit)s.")


class PartlyRefused(Hopeless):
    code = "mail.partly_refused"
    message = _("The mail went out, but the mail server refused it for: %(refused)s")


def send_email(look: Look, job: JobCall) -> Answer:
    """Done when the mail server has taken it for everybody; raises MailNotDelivered for what may mend itself."""
    with look() as reading:
        settings = reading.settings
        if not settings.mail_is_on:
            raise MailNotSetUp
        addresses = addresses_of(reading, job.payload)
        message = _written(reading, job, addresses)
    refused = deliver(message, settings)
    if refused:
        raise PartlyRefused(refused="; ".join(f"{address} ({answer})" for address, answer in refused.items()))
    return ServiceDone(job.payload["activity_id"], {"penerima": addresses})


def addresses_of(reading: Reading, payload: Mapping[str, Any]) -> list[str]:
    """Where the mail goes; whoever is named twice gets it once."""
    everyone = names_in(payload["parameters"].get("to"))
    if not everyone:
        raise NobodyToWriteTo(limit=MOST_RECIPIENTS)
    unit_id = reading.session.get_one(Instance, payload["instance_id"]).unit_id
    found = list(dict.fromkeys(address for who in everyone for address in _addresses(reading, who, unit_id)))
    if len(found) > MOST_RECIPIENTS:
        raise NobodyToWriteTo(limit=MOST_RECIPIENTS)
    return found


def names_in(said: Any) -> list[str]:
    """Whom a diagram names: one, or a list."""
    names = [one_line(str(who)) for who in (said if isinstance(said, list) else [said]) if who]
    if len(names) > MOST_RECIPIENTS:
        raise NobodyToWriteTo(limit=MOST_RECIPIENTS)
    return names


def employees_named(work: UnitOfWork | Reading, names: Collection[str], unit_id: int | None) -> set[int]:
    """Everyone must be somebody; a position that nobody holds is nobody."""
    found: set[int] = set()
    for who in names:
        people = _people(work, who, unit_id)
        if not people:
            raise UnknownRecipient(who=who[:80])
        found |= people.keys()
    return found


def _addresses(reading: Reading, who: str, unit_id: int | None) -> Iterator[str]:
    if "@" in who:
        if len(who) > LONGEST_ADDRESS:
            raise UnknownRecipient(who=who[:80])
        yield who
        return
    people = _people(reading, who, unit_id)
    if not people:
        raise UnknownRecipient(who=who[:80])
    known = [address for address in people.values() if address]
    if not known:
        raise NoAddressKnown(who=who[:80])
    yield from known


def _people(work: UnitOfWork | Reading, who: str, unit_id: int | None) -> Mapping[int, str | None]:
    """Address by employee: the person with this NIP or user name, else who holds the position today."""
    session, on = work.session, work.today
    person = find_employee_by_nip(session, who)
    if person is not None:
        return {person.id: person.email}
    account = session.execute(
        select(Employee.id, Employee.email)
        .join(Account, Account.employee_id == Employee.id)
        .where(Account.username == who.lower(), Account.is_active)
    ).one_or_none()
    if account is not None:
        return {account.id: account.email}
    positions = [position.id for position in find_positions(session, who, unit_id, on)]
    holders = {holder.employee_id for holder in holders_of(session, positions, on)}
    rows = session.execute(select(Employee.id, Employee.email).where(Employee.id.in_(holders)).order_by(Employee.id))
    return {row.id: row.email for row in rows}


def _written(reading: Reading, job: JobCall, addresses: list[str]) -> EmailMessage:
    parameters = job.payload["parameters"]
    subject, body = one_line(str(parameters.get("subject", ""))), lines(str(parameters.get("body", "")))
    message = envelope(reading.settings, f"job-{job.job_id}", addresses, subject, reading.now)
    message.set_content(body[:LONGEST_BODY] + "\n")
    return message
