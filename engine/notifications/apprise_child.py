"""A process of its own that sends one message by apprise: python -m engine.notifications.apprise_child < request

It may connect to the world and to the hosts that the operator allows, and to nothing else; it starts no program and
writes no file. It answers which servers it asked, and what each of them said.
"""

import ipaddress
import json
import os
import socket
import sys
from typing import Any

import requests
import urllib3
from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

FORBIDDEN = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.", "ctypes.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
OF_THE_WORLD = ipaddress.IPv6Network("2000::/3")  # all that IANA gives out; more is called global that is not
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNREACHABLE, UNKNOWN, INSIDE = "unreachable", "unknown", "inside"


class Sandbox:
    """What this process may still do; `met` is why it did not."""

    def __init__(self, hosts: list[str]) -> None:
        self._allowed = {found[4][0] for host in hosts for found in _addresses(host)}
        self.tried_inside = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is not allowed here")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
            raise PermissionError("no file is written here")
        if event in ("socket.connect", "socket.sendto") and not self._is_allowed(arguments[1]):
            self.tried_inside = True
            raise PermissionError("this address is inside the office")

    def _is_allowed(self, address: Any) -> bool:
        if not isinstance(address, tuple):
            return False
        host = str(address[0]).partition("%")[0]
        if host in self._allowed:
            return True
        try:
            number = ipaddress.ip_address(host)
        except ValueError:
            return False
        meant = _unwrapped(number)
        return meant.is_global and not meant.is_multicast and (meant.version == 4 or meant in OF_THE_WORLD)


class Hearing(requests.adapters.HTTPAdapter):
    """Every request of the library passes here: what came of it is put down."""

    heard: list[int | str] = []

    def send(self, *given: Any, **more: Any) -> requests.Response:
        try:
            response = super().send(*given, **more)
        except (requests.ConnectTimeout, requests.exceptions.SSLError):
            self.heard.append(UNREACHABLE)
            raise
        except requests.ConnectionError as error:
            reason = getattr(error.args[0] if error.args else None, "reason", None)
            self.heard.append(UNREACHABLE if isinstance(reason, urllib3.exceptions.NewConnectionError) else UNKNOWN)
            raise
        except requests.RequestException:
            self.heard.append(UNKNOWN)
            raise
        self.heard.append(response.status_code)
        return response


def main() -> None:
    request = json.load(sys.stdin)
    vars(requests.sessions)["HTTPAdapter"] = Hearing
    library = Apprise(asset=AppriseAsset(storage_mode=PersistentStoreMode.MEMORY, async_mode=False))
    sender = Apprise.instantiate(request["url"], asset=library.asset, suppress_exceptions=True)
    sandbox = Sandbox(request["hosts"])
    sys.addaudithook(sandbox)
    was_sent = sender is not None and bool(
        sender.notify(title=request["title"], body=request["body"], body_format=NotifyFormat.TEXT)
    )
    heard = [INSIDE] if sandbox.tried_inside else Hearing.heard
    sys.stdout.write(json.dumps({"is_sent": was_sent, "is_understood": sender is not None, "heard": heard}))


def _unwrapped(number: Address) -> Address:
    """Some addresses carry another one, to which a gateway on the way leads."""
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in TRANSLATED:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or number


def _addresses(host: str) -> list[Any]:
    try:
        return socket.getaddrinfo(host, None)
    except OSError:
        return []


if __name__ == "__main__":
    main()
