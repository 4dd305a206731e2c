"""On whose behalf a person may act: a delegation passes on once, and what passes on is what both are for."""

from engine.organisation.acting_for import ALL, Given, principals_of

ANI, BUDI, CITRA, DEWI = 1, 2, 3, 4
LEAVE, LETTERS = 10, 20


def given(from_id: int, to_id: int, *definition_ids: int) -> Given:
    return Given(from_id=from_id, to_id=to_id, definition_ids=frozenset(definition_ids) or ALL)


def test_whoever_received_a_delegation_acts_for_the_giver():
    assert principals_of(BUDI, [given(ANI, BUDI)]) == {ANI: ALL}


def test_the_giver_acts_for_nobody():
    assert principals_of(ANI, [given(ANI, BUDI)]) == {}


def test_a_delegation_passes_on_once():
    assert principals_of(CITRA, [given(ANI, BUDI), given(BUDI, CITRA)]) == {BUDI: ALL, ANI: ALL}


def test_it_does_not_pass_on_twice():
    chain = [given(ANI, BUDI), given(BUDI, CITRA), given(CITRA, DEWI)]
    assert principals_of(DEWI, chain) == {CITRA: ALL, BUDI: ALL}


def test_nobody_acts_for_herself_by_a_circle():
    assert principals_of(ANI, [given(ANI, BUDI), given(BUDI, ANI)]) == {BUDI: ALL}


def test_what_passes_on_is_what_both_are_for():
    chain = [given(ANI, BUDI, LEAVE, LETTERS), given(BUDI, CITRA, LEAVE)]
    assert principals_of(CITRA, chain)[ANI] == {LEAVE}


def test_nothing_passes_on_of_procedures_that_differ():
    assert principals_of(CITRA, [given(ANI, BUDI, LEAVE), given(BUDI, CITRA, LETTERS)]) == {BUDI: {LETTERS}}


def test_two_delegations_of_one_giver_count_together():
    assert principals_of(BUDI, [given(ANI, BUDI, LEAVE), given(ANI, BUDI, LETTERS)]) == {ANI: {LEAVE, LETTERS}}
