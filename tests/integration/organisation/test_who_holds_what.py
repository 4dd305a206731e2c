from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from engine.organisation.finding import find_positions
from engine.organisation.model import Absence, AbsenceKind, Employee, Position
from engine.organisation.office_tree import office_tree
from engine.organisation.queries import (
    EmployeeNotFound,
    employee,
    find_employee_by_nip,
    head_of_unit,
    holders_of,
    main_unit_of,
    position_ids_held,
    positions_of,
    superiors_of,
    superiors_of_position,
    unit_subtree,
)

BEFORE_PLH, DURING_PLH, AFTER_PLH = date(2026, 11, 1), date(2026, 11, 23), date(2027, 2, 1)


def first_names(holders) -> list[str]:
    return [holder.name.split()[0] for holder in holders]


@pytest.mark.parametrize(
    ("on", "names"), [(BEFORE_PLH, ["Nalaratih"]), (DURING_PLH, ["Jatikusuma"]), (AFTER_PLH, ["Nalaratih"])]
)
def test_plh_holds_the_position_while_she_acts(office, session, on, names):
    assert first_names(holders_of(session, [office.position("kasi-pais")], on)) == names


def test_first_and_last_day_of_a_holding_count(office, session):
    kasi_pais = [office.position("kasi-pais")]
    assert first_names(holders_of(session, kasi_pais, date(2026, 11, 2))) == ["Jatikusuma"]
    assert first_names(holders_of(session, kasi_pais, date(2027, 1, 31))) == ["Jatikusuma"]


def test_pool_of_a_position_with_two_seats_has_both(office, session):
    holders = holders_of(session, [office.position("pengadministrasi-surat")], DURING_PLH)
    assert first_names(holders) == ["Bagaskara", "Melati"]


def test_who_left_holds_nothing(office, session):
    session.get_one(Employee, office.person("Bagaskara")).left_on = DURING_PLH
    session.flush()
    assert first_names(holders_of(session, [office.position("pengadministrasi-surat")], DURING_PLH)) == ["Melati"]


def test_acting_person_holds_both_positions_her_own_first(office, session):
    held = positions_of(session, office.person("Jatikusuma"), DURING_PLH)
    assert [(each.position_code, each.is_acting) for each in held] == [("kasi-penmad", False), ("kasi-pais", True)]


def test_absent_person_holds_nothing_meanwhile(office, session):
    assert position_ids_held(session, office.person("Nalaratih"), DURING_PLH) == frozenset()
    assert position_ids_held(session, office.person("Nalaratih"), AFTER_PLH) == {office.position("kasi-pais")}


def test_absent_person_still_belongs_to_her_unit(office, session):
    assert main_unit_of(session, office.person("Nalaratih"), DURING_PLH) == office.unit("seksi-pais")


@pytest.mark.parametrize(
    ("person", "superior"),
    [
        ("Bagaskara", "Laksmita"),  # staff to the head of the subdivision
        ("Laksmita", "Wiradipa"),  # she to the head of office
        ("Gunturwijaya", "Jatikusuma"),  # his own superior is away, the Plh is there
        ("Yudhanegara", "Bimantara"),  # he acts as his own superior, so it goes one higher
        ("Rangga", "Satriawangsa"),
    ],
)
def test_superior_of_a_person(office, session, person, superior):
    assert first_names(superiors_of(session, office.person(person), DURING_PLH)) == [superior]


def test_nobody_is_above_the_head_of_office(office, session):
    assert superiors_of(session, office.person("Wiradipa"), DURING_PLH) == ()


def test_climbs_past_a_vacant_superior(office, session):
    before_laksmita = date(2023, 7, 1)
    assert superiors_of(session, office.person("Bagaskara"), before_laksmita) == ()
    session.get_one(Employee, office.person("Laksmita")).left_on = BEFORE_PLH
    session.flush()
    assert first_names(superiors_of(session, office.person("Bagaskara"), DURING_PLH)) == ["Wiradipa"]


def test_position_without_superior_falls_back_on_the_head_of_its_unit(office, session):
    position = session.get_one(Position, office.position("bendahara"))
    position.superior_id = None
    session.flush()
    assert first_names(superiors_of_position(session, position.id, DURING_PLH)) == ["Laksmita"]


def test_superiors_in_a_circle_end(office, session):
    first, second = (session.get_one(Position, office.position(code)) for code in ("kasi-penmad", "kasi-pais"))
    first.superior_id, second.superior_id = second.id, first.id
    session.flush()
    assert first_names(superiors_of_position(session, first.id, AFTER_PLH)) == ["Nalaratih"]


def test_head_of_a_unit_may_be_acting(office, session):
    heads = head_of_unit(session, office.unit("kua-gubug"), DURING_PLH)
    assert [(head.name.split()[0], head.is_acting) for head in heads] == [("Yudhanegara", True)]


