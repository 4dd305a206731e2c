"""TataKerja's programs as an operator's machine runs them: killed without warning, started again at once."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.support.programs import PROGRAM
from tests.support.services import on_a_leash

LAST_WORDS = 3_000
CHILDREN = 0.6  # so often one child is struck instead of all


class Died(Exception):
    """A program ended by itself; the text is the end of what it said."""


class Restarted:
    """One program and its successors, each in a process group of its own."""

    def __init__(
        self, *arguments: str, folder: Path, env: Mapping[str, str], answers: Callable[[], bool] = lambda: True
    ) -> None:
        self.name = arguments[0]
        self._answers = answers
        self._command = [*on_a_leash(signal.SIGKILL), *PROGRAM, *arguments]
        self._env = env
        self._folder = folder
        self._log = (folder / f"{self.name}.log").open("ab")
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=self._folder, env=self._env, stdout=self._log, stderr=self._log, start_new_session=True
        )

    def answers(self) -> bool:
        if self._process.poll() is not None:
            raise Died(self.said())
        return self._answers()

    def revive(self) -> None:
        """What a supervisor does with a program that has ended."""
        if self._process.poll() is not None:
            self.start()

    def kill(self, chance: Random) -> str:
        """The whole group, which is then started again, or one child, which its parent must replace; says which."""
        children = self._children()
        if children and chance.random() < CHILDREN:
            os.kill(chance.choice(children), signal.SIGKILL)
            return f"a child of {self.name}"
        self._kill_group()
        self.start()
        return self.name

    def stop(self) -> None:
        self._kill_group()
        self._log.close()

    def said(self) -> str:
        return (self._folder / f"{self.name}.log").read_text()[-LAST_WORDS:]

    def _kill_group(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _children(self) -> list[int]:
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def running_until_the_end(*programs: Restarted) -> Iterator[None]:
    try:
        yield
    finally:
        for program in programs:
            program.stop()
