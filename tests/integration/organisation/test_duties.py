from datetime import date

import pytest

from engine.base.errors import NotAllowed
from engine.organisation.duties import InvalidDuty
from engine.organisation.duty_changes import Duty
from engine.organisation.duty_queries import (
    PositionNotFound,
    all_duties_of,
    duties_on,
    duty_gaps,
    position_duties,
)
from engine.organisation.model import DutyKind
from engine.staffing.duties import add_duty, change_duty, end_duty, move_up

JANUARY, TODAY, LAST_YEAR = date(2026, 1, 1), date(2026, 11, 23), date(2025, 12, 31)


def a_duty(sentence: str = "Menata arsip sesuai prosedur agar mudah ditemukan", **other) -> Duty:
    ordinary = {"result_unit": "berkas", "norm_minutes": 15, "yearly_volume": 400, "kind": DutyKind.MAIN}
    return Duty(sentence=sentence, **{**ordinary, **other})


@pytest.fixture
def arsiparis(office, session) -> int:
    found = office.position("arsiparis")
    session.commit()
    return found


@pytest.fixture
def given(work, session, arsiparis):
    """Two job descriptions since January; their lines."""
    with work() as w:
        add_duty(w, arsiparis, a_duty("Menata arsip"), JANUARY)
        add_duty(w, arsiparis, a_duty("Memusnahkan arsip"), JANUARY)
    lines = all_duties_of(session, arsiparis)
    session.commit()
    return lines


def sentences(session, position_id: int, on: date) -> list[str]:
    session.expire_all()
    return [line.duty.sentence for line in duties_on(session, [position_id], on).get(position_id, ())]


def test_job_descriptions_hold_from_their_day_in_their_order(given, session, arsiparis):
    assert sentences(session, arsiparis, TODAY) == ["Menata arsip", "Memusnahkan arsip"]
    assert sentences(session, arsiparis, LAST_YEAR) == []


def test_change_keeps_what_was_said_until_then(given, work, session, arsiparis):
    with work() as w:
        change_duty(w, given[0].id, a_duty("Menata arsip digital"), TODAY)
    assert sentences(session, arsiparis, date(2026, 11, 22))[0] == "Menata arsip"
    assert sentences(session, arsiparis, TODAY)[0] == "Menata arsip digital"


def test_change_from_the_first_day_corrects_it(given, work, session, arsiparis):
    with work() as w:
        change_duty(w, given[0].id, a_duty("Menata arsip statis"), JANUARY)
    assert len(all_duties_of(session, arsiparis)) == 2


def test_ended_one_stays_in_the_history(given, work, session, arsiparis):
    with work() as w:
        end_duty(w, given[0].id, date(2026, 11, 22))
    assert sentences(session, arsiparis, TODAY) == ["Memusnahkan arsip"]
    assert len(all_duties_of(session, arsiparis)) == 2


def test_moving_up_changes_places_with_the_one_above(given, work, session, arsiparis):
    with work() as w:
        move_up(w, given[1].id, TODAY)
    assert sentences(session, arsiparis, TODAY) == ["Memusnahkan arsip", "Menata arsip"]


@pytest.mark.parametrize(
    ("duty", "field"),
    [
        (a_duty("  \x00 "), "sentence"),
        (a_duty("x" * 1001), "sentence"),
        (a_duty(norm_minutes=0), "norm_minutes"),
        (a_duty(yearly_volume=2_000_000), "yearly_volume"),
    ],
)
def test_unusable_job_description_is_refused_at_its_field(work, arsiparis, duty, field):
    with pytest.raises(InvalidDuty) as refusal, work() as w:
        add_duty(w, arsiparis, duty, TODAY)
    assert [problem.name for problem in refusal.value.fields] == [field]


def test_day_before_the_first_one_is_refused(given, work):
    with pytest.raises(InvalidDuty), work() as w:
        end_duty(w, given[0].id, LAST_YEAR)


def test_unknown_position_is_not_found(work, office):
    with pytest.raises(PositionNotFound), work() as w:
        add_duty(w, 99_999, a_duty(), TODAY)


def test_only_the_secretariat_keeps_them(work, given, arsiparis, a_clerk):
    with pytest.raises(NotAllowed), work(a_clerk) as w:
        add_duty(w, arsiparis, a_duty(), TODAY)


def test_positions_without_any_are_gaps(given, session, office):
    gaps = duty_gaps(session, TODAY)
    page = position_duties(session, TODAY, "arsiparis")
    assert (gaps.positions, gaps.without_duties) == (25, 24)
    assert [(line.duties, line.yearly_minutes) for line in page.items] == [(2, 12_000)]
    assert len(position_duties(session, TODAY, only_gaps=True).items) == 24
