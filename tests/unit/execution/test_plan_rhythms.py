from datetime import time

import pytest

from engine.execution.plan_model import OnHoliday
from engine.execution.plan_rhythms import Rhythm, RhythmKind, RhythmWrong, as_crontab, as_rhythm
from engine.execution.planned_moments import crontab_of

EIGHT = time(8, 0)
USUAL = [
    (Rhythm(kind=RhythmKind.MONTHLY, at=EIGHT, day=5), "0 8 5 * *"),
    (Rhythm(kind=RhythmKind.MONTHLY, at=EIGHT), "0 8 L * *"),
    (Rhythm(kind=RhythmKind.YEARLY, at=time(13, 30), day=1, month=12), "30 13 1 12 *"),
    (Rhythm(kind=RhythmKind.WORKING_DAYS, at=EIGHT), "0 8 * * *"),
    (Rhythm(kind=RhythmKind.CRONTAB, crontab="0 8 * * MON"), "0 8 * * MON"),
]
WRONG = [
    (Rhythm(kind=RhythmKind.MONTHLY, at=EIGHT, day=31), "day"),
    (Rhythm(kind=RhythmKind.MONTHLY, at=EIGHT, day=0), "day"),
    (Rhythm(kind=RhythmKind.MONTHLY, day=5), "at"),
    (Rhythm(kind=RhythmKind.YEARLY, at=EIGHT, day=31, month=4), "day"),
    (Rhythm(kind=RhythmKind.YEARLY, at=EIGHT, day=1), "month"),
    (Rhythm(kind=RhythmKind.CRONTAB, crontab=" "), "crontab"),
]


@pytest.mark.parametrize(("rhythm", "crontab"), USUAL)
def test_a_usual_rhythm_is_a_crontab_and_is_known_again(rhythm: Rhythm, crontab: str):
    assert as_crontab(rhythm) == crontab
    assert as_rhythm(crontab, OnHoliday.SKIP) == rhythm
    crontab_of(crontab)


@pytest.mark.parametrize(("rhythm", "field"), WRONG)
def test_a_day_that_not_every_month_has_is_refused_at_its_field(rhythm: Rhythm, field: str):
    with pytest.raises(RhythmWrong) as refusal:
        as_crontab(rhythm)
    assert [each.name for each in refusal.value.fields] == [field]


def test_the_29th_of_february_is_the_last_day_of_every_february():
    assert as_crontab(Rhythm(kind=RhythmKind.YEARLY, at=EIGHT, day=29, month=2)) == "0 8 L 2 *"


def test_every_day_is_no_usual_rhythm_unless_days_off_are_skipped():
    assert as_rhythm("0 8 * * *", OnHoliday.KEEP).kind is RhythmKind.CRONTAB
