"""A real HTTP server on an unused port that keeps what it gets and answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Visit:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        return json.loads(self.body)


@dataclass
class Neighbour:
    """Another office's server; while `gate` is closed, its answers wait. `sends` stands for the whole answer."""

    url: str = ""
    status: int = 200
    answer: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    sends: bytes | None = None
    drips: float = 0
    visits: list[Visit] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    gate: Event = field(default_factory=Event)


@contextmanager
def web_server() -> Iterator[Neighbour]:
    neighbour = Neighbour()
    neighbour.gate.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(neighbour))
    neighbour.url = f"http://127.0.0.1:{server.server_address[1]}/terima?dari=tatakerja"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield neighbour
    finally:
        neighbour.gate.set()
        server.shutdown()
        server.server_close()


def _handler(neighbour: Neighbour) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            neighbour.visits.append(
                Visit(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            neighbour.arrived.set()
            neighbour.gate.wait(10)
            self._answer()

        def _answer(self) -> None:
            if neighbour.sends is not None:
                self.wfile.write(neighbour.sends)
                self.close_connection = True
                return
            self.send_response(neighbour.status)
            for name, value in neighbour.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(neighbour.answer)))
            self.end_headers()
            self._send_body()

        def _send_body(self) -> None:
            if not neighbour.drips:
                self.wfile.write(neighbour.answer)
                return
            for byte in neighbour.answer:
                if neighbour.gate.wait(0) and Event().wait(neighbour.drips):
                    return
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return

        def log_message(self, *_arguments: Any) -> None:
            """Nothing is printed."""

    return Handler