def test_unit_without_head_has_that_of_the_unit_above(office, session):
    before_plt = date(2026, 1, 1)
    assert first_names(head_of_unit(session, office.unit("kua-gubug"), before_plt)) == ["Bimantara"]


def found_codes(session, ref, unit_id) -> list[str]:
    return [position.code for position in find_positions(session, ref, unit_id)]


def test_code_names_one_position_wherever_one_asks(office, session):
    assert found_codes(session, "kasi-pais", office.unit("subbag-tu")) == ["kasi-pais"]
    assert found_codes(session, "Sekretaris", office.unit("kua-gubug")) == ["sekretaris"]


def test_shared_title_means_the_one_of_the_own_unit(office, session):
    assert found_codes(session, "Kepala Seksi", office.unit("seksi-pais")) == ["kasi-pais"]


def test_shared_title_means_the_one_in_charge_of_the_unit(office, session):
    assert found_codes(session, "kepala  seksi", office.unit("kua-gubug")) == ["kasi-bimas-islam"]


def test_shared_title_means_all_next_door_when_none_is_in_charge(office, session):
    assert len(found_codes(session, "Kepala Seksi", office.unit("subbag-tu"))) == 4


def test_title_is_found_without_a_unit(office, session):
    assert found_codes(session, "Penghulu", None) == ["penghulu-purwodadi", "penghulu-gubug"]


@pytest.mark.parametrize("ref", ["Direktur", "", "  ", "kasi\x00pais", "%", "\ud800"])
def test_unknown_position_is_no_position(office, session, ref):
    assert find_positions(session, ref, office.unit("subbag-tu")) == ()


def test_subtree_holds_the_unit_and_all_below(office, session):
    expected = {office.unit(code) for code in ("seksi-bimas-islam", "kua-purwodadi", "kua-gubug")}
    assert unit_subtree(session, office.unit("seksi-bimas-islam")) == expected


def test_employee_is_found_by_nip_with_or_without_spaces(office, session):
    found = find_employee_by_nip(session, "19860926 201505 1 001")
    assert found is not None
    assert found.name.startswith("Dananjaya")


@pytest.mark.parametrize("nip", ["198609262015051009", "", "\x00", "budi"])
def test_unknown_nip_is_nobody(office, session, nip):
    assert find_employee_by_nip(session, nip) is None


def test_unknown_employee_is_refused(office, session):
    with pytest.raises(EmployeeNotFound):
        employee(session, 999)


def heads_of_pais(session):
    (kantor,) = office_tree(session, DURING_PLH)
    return next(unit for unit in kantor.units if unit.code == "seksi-pais").positions[0].holders


def test_office_tree_says_that_a_plh_acts_but_not_that_she_is_away_when_no_absence_is_known(office, session):
    assert [(each.name.split()[0], each.is_acted_for) for each in heads_of_pais(session)] == [
        ("Jatikusuma", False),
        ("Nalaratih", True),
    ]
    assert [each.away_until for each in heads_of_pais(session)] == [None, None]


def test_office_tree_says_till_when_somebody_is_away(office, session):
    holder = heads_of_pais(session)[1]
    away = {"starts_on": DURING_PLH, "ends_on": AFTER_PLH, "kind": AbsenceKind.ANNUAL}
    session.add(
        Absence(
            employee_id=holder.employee_id,
            **away,
            recorded_at=datetime(2026, 11, 20, tzinfo=UTC),
            recorded_by="Sekretariat",
        )
    )
    session.flush()
    assert heads_of_pais(session)[1].away_until == AFTER_PLH


def test_a_closed_position_is_not_meant_by_its_title(office, session):
    session.get_one(Position, office.position("kasi-pais")).closed_on = DURING_PLH
    session.flush()
    unit_id = office.unit("seksi-pais")
    meant = {on: find_positions(session, "Kepala Seksi", unit_id, on) for on in (BEFORE_PLH, DURING_PLH)}
    assert [each.code for each in meant[BEFORE_PLH]] == ["kasi-pais"]
    assert "kasi-pais" not in [each.code for each in meant[DURING_PLH]]


def test_office_tree_has_every_unit_at_its_depth(office, session):
    (kantor,) = office_tree(session, DURING_PLH)
    bimas = next(unit for unit in kantor.units if unit.code == "seksi-bimas-islam")
    assert (kantor.depth, bimas.depth, [unit.depth for unit in bimas.units]) == (0, 1, [2, 2])


def test_office_tree_costs_five_statements(office, session, database):
    statements: list[str] = []
    event.listen(database, "before_cursor_execute", lambda c, cur, text, *rest: statements.append(text))
    office_tree(session, DURING_PLH)
    assert len([text for text in statements if text.startswith("SELECT")]) == 5
