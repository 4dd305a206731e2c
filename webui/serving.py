"""Servers for the web application: one inside a process of ours, one with processes of its own."""

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from apiflask import APIFlask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

THREADS = 8
STOP_SECONDS = 25


def listen(app: APIFlask, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    """A server that has its port and answers once `run` is called; raises OSError when the port is taken."""
    # Which headers of servers in front are believed, the application decides; see webui/security.py.
    return create_server(app, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=False)


def serve_until_stopped(server: BaseWSGIServer | MultiSocketServer) -> None:
    """Answer until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
    server.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with threads; each of its processes makes the application for itself, after the fork."""

    def __init__(self, make_app: Callable[[], APIFlask], options: dict[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> APIFlask:
        return self._make_app()


class OurLog(Logger):  # type: ignore[misc]  # as above
    """What gunicorn says goes where everything else that we say goes."""

    def setup(self, cfg: Config) -> None:
        self.error_log.propagate = True
        self.error_log.setLevel(self.LOG_LEVELS[cfg.loglevel])


def serve_with_processes(make_app: Callable[[], APIFlask], address: str, processes: int) -> None:
    options = {
        "bind": address,
        "workers": processes,
        "worker_class": "gthread",
        "threads": THREADS,
        "graceful_timeout": STOP_SECONDS,
        "timeout": 60,
        "keepalive": 5,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "worker_tmp_dir": "/dev/shm",  # noqa: S108  # gunicorn's heartbeat must not wait for a disk
        "control_socket_disable": True,
        "logger_class": OurLog,
    }
    WebServer(make_app, options).run()
