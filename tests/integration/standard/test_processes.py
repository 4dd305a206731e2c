import json
import signal

import pytest

from tests.support.errands import is_done, send_errand
from tests.support.patience import eventually
from tests.support.programs import answers, program, say
from tests.support.services import free_port, stop
from workers.application import application
from workers.nudging import Nudger
from workers.processes import workers_answer


@pytest.fixture
def worker(core, env, tmp_path):
    app = application(core.settings)
    with program("worker", folder=tmp_path / "worker", env=env, is_ready=lambda: workers_answer(app)) as process:
        yield process


@pytest.fixture
def beat(env, tmp_path):
    with program("beat", folder=tmp_path / "beat", env=env) as process:
        yield process


def test_a_nudged_worker_runs_the_job_without_a_beat(core, worker):
    core.nudge = Nudger(application(core.settings))
    job_id = send_errand(core, "nudged")
    assert eventually(lambda: is_done(core, job_id))


def test_the_beat_finds_a_job_of_which_no_worker_was_told(core, worker, beat):
    job_id = send_errand(core, "not nudged")
    assert eventually(lambda: is_done(core, job_id))


def test_a_job_outlives_the_worker_that_was_killed(core, env, tmp_path, worker, beat):
    stop(worker, signal.SIGKILL)
    job_id = send_errand(core, "while nobody works")
    with program("worker", folder=tmp_path / "second worker", env=env):
        assert eventually(lambda: is_done(core, job_id))


def test_a_worker_stops_when_told(worker):
    assert stop(worker) == 0


def test_the_worker_is_told_to_be_alive(env, worker, tmp_path):
    assert say("worker-is-alive", env=env, folder=tmp_path).returncode == 0


def test_the_beat_leaves_signs_of_life(env, beat, tmp_path):
    assert eventually(lambda: say("beat-is-alive", env=env, folder=tmp_path).returncode == 0)


def test_a_beat_stops_when_told(env, beat, tmp_path):
    eventually(lambda: say("beat-is-alive", env=env, folder=tmp_path).returncode == 0)
    assert stop(beat) == 0


class TestWeb:
    @pytest.fixture
    def address(self):
        return f"127.0.0.1:{free_port()}"

    @pytest.fixture
    def web(self, env, tmp_path, address):
        def is_ready() -> bool:
            return answers(f"http://{address}/readyz")

        with program("web", "--bind", address, folder=tmp_path / "web", env=env, is_ready=is_ready) as process:
            yield process

    def test_it_answers_and_stops_when_told(self, web):
        assert stop(web) == 0

    def test_it_says_everything_as_json(self, web, tmp_path):
        stop(web)
        lines = (tmp_path / "web" / "log").read_text().splitlines()
        assert all("event" in json.loads(line) for line in lines)
