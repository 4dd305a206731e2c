"""One POST to another server: no redirects, no proxies, bounded in time and size."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from urllib.parse import urlsplit

from engine.base.errors import Unavailable
from engine.base.i18n import _

CONNECT_SECONDS = 5.0
EXCHANGE_SECONDS = 30.0
MOST_BYTES = 64 << 10


class NoAnswer(Unavailable):
    code = "posting.no_answer"
    message = _("The other server did not answer: %(reason)s")


class Unreachable(NoAnswer):
    """Nothing was sent: nobody was there to take it."""

    code = "posting.unreachable"
    message = _("The other server cannot be reached: %(reason)s")


@dataclass(frozen=True, slots=True)
class Reply:
    """`is_whole` is false when there was more than we read."""

    status: int
    body: bytes
    is_whole: bool = True


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float = EXCHANGE_SECONDS) -> Reply:
    """Raises Unreachable; or NoAnswer, and then it is not known whether the other server has acted."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = _connected(parts.scheme, parts.hostname or "", parts.port)
    try:
        with _at_most(seconds, connection.sock) as has_expired:
            connection.request("POST", path, body, dict(headers))
            reply = _read(connection.getresponse())
        if has_expired.is_set():
            raise TimeoutError(f"no complete answer within {seconds:g} seconds")
    except (OSError, HTTPException) as error:
        raise NoAnswer(reason=f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()
    return reply


def _connected(scheme: str, host: str, port: int | None) -> HTTPConnection:
    connection = _connection(scheme, host, port)
    try:
        connection.connect()
    except (OSError, HTTPException) as error:
        connection.close()
        raise Unreachable(reason=f"{type(error).__name__}: {error}") from error
    return connection


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=CONNECT_SECONDS)


@contextmanager
def _at_most(seconds: float, connected: socket.socket) -> Iterator[Event]:
    """A server that drips its answer keeps each read short; so the whole exchange has an end of its own."""
    has_expired = Event()

    def end() -> None:
        has_expired.set()
        with suppress(OSError):  # it may just have been closed
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    connected.settimeout(seconds)
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield has_expired
    finally:
        timer.cancel()


def _read(response: HTTPResponse) -> Reply:
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return Reply(response.status, body[:MOST_BYTES], is_whole=False)
    if response.length:  # what was promised and did not come
        raise HTTPException("the answer broke off")
    return Reply(response.status, body)
