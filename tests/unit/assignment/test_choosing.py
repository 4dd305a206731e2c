"""From those who could do a step to those who do."""

from dataclasses import replace
from datetime import date

import pytest

from engine.assignment.choosing import Candidates, Choice, among, least_loaded, next_in_turn, settle, to_superiors
from engine.assignment.people import NoHistory, Person
from engine.base.i18n import translate
from engine.bpmn.graph import Sharing
from engine.organisation.absences import Away
from engine.organisation.model import HoldingKind

ANI, BUDI, CITRA = (
    Person(employee_id=number, name=name, position_id=7, position_title="Staf", unit_id=1)
    for number, name in enumerate(("Ani", "Budi", "Citra"), start=1)
)


def away(*employee_ids: int) -> dict[int, Away]:
    return {each: Away(until=date(2026, 12, 4)) for each in employee_ids}


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
    assert names(among(Candidates(people=(ANI, BUDI)), away(1), {}).people) == ["Budi"]


def test_where_all_are_away_the_work_stays_theirs():
    assert names(among(Candidates(people=(ANI, BUDI)), away(1, 2), {}).people) == ["Ani", "Budi"]


def test_whoever_did_the_other_step_may_not_even_when_all_others_are_away():
    assert names(among(Candidates(people=(ANI, BUDI)), away(2), {1: "Isi"}).people) == ["Budi"]


def test_whoever_has_the_other_step_is_passed_over_where_somebody_else_is_here():
    choice = among(Candidates(people=(ANI, BUDI)), {}, {}, {1: "Isi"})
    assert names(choice.people) == ["Budi"]
    assert [said.params for said in choice.besides if said] == [{"names": "Ani", "step": "Isi"}]


def test_the_one_who_remains_of_two_holders_is_said_to_be_the_only_other_one():
    candidates = Candidates(people=(ANI, BUDI), position_ids=(7,))
    reason = settle(candidates, among(candidates, {}, {}, {1: "Isi"}), Sharing.POOL, NoHistory()).reason
    assert translate(reason.message, reason.params, "en") == (
        "Budi is the only other holder of the position Staf today. Not Ani, who has “Isi”: two people must do these."
    )


def test_whoever_has_the_other_step_gets_it_where_nobody_else_is_here():
    assert names(among(Candidates(people=(ANI, BUDI)), away(2), {}, {1: "Isi"}).people) == ["Ani"]


def test_whoever_is_passed_over_is_said_with_the_day_till_which_she_is_away():
    (said,) = [each for each in among(Candidates(people=(ANI, BUDI)), away(1), {}).besides if each]
    assert translate(said.message, said.params, "en") == "Away today: Ani (until 4 December 2026)."


def test_several_find_it_in_the_pool_of_their_position():
    candidates = Candidates(people=(ANI, BUDI), position_ids=(7,))
    answer = settle(candidates, among(candidates, {}, {}), Sharing.POOL, NoHistory())
    assert (answer.assignee_id, answer.position_ids) == (None, (7,))


def test_one_who_holds_two_seats_is_one_person():
    candidates = Candidates(people=(ANI, ANI), position_ids=(7,))
    assert settle(candidates, among(candidates, {}, {}), Sharing.POOL, NoHistory()).assignee_id == 1


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
    reason = settle(candidates, among(candidates, {}, {}), Sharing.POOL, NoHistory()).reason
    assert reason.message % reason.params == "Dewi, Plh. Kasi Bimas Islam, SK 12/2026, because the holder is away."


def test_an_acting_official_is_named_with_the_day_till_which_the_holder_is_away():
    plh = replace(ANI, kind=HoldingKind.PLH, until=date(2026, 12, 4))
    reason = settle(Candidates(people=(plh,)), Choice(people=(plh,)), Sharing.POOL, NoHistory()).reason
    assert (
        translate(reason.message, reason.params, "en")
        == "Ani, Plh. Staf, because the holder is away until 4 December 2026."
    )


def test_work_of_a_vacant_position_stays_open_to_whoever_is_appointed():
    boss = Person(employee_id=5, name="Citra", position_id=8, position_title="Kasubbag", unit_id=1)
    answer = to_superiors(Candidates(position_ids=(7,), wanted="Staf"), (boss,), ())
    assert (answer.assignee_id, answer.position_ids) == (5, (7, 8))
