"""From those who could do a step to those who do."""

import pytest

from engine.assignment.choosing import Candidates, among, least_loaded, next_in_turn, settle, to_superiors
from engine.assignment.people import NoHistory, Person
from engine.bpmn.graph import Sharing
from engine.organisation.model import HoldingKind

ANI, BUDI, CITRA = (
    Person(employee_id=number, name=name, position_id=7, position_title="Staf", unit_id=1)
    for number, name in enumerate(("Ani", "Budi", "Citra"), start=1)
)


def names(people: tuple[Person, ...]) -> list[str]:
    return [person.name for person in people]


@pytest.mark.parametrize(("last", "expected"), [(None, 1), (1, 2), (3, 1), (2, 3), (99, 1)])
def test_turns_go_round(last: int | None, expected: int):
    assert next_in_turn({3, 1, 2}, last) == expected


def test_whoever_went_meanwhile_changes_nobody_elses_turn():
    assert next_in_turn({1, 3}, 2) == 3


def test_the_least_loaded_is_chosen_and_of_equals_the_first():
    assert least_loaded({1, 2, 3}, {1: 4, 2: 1, 3: 1}) == 2


def test_whoever_is_away_is_passed_over():
    assert names(among(Candidates(people=(ANI, BUDI)), {1}, {}).people) == ["Budi"]


def test_where_all_are_away_the_work_stays_theirs():
    assert names(among(Candidates(people=(ANI, BUDI)), {1, 2}, {}).people) == ["Ani", "Budi"]


def test_whoever_did_the_other_step_may_not_even_when_all_others_are_away():
    assert names(among(Candidates(people=(ANI, BUDI)), {2}, {1: "Isi"}).people) == ["Budi"]


def test_several_find_it_in_the_pool_of_their_position():
    candidates = Candidates(people=(ANI, BUDI), position_ids=(7,))
    answer = settle(candidates, among(candidates, (), {}), Sharing.POOL, NoHistory())
    assert (answer.assignee_id, answer.position_ids) == (None, (7,))


def test_one_who_holds_two_seats_is_one_person():
    candidates = Candidates(people=(ANI, ANI), position_ids=(7,))
    assert settle(candidates, among(candidates, (), {}), Sharing.POOL, NoHistory()).assignee_id == 1


def test_an_acting_official_is_named_with_her_decree():
    plh = Person(
        employee_id=9,
        name="Dewi",
        position_id=7,
        position_title="Kasi Bimas Islam",
        unit_id=1,
        kind=HoldingKind.PLH,
        decree="SK 12/2026",
    )
    candidates = Candidates(people=(plh,), position_ids=(7,))
    reason = settle(candidates, among(candidates, (), {}), Sharing.POOL, NoHistory()).reason
    assert reason.message % reason.params == "Dewi, Plh. Kasi Bimas Islam, SK 12/2026, because the holder is away."


def test_work_of_a_vacant_position_stays_open_to_whoever_is_appointed():
    boss = Person(employee_id=5, name="Citra", position_id=8, position_title="Kasubbag", unit_id=1)
    answer = to_superiors(Candidates(position_ids=(7,), wanted="Staf"), (boss,), ())
    assert (answer.assignee_id, answer.position_ids) == (5, (7, 8))
