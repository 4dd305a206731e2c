"""What is ready to leave the house: each knows how to go, and says what came of it by what it raises."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from os import environ, pathsep
from typing import Any, Protocol

from engine.base.destinations import Destination
from engine.base.i18n import _
from engine.base.posting import NoAnswer, Unreachable, post
from engine.execution.webhook import COME_AGAIN, headers_for
from engine.notifications.failures import NotDelivered, Refused, Uncertain
from engine.notifications.mail import MailRound

CHILD = "engine.notifications.apprise_child"
CHILD_SECONDS = 40  # shorter than the lease of the job
# The child learns nothing of the office: neither its secret key nor where its data lie.
CHILD_KNOWS = ("PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")


class NoReply(Uncertain):
    code = "channel.no_reply"
    message = _("It was handed to the channel, but no answer came, so it may have arrived.")


class NotConfirmed(Uncertain):
    code = "channel.not_confirmed"
    message = _("The channel answered, but did not say that it took it; it may have arrived.")


class ChannelUnreachable(NotDelivered):
    code = "channel.unreachable"
    message = _("The server of the channel cannot be reached.")


class LeadsInside(Refused):
    code = "channel.leads_inside"
    message = _("The address leads into the office's own network, which TATAKERJA_CHANNEL_HOSTS does not allow.")


class NotUnderstood(Refused):
    code = "channel.not_understood"
    message = _("The channel cannot be used with this address and this target. Check both.")


class Errand(Protocol):
    def go(self) -> None:
        """Raises NotDelivered, Refused or Uncertain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailErrand:
    message: EmailMessage
    mails: MailRound

    def go(self) -> None:
        self.mails.deliver(self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookErrand:
    """To a program that the operator has set up; it knows us by our signature, and each message by its name."""

    destination: Destination
    name: str
    content: Mapping[str, str]
    sent_at: datetime

    def go(self) -> None:
        body = json.dumps(self.content).encode()
        headers = {
            **headers_for(self.destination, 0, self.sent_at, body),
            "X-TataKerja-Idempotency-Key": self.name,
        }
        try:
            status = post(self.destination.url, body, headers).status
        except Unreachable as error:
            raise NotDelivered(answer=str(error.params["reason"])) from error
        except NoAnswer as error:
            raise Uncertain(answer=str(error.params["reason"])) from error
        judge(status)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseErrand:
    """By the library, in a process of its own that may not reach into the office."""

    address: str
    title: str
    body: str
    hosts: tuple[str, ...]

    def go(self) -> None:
        request = {"url": self.address, "title": self.title, "body": self.body, "hosts": self.hosts}
        try:
            answer = subprocess.run(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-m", CHILD],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=CHILD_SECONDS,
                check=False,
                env=_environment(),
            )
        except subprocess.TimeoutExpired as error:
            raise NoReply from error
        understood(_told(answer.stdout))


def understood(told: Mapping[str, Any]) -> None:
    """What the child's answer means."""
    heard = told.get("heard", [])
    if told.get("is_sent"):
        return
    if not told:
        raise NoReply
    if not told.get("is_understood") or not heard:
        raise NotUnderstood
    _judge_last(heard[-1])


def judge(status: int) -> None:
    """What the answer of a server means that takes messages."""
    if 200 <= status < 300:
        return
    if status >= 500 or status in COME_AGAIN:
        raise NotDelivered(answer=str(status))
    raise Refused(answer=str(status))


def _judge_last(heard: int | str) -> None:
    if heard == "inside":
        raise LeadsInside
    if heard == "unreachable":
        raise ChannelUnreachable
    if not isinstance(heard, int):
        raise NoReply
    judge(heard)
    raise NotConfirmed


def _told(output: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(output)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _environment() -> dict[str, str]:
    known = {name: environ[name] for name in CHILD_KNOWS if name in environ}
    return {**known, "PYTHONPATH": pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
