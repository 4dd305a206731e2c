"""Competencies are required, held and missed; who lacks one stands on the list of trainings."""

from datetime import date

import pytest
from sqlalchemy import select, true

from engine.access.permissions import SecretariatOnly
from engine.base.paging import BadCursor
from engine.competency.gaps import Missing
from engine.competency.operations import (
    CompetencyInUse,
    InvalidCompetency,
    add_competency,
    drop_competency,
    drop_held,
    note_held,
    require_of_position,
)
from engine.competency.queries import competencies, held_by, lacking_for_position, lacking_for_step
from engine.competency.training import all_training_needs, as_cells, training_needs
from engine.core.core import Core
from engine.organisation.model import Position
from tests.support.small_office import load_small_office, person

TODAY = date(2026, 11, 23)


class Skilled:
    """A small office whose clerks must know archives."""

    def __init__(self, core: Core) -> None:
        self.core = core
        load_small_office(core)
        with core.work() as work:
            self.clerk = work.session.scalars(select(Position.id).where(Position.code == "clerk")).one()
            self.archives = add_competency(work, "arsip", "Diklat Kearsipan")
            require_of_position(work, self.clerk, [self.archives])
        self.ani, self.budi = (person(core, name).employee_id for name in ("ani", "budi"))

    def note(self, employee_id: int, obtained_on: date = date(2024, 5, 1), valid_until: date | None = None) -> None:
        with self.core.work() as work:
            note_held(work, employee_id, self.archives, "No. 12/2024", obtained_on, valid_until)

    def needs(self):
        with self.core.read() as reading:
            return training_needs(reading.session, TODAY, true()).items


@pytest.fixture
def office(core: Core) -> Skilled:
    return Skilled(core)


def test_whoever_lacks_what_her_position_requires_is_on_the_list(office):
    office.note(office.ani)
    assert [(need.employee_name, need.competency, need.expired_on) for need in office.needs()] == [
        ("Budi Santosa", "Diklat Kearsipan", None)
    ]


def test_expired_certificate_puts_her_back_on_the_list(office):
    office.note(office.ani, valid_until=date(2026, 11, 22))
    office.note(office.budi)
    assert [need.expired_on for need in office.needs()] == [date(2026, 11, 22)]


def test_list_is_written_as_cells(office):
    with office.core.read() as reading:
        rows = list(as_cells(all_training_needs(reading.session, TODAY, true())))
    assert rows[0][1:] == ("Ani Lestari", "198609262015051001", "Pengadministrasi", "Diklat Kearsipan", None)


def test_forged_place_in_the_list_is_refused(office):
    with pytest.raises(BadCursor), office.core.read() as reading:
        training_needs(reading.session, TODAY, true(), "WyJhIiwgImIiLCAxLCAyXQ")


def test_step_names_what_it_requires_by_code_or_name(office):
    office.note(office.ani)
    with office.core.read() as reading:
        by_code = lacking_for_step(reading.session, ("ARSIP",), [office.ani, office.budi], TODAY)
        unknown = lacking_for_step(reading.session, ("diklat  kearsipan", "Sertifikat X"), [office.ani], TODAY)
    assert by_code == {office.budi: (Missing(name="Diklat Kearsipan"),)}
    assert unknown == {office.ani: (Missing(name="Sertifikat X"),)}


def test_what_somebody_would_lack_in_a_position_is_told(office):
    eko = person(office.core, "eko").employee_id
    with office.core.read() as reading:
        assert lacking_for_position(reading.session, office.clerk, [eko], TODAY) == {
            eko: (Missing(name="Diklat Kearsipan"),)
        }


def test_same_certificate_again_is_a_correction(office):
    office.note(office.ani)
    office.note(office.ani, valid_until=date(2027, 5, 1))
    with office.core.read() as reading:
        (line,) = held_by(reading.session, office.ani)
        (kind,) = competencies(reading.session, TODAY)
    assert line.valid_until == date(2027, 5, 1)
    assert (kind.positions, kind.people) == (1, 1)


def test_mistaken_entry_is_taken_away(office):
    office.note(office.ani)
    with office.core.read() as reading:
        (line,) = held_by(reading.session, office.ani)
    with office.core.work() as work:
        assert drop_held(work, line.id) == office.ani
    assert len(office.needs()) == 2


@pytest.mark.parametrize(
    ("code", "name", "field"),
    [("arsip", "Lain", "code"), ("A B", "Lain", "code"), ("lain", "diklat kearsipan", "name")],
)
def test_double_or_unusable_kind_is_refused_at_its_field(office, code, name, field):
    with pytest.raises(InvalidCompetency) as refusal, office.core.work() as work:
        add_competency(work, code, name)
    assert [problem.name for problem in refusal.value.fields] == [field]


def test_certificate_that_ends_before_it_begins_is_refused(office):
    with pytest.raises(InvalidCompetency):
        office.note(office.ani, valid_until=date(2024, 4, 30))


def test_kind_in_use_stays(office):
    with pytest.raises(CompetencyInUse), office.core.work() as work:
        drop_competency(work, office.archives)


def test_only_the_secretariat_keeps_them(office):
    with pytest.raises(SecretariatOnly), office.core.work(person(office.core, "citra")) as work:
        add_competency(work, "lain", "Lain")
