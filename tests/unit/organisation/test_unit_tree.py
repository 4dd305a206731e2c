from engine.organisation.tree import nearest_units, with_ancestors

OFFICE, TU, BIMAS, KUA_A, KUA_B, ELSEWHERE = 1, 2, 3, 4, 5, 9
PARENTS = {OFFICE: None, TU: OFFICE, BIMAS: OFFICE, KUA_A: BIMAS, KUA_B: BIMAS, ELSEWHERE: None}


def test_walk_goes_up_to_the_top():
    assert with_ancestors(KUA_A, PARENTS) == (KUA_A, BIMAS, OFFICE)


def test_walk_ends_in_a_circle():
    assert with_ancestors(1, {1: 2, 2: 1}) == (1, 2)


def test_own_unit_is_nearest():
    assert nearest_units(KUA_A, {KUA_A, BIMAS, KUA_B}, PARENTS) == {KUA_A}


def test_unit_in_charge_is_nearer_than_one_next_door():
    assert nearest_units(KUA_A, {KUA_B, BIMAS}, PARENTS) == {BIMAS}


def test_units_below_are_nearer_than_those_next_door():
    assert nearest_units(BIMAS, {KUA_A, KUA_B, TU}, PARENTS) == {KUA_A, KUA_B}


def test_units_next_door_are_all_equally_near():
    assert nearest_units(TU, {KUA_A, KUA_B}, PARENTS) == {KUA_A, KUA_B}


def test_what_nothing_connects_is_found_all_the_same():
    assert nearest_units(TU, {ELSEWHERE}, PARENTS) == {ELSEWHERE}
