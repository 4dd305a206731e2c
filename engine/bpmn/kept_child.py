"""One warm child process that answers requests, so that a hostile file can be stopped and costs nobody else.

A process made for each upload would import the library every time (0.6 s); a kept one answers in milliseconds.
"""

import atexit
import os
import socket
import struct
import subprocess
import sys
import threading

from engine.base.errors import Unavailable
from engine.base.i18n import _

_LENGTH = struct.Struct(">I")
_READY = b"ready"
_START_SECONDS = 60.0
_QUEUE_SECONDS = 60.0
# However careful the library, a process that has read that many strangers' files may be replaced.
_MOST_REQUESTS = 1_000


class CheckerBusy(Unavailable):
    code = "diagram.checker_busy"
    message = _("Many diagrams are being checked at the moment. Please try again in a little while.")


class ChildLost(Exception):
    """The child gave no answer in time, or ended over the request."""


class KeptChild:
    """Runs `python -m module FD`; safe to be asked by several threads, which then wait for each other."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._forget()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self._end)

    def ask(self, request: bytes, seconds: float) -> bytes:
        """The child's answer; raises ChildLost after `seconds` and replaces the child."""
        if not self._lock.acquire(timeout=_QUEUE_SECONDS):
            raise CheckerBusy
        try:
            connection = self._started()
            connection.settimeout(seconds)
            send(connection, request)
            answer = receive(connection)
            self._requests += 1
            return answer
        except OSError:
            self._end()
            raise ChildLost from None
        finally:
            self._lock.release()

    def start(self) -> None:
        with self._lock:
            self._started()

    def _forget(self) -> None:
        """In a forked server the child belongs to the parent: a new one is started when it is needed."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._requests = 0

    def _started(self) -> socket.socket:
        is_alive = self._process is not None and self._process.poll() is None
        if self._connection is not None and is_alive and self._requests < _MOST_REQUESTS:
            return self._connection
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", self._module, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._connection = ours
        ours.settimeout(_START_SECONDS)
        if receive(ours) != _READY:
            raise OSError("the checking process did not start")
        return ours

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process, self._connection, self._requests = None, None, 0


def send(connection: socket.socket, message: bytes) -> None:
    connection.sendall(_LENGTH.pack(len(message)) + message)


def receive(connection: socket.socket) -> bytes:
    """One whole message; raises OSError when the other side is gone."""
    return _exactly(connection, _LENGTH.unpack(_exactly(connection, _LENGTH.size))[0])


def tell_ready(connection: socket.socket) -> None:
    send(connection, _READY)


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 1 << 20))
        if not part:
            raise ConnectionError("the other side has closed")
        parts += part
    return bytes(parts)
