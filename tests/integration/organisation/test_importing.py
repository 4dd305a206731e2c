from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from engine.organisation.events import OrganisationImported
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee, Holding, Position, Unit
from engine.organisation.office_file import OrganisationRefused

SMALL = """
units: [{code: a, name: A}]
positions: [{code: p, title: P, kind: executive, unit: a, seats: 2}]
employees:
  - {username: budi, nip: "198609262015051001", name: Budi}
  - {username: siti, name: Siti, email: siti@example.id}
holdings:
  - {employee: budi, position: p, kind: definitive, from: 2026-01-01}
  - {employee: siti, position: p, kind: definitive, from: 2026-02-01}
"""


@pytest.fixture
def imported(work):
    def bring_in(text: str):
        with work() as w:
            return import_organisation(w, text.encode())

    return bring_in


def rows(session, kind) -> int:
    return session.scalar(select(func.count()).select_from(kind))


def test_sample_office_comes_in_whole(office, session):
    counts = {kind.__tablename__: rows(session, kind) for kind in (Unit, Position, Employee, Holding)}
    assert counts == {"unit": 9, "position": 25, "employee": 28, "holding": 30}


def test_same_file_twice_changes_nothing(office, work, office_file):
    with work() as w:
        result = import_organisation(w, office_file)
    assert (result.created, result.changed, result.unchanged, result.gone) == (0, 0, 92, 0)


def test_change_of_the_file_is_one_change_of_the_office(imported):
    imported(SMALL)
    result = imported(SMALL.replace("name: Budi", "name: Budi Utama"))
    assert (result.created, result.changed, result.unchanged, result.gone) == (0, 1, 5, 0)


def test_refused_file_leaves_nothing_behind(work, session):
    with pytest.raises(OrganisationRefused), work() as w:
        import_organisation(w, SMALL.replace("position: p", "position: q").encode())
    assert rows(session, Unit) == 0


def test_person_no_longer_listed_has_left_and_her_holding_ended(imported, session, clock):
    imported(SMALL)
    kept = [line for line in SMALL.splitlines() if "budi" not in line]
    result = imported("\n".join(kept))
    budi = session.scalars(select(Employee).where(Employee.name == "Budi")).one()
    holding = session.scalars(select(Holding).where(Holding.employee_id == budi.id)).one()
    assert result.gone == 2
    assert (budi.left_on, holding.ends_on) == (date(2026, 11, 23), date(2026, 11, 22))


def test_person_listed_again_is_back(imported, session):
    imported(SMALL)
    imported("\n".join(line for line in SMALL.splitlines() if "budi" not in line))
    imported(SMALL)
    budi = session.scalars(select(Employee).where(Employee.name == "Budi")).one()
    assert budi.left_on is None
    assert session.scalars(select(Holding.ends_on).where(Holding.employee_id == budi.id)).all() == [None]


def test_holding_that_would_only_begin_is_taken_back(imported, session):
    imported(SMALL.replace("from: 2026-02-01", "from: 2027-02-01"))
    imported("\n".join(line for line in SMALL.splitlines() if "2026-02-01" not in line))
    assert rows(session, Holding) == 1


def test_ended_holding_is_history_and_stays(imported, session):
    imported(SMALL.replace("from: 2026-02-01", "from: 2026-02-01, until: 2026-03-01"))
    result = imported("\n".join(line for line in SMALL.splitlines() if "2026-02-01" not in line))
    assert result.gone == 0
    assert rows(session, Holding) == 2


def test_person_known_by_address_gets_her_nip(imported, session):
    imported(SMALL)
    imported(SMALL.replace("{username: siti,", '{username: siti, nip: "199004172015032002",'))
    siti = session.scalars(select(Employee).where(Employee.email == "siti@example.id")).one()
    assert siti.nip == "199004172015032002"
    assert rows(session, Employee) == 2


def test_section_left_out_stays_as_it_is(imported, session):
    imported(SMALL)
    result = imported("units: [{code: a, name: A}, {code: b, name: B, parent: a}]")
    assert (result.created, result.gone) == (1, 0)
    assert rows(session, Holding) == 2


def test_holdings_alone_refer_to_people_and_positions_of_the_office(imported):
    imported(SMALL)
    text = "holdings:\n  - {employee: '198609262015051001', position: p, kind: definitive, from: 2026-01-01}"
    assert imported(text).gone == 1


def test_import_is_told(work, office_file):
    with work() as w:
        import_organisation(w, office_file)
    assert w.events == [OrganisationImported(created=92, changed=0, gone=0)]


def test_day_of_leaving_is_the_offices_own_day(imported, session, clock):
    clock.advance(timedelta(hours=17))  # 18:00 UTC on Monday is 01:00 on Tuesday in Jakarta
    imported(SMALL)
    imported("\n".join(line for line in SMALL.splitlines() if "budi" not in line))
    assert session.scalar(select(Employee.left_on).where(Employee.name == "Budi")) == date(2026, 11, 24)
