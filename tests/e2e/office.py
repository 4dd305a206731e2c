"""The sample office, run by the real product; each file of journeys gets one of its own, as on its first morning."""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from tests.support.programs import answers, environment, program, say
from tests.support.services import free_port, running
from tests.support.sources import ROOT

# A Monday in Jakarta: the sample office is set up before it opens, and the journeys begin when it has opened.
SETTING_UP = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
OPENING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SIGN_IN_LINE = re.compile(r"^  (\w+) +(\S+)   .+ \(.+\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A product that runs, and who may sign in to it."""

    url: str
    folder: Path
    passwords: dict[str, str]
    ready_at: float = 0

    def now(self) -> datetime:
        """What the product's clock says, but for the second or two in which it became ready."""
        moved = int((self.folder / "moved").read_text())
        return OPENING + timedelta(seconds=monotonic() - self.ready_at + moved)

    def move_clock(self, **duration: float) -> None:
        """Let so much time pass at once: `move_clock(minutes=15)`."""
        moved = self.folder / "moved"
        seconds = int(moved.read_text()) + round(timedelta(**duration).total_seconds())
        replacement = self.folder / "moved.new"
        replacement.write_text(str(seconds))
        replacement.replace(moved)

    def open_account(self, username: str, nip: str) -> None:
        """As an operator does it, at the command line."""
        done = say("create-account", username, "--nip", nip, "--role", "staff", env=_env(self.folder), folder=ROOT)
        assert done.returncode == 0, done.stderr
        self.passwords[username] = done.stdout.split()[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """A data folder with the sample office in it, to be copied."""

    folder: Path
    passwords: Mapping[str, str]


def set_up(folder: Path) -> SetUp:
    """Run the product once on an empty folder, so that it loads the sample office and prints the passwords."""
    folder.mkdir()
    with _running(folder, SETTING_UP):
        passwords = dict(SIGN_IN_LINE.findall((folder / "log").read_text()))
    return SetUp(folder=folder, passwords=passwords)


@contextmanager
def office(setup: SetUp, folder: Path, **settings: str) -> Iterator[Office]:
    shutil.copytree(setup.folder, folder)
    with _running(folder, OPENING, **settings) as url:
        yield Office(url=url, folder=folder, passwords=dict(setup.passwords), ready_at=monotonic())


@contextmanager
def served_plainly(folder: Path) -> Iterator[Office]:
    """`tatakerja serve` on an empty folder, at the hour that it is."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    serve = ("serve", "--port", str(port))
    with program(*serve, folder=folder, env=_env(folder), is_ready=lambda: answers(f"{url}/readyz")):
        passwords = dict(SIGN_IN_LINE.findall((folder / "log").read_text()))
        yield Office(url=url, folder=folder, passwords=passwords)


@contextmanager
def _running(folder: Path, moment: datetime, **settings: str) -> Iterator[str]:
    port, moved = free_port(), folder / "moved"
    url = f"http://127.0.0.1:{port}"
    moved.write_text("0")
    command = [sys.executable, "-m", "tests.e2e.product", str(port), moment.isoformat(), str(moved)]
    env = {**_env(folder, **settings), "PYTHONPATH": str(ROOT)}
    with running(command, folder, env=env, is_ready=lambda: answers(f"{url}/readyz")):
        yield url


def _env(folder: Path, **settings: str) -> dict[str, str]:
    # Nobody is signed out by a clock that is moved over days.
    patience = {"SESSION_HOURS": "10000", "SESSION_IDLE_MINUTES": "600000"}
    return environment(DATA=str(folder / "data"), **patience, **settings)
