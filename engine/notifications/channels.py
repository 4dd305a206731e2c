"""The channels that an office may use, and what an address of each looks like: checked, filled, and shown masked."""

import ipaddress
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _

PURPOSE = "channel"  # for the key that seals addresses
WEBHOOK = "webhook"
TARGET = "{target}"
ADDRESS_LENGTH = 400
TARGET_LENGTH = 100
SHOWN_SIGNS = 3
FORBIDDEN_SIGNS = frozenset(" ?#,;\\{}<>\"'`|")

# A user name, a number, a room; no sign that would make two targets of one, or an option of the address.
_TARGET = re.compile(r"[@+#!-]?[A-Za-z0-9][A-Za-z0-9._:-]*")
NUMBER = _("Your number with country code, such as +6281234567890")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelKind:
    """`schemes` are those of the library; `has_host` when the address names a server of the office's choice."""

    name: str
    schemes: tuple[str, ...]
    example: str
    target: str
    has_host: bool = False


KINDS: Mapping[str, ChannelKind] = {
    "telegram": ChannelKind(
        name="Telegram",
        schemes=("tgram",),
        example="tgram://123456789:AAE-token/{target}",
        target=_("Your chat number at the office's bot, such as 123456789"),
    ),
    "whatsapp": ChannelKind(
        name="WhatsApp",
        schemes=("whatsapp",),
        example="whatsapp://token@100000000000000/{target}",
        target=NUMBER,
    ),
    "evolution": ChannelKind(
        name=_("WhatsApp by a gateway (Evolution API)"),
        schemes=("evolutions", "evolution"),
        example="evolutions://key@gateway.example/instance/{target}",
        target=NUMBER,
        has_host=True,
    ),
    "signal": ChannelKind(
        name="Signal",
        schemes=("signals", "signal"),
        example="signals://gateway.example/+6281234567890/{target}",
        target=NUMBER,
        has_host=True,
    ),
    "matrix": ChannelKind(
        name="Matrix",
        schemes=("matrixs", "matrix"),
        example="matrixs://user:password@matrix.example/{target}",
        target=_("Your room, such as !abc:matrix.example"),
        has_host=True,
    ),
    "ntfy": ChannelKind(
        name="ntfy",
        schemes=("ntfys", "ntfy"),
        example="ntfys://token@ntfy.example/{target}",
        target=_("Your topic: a word that nobody can guess"),
        has_host=True,
    ),
    "sms": ChannelKind(
        name=_("SMS (Twilio)"),
        schemes=("twilio",),
        example="twilio://account:token@+15005550006/{target}",
        target=NUMBER,
    ),
    WEBHOOK: ChannelKind(
        name=_("Another program of the office (webhook)"),
        schemes=(),
        example="gateway",
        target=_("How that program knows you, such as your user name there"),
    ),
}


class BadChannel(Invalid):
    code = "channel.bad"
    message = _("This channel cannot be used; what is wrong stands at its fields.")


class BadTarget(Invalid):
    code = "channel.bad_target"
    message = _("This is no number, name or room at that channel. Use letters, digits, dot, dash and colon.")


def address_problem(
    kind: str, address: str, hosts: Collection[str], destinations: Collection[str]
) -> FieldProblem | None:
    """Why the address cannot be used; `hosts` of the office's own network, and `destinations`, are the operator's."""
    if kind == WEBHOOK:
        known = ", ".join(sorted(destinations)) or "–"
        message = _("This names no destination of TATAKERJA_WEBHOOKS. Those are set up: %(known)s.")
        return None if address in destinations else _problem("unknown_destination", message, known=known)
    channel = KINDS[kind]
    scheme, _sign, rest = address.partition("://")
    if scheme not in channel.schemes:
        begins = ", ".join(f"{each}://" for each in channel.schemes)
        return _problem("scheme", _("The address of this channel begins with %(begins)s"), begins=begins)
    host = host_of(address)
    if not (_has_shape(address, rest) and host and TARGET not in host):
        message = _("An address looks like %(example)s: one {target}, no spaces, no ? and no #.")
        return _problem("shape", message, example=channel.example)
    if channel.has_host and host not in hosts and leads_inside(host):
        message = _(
            "%(host)s is inside the office. Whoever runs the server allows such hosts by TATAKERJA_CHANNEL_HOSTS."
        )
        return _problem("inside", message, host=host)
    return None


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def leads_inside(host: str) -> bool:
    """What can be said before asking for its number: a name without a dot, or a number that is not the world's."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".home.arpa")) or _is_number(host)


def checked_target(text: str) -> str:
    """Raises BadTarget."""
    target = text.strip()
    if len(target) > TARGET_LENGTH or not _TARGET.fullmatch(target):
        raise BadTarget
    return target


def filled_address(address: str, target: str) -> str:
    return address.replace(TARGET, quote(target, safe="@+"))


def masked(kind: str, address: str) -> str:
    """Enough to tell two addresses apart, too little to use one."""
    if kind == WEBHOOK:
        return address  # a name; the secret is the operator's
    scheme, sign, rest = address.partition("://")
    return f"{scheme}{sign}{rest[:SHOWN_SIGNS]}…{TARGET}"


def _has_shape(address: str, rest: str) -> bool:
    plain = rest.replace(TARGET, "", 1)
    is_short = len(address) <= ADDRESS_LENGTH
    return is_short and plain != rest and plain.isascii() and plain.isprintable() and not set(plain) & FORBIDDEN_SIGNS


def _is_number(host: str) -> bool:
    """127.1 and 0x7f000001 are addresses too, to those who resolve them."""
    return all(re.fullmatch(r"0x[0-9a-f]+|\d+", part) for part in host.lower().split("."))


def _problem(code: str, message: str, **params: str) -> FieldProblem:
    return FieldProblem(name="address", code=code, message=message, params=params)
