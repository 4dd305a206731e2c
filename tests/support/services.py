"""Real servers for the tests: PostgreSQL and Redis, each in a folder of its own, gone when the tests are."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

# Not the home of root: the servers run as somebody else and must reach their folders.
TEMPORARY = "/tmp"
PATIENCE_SECONDS = 30
QUIET_PORTS = range(20_000, 30_000)
IN_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServiceMissing(Exception):
    """A server that the tests need is not installed."""


class ServiceBroken(Exception):
    """A server did not start; the text holds its log."""


@dataclass(frozen=True, slots=True)
class PostgreSQLServer:
    port: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://tatakerja@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> None:
        """Run one statement of the kind that no transaction may hold, such as CREATE DATABASE."""
        address = f"postgresql://tatakerja@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql_server(settings: Mapping[str, str] = IN_HASTE, where: str = TEMPORARY) -> Iterator[PostgreSQLServer]:
    """A PostgreSQL server of our own: trust on 127.0.0.1, an unused port; no durability unless it is asked for."""
    initdb, postgres = _binary("initdb", "postgresql"), _binary("postgres", "postgresql")
    with _folder(where) as folder:
        data, port = folder / "data", free_port()
        _run_once([initdb, "-D", str(data), "-U", "tatakerja", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "200",
            **settings,
        }
        command = [postgres, "-D", str(data), *(f"--{name}={value}" for name, value in options.items())]
        server = PostgreSQLServer(port)

        def is_ready() -> bool:
            return _answers(lambda: server.run("SELECT 1"))

        with running(command, folder, is_ready=is_ready, stop_with=signal.SIGINT, by=_as_somebody()):
            yield server


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis server of our own that keeps nothing."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"

    def is_ready() -> bool:
        return _answers(redis.Redis.from_url(url).ping)

    with _folder(TEMPORARY) as folder, running(redis_command(port), folder, is_ready=is_ready, by=_as_somebody()):
        yield url


def redis_command(port: int) -> list[str]:
    """A Redis that keeps nothing, heard on this machine only."""
    binary = _binary("redis-server", "redis-server")
    return [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def quiet_port() -> int:
    """A port that no outgoing connection is given, so that no caller takes it while its server is down."""
    for port in range(QUIET_PORTS.start + os.getpid() % len(QUIET_PORTS), QUIET_PORTS.stop):
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    return free_port()


@contextmanager
def running(
    command: list[str],
    folder: Path,
    *,
    is_ready: Callable[[], bool],
    stop_with: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    by: Sequence[str] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in `folder` while the block runs; its output goes to `folder/log`.

    `by` is what the command is given to, such as a change of user.
    """
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*by, *on_a_leash(stop_with), *command],
            cwd=folder,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, is_ready, log)
        yield process
    finally:
        stop(process, stop_with)


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> int:
    """Stop a program, in the end by force; its exit code."""
    process.send_signal(how)
    try:
        return process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise ServiceBroken(f"{process.args!r} did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _answers(question: Callable[[], object]) -> bool:
    try:
        question()
    except (psycopg.OperationalError, redis.ConnectionError):
        return False
    return True


def _binary(name: str, package: str) -> str:
    found = shutil.which(name)
    if found:
        return found
    # Debian keeps the PostgreSQL server's programs out of the path, one folder a version.
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if versions:
        return str(versions[-1])
    raise ServiceMissing(f"{name} is missing. Install it with: apt-get install {package}")


def on_a_leash(stop_with: signal.Signals) -> list[str]:
    """A test run that is killed takes its programs with it; Ctrl-C stops them, though it be ignored where tests run."""
    return ["env", "--default-signal=INT", "setpriv", f"--pdeathsig={stop_with.name.removeprefix('SIG')}", "--"]


def _as_somebody() -> list[str]:
    """How to run a server when we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    user = _unprivileged()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _unprivileged() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


@contextmanager
def _folder(where: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tatakerja-", dir=where, ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            os.chown(name, _unprivileged().pw_uid, _unprivileged().pw_gid)
        yield Path(name)


def _run_once(command: list[str]) -> None:
    done = subprocess.run([*_as_somebody(), *command], cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceBroken(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
