import re
import signal
import socket
from contextlib import contextmanager

import pytest

from tests.support.patience import eventually, seconds_of
from tests.support.programs import answers, environment, program, say
from tests.support.services import free_port, stop


class EmbeddedRun:
    def __init__(self, folder) -> None:
        self.folder = folder
        self.port = free_port()
        self.env = environment()

    @contextmanager
    def started(self):
        def is_ready() -> bool:
            return answers(f"http://127.0.0.1:{self.port}/readyz") and "is ready" in self.output

        arguments = ("serve", "--port", str(self.port))
        with program(*arguments, folder=self.folder, env=self.env, is_ready=is_ready) as process:
            yield process

    @property
    def output(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def passwords(self) -> list[str]:
        return re.findall(r"(?:[a-z]{4}-){4}\d\d", self.output)


@pytest.fixture
def run(tmp_path) -> EmbeddedRun:
    return EmbeddedRun(tmp_path / "run")


def test_the_first_run_tells_whom_to_sign_in_as_and_no_later_one_does(run):
    with run.started():
        first = run.passwords
    with run.started():
        later = run.passwords
    assert len(first) >= 5
    assert later == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_stops_cleanly_and_soon(run, how):
    with run.started() as process:
        took = seconds_of(lambda: stop(process, how))
    assert process.returncode == 0
    assert took < 5
    assert "has stopped" in run.output


def test_the_page_to_sign_in_is_the_first_thing_one_sees(run):
    with run.started():
        assert answers(f"http://127.0.0.1:{run.port}/")


def test_a_taken_port_is_named(run, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", run.port))
        other.listen()
        result = say("serve", "--port", str(run.port), env=run.env, folder=tmp_path)
    assert result.returncode == 1
    assert f"Port {run.port} cannot be used" in result.stderr


def test_a_run_that_was_killed_starts_again_with_its_data(run):
    with run.started() as process:
        process.kill()
        eventually(lambda: process.poll() is not None)
    with run.started():
        assert run.passwords == []


def test_a_second_run_over_the_same_data_says_so_and_ends(run):
    with run.started():
        second = say("serve", "--port", str(free_port()), env=run.env, folder=run.folder)
        assert answers(f"http://127.0.0.1:{run.port}/readyz")
    assert (second.returncode, "already running" in second.stderr) == (1, True)
