from datetime import timedelta
from itertools import pairwise

from engine.jobs.backoff import LONGEST_PAUSE, MAX_ATTEMPTS, is_last, pause_after


def test_the_first_pause_is_short():
    assert pause_after(1) == timedelta(seconds=10)


def test_pauses_grow_up_to_a_limit():
    pauses = [pause_after(attempt) for attempt in range(1, MAX_ATTEMPTS)]
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    assert pauses[-1] == LONGEST_PAUSE


def test_a_night_without_a_mail_server_loses_nothing():
    assert sum((pause_after(attempt) for attempt in range(1, MAX_ATTEMPTS)), timedelta()) > timedelta(hours=6)


def test_absurd_attempts_do_not_overflow():
    assert pause_after(10**9) == LONGEST_PAUSE


def test_only_the_last_attempt_is_last():
    assert [is_last(MAX_ATTEMPTS - 1), is_last(MAX_ATTEMPTS)] == [False, True]
