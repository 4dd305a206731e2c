import logging
from dataclasses import replace

from tests.support.errands import is_done, send_errand
from tests.support.patience import seconds_of
from tests.support.services import free_port
from workers.application import application
from workers.nudging import Nudger


def test_without_a_broker_the_work_is_kept_all_the_same(core, caplog):
    settings = replace(core.settings, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    core.nudge = Nudger(application(settings))
    with caplog.at_level(logging.WARNING):
        job_id = send_errand(core, "nobody hears")
    assert not is_done(core, job_id)
    assert "cannot be woken" in caplog.text


def test_without_a_broker_pages_do_not_wait(core):
    settings = replace(core.settings, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    core.nudge = Nudger(application(settings))
    send_errand(core, "the first notices")
    assert seconds_of(lambda: [send_errand(core, f"errand {number}") for number in range(20)]) < 2
