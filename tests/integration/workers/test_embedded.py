import threading
import time
from contextlib import ExitStack

from tests.support.errands import is_done, send_errand
from tests.support.patience import eventually, seconds_of
from workers.embedded import embedded_workers
from workers.nudging import Nudger

LESS_THAN_A_TICK = 0.8


def test_a_nudged_job_is_run_before_the_next_tick(core, app):
    core.nudge = Nudger(app)
    with embedded_workers(app):
        time.sleep(0.5)
        job_id = send_errand(core, "nudged")
        assert eventually(lambda: is_done(core, job_id), seconds=LESS_THAN_A_TICK)


def test_a_job_whose_nudge_was_lost_is_found_by_the_beat(core, app):
    with embedded_workers(app):
        job_id = send_errand(core, "not nudged")
        assert eventually(lambda: is_done(core, job_id))


def test_the_workers_stop_within_two_seconds(app):
    running = ExitStack()
    running.enter_context(embedded_workers(app))
    time.sleep(0.5)
    assert seconds_of(running.close) < 2


def test_nothing_is_left_behind(app):
    before = threading.active_count()
    with embedded_workers(app):
        pass
    assert threading.active_count() == before
