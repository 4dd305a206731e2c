"""Who gets a step, as the organisation stands today."""

import pytest

from engine.core.core import Core
from engine.worklist.queries import item_detail
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task


def a_step_for(performer: str) -> bytes:
    first = user_task("mulai_kerja", extensions('<tk:pelaksana peran="pemulai"/>'))
    return diagram(*chain(start(), first, user_task("langkah", extensions(f"<tk:pelaksana {performer}/>")), end()))


@pytest.mark.parametrize(
    ("performer", "holder"),
    [
        ('jabatan="writer"', "Eko Prasetyo"),
        ('jabatan="Kasubbag TU"', "Citra Dewanti"),
        ('peran="pemulai"', "Ani Lestari"),
        ('peran="atasan-pemulai"', "Citra Dewanti"),
        ('peran="kepala-unit"', "Citra Dewanti"),
        ('pegawai="199001012016031003"', "Eko Prasetyo"),
        ('jabatan="vacant"', "Citra Dewanti"),
        ('eksternal="true"', "Ani Lestari"),
    ],
)
def test_a_step_reaches(desk: Desk, performer: str, holder: str):
    desk.publish(a_step_for(performer))
    case = desk.start(by="ani")
    desk.complete(case, "mulai_kerja", by="ani")
    assert desk.open(case) == {"langkah": holder}


def test_work_of_a_vacant_position_says_why_it_came_to_the_superior(core: Core, desk: Desk):
    desk.publish(a_step_for('jabatan="vacant"'))
    case = desk.start(by="ani")
    desk.complete(case, "mulai_kerja", by="ani")
    with core.read() as reading:
        reason = item_detail(reading.session, desk.item(case, "langkah")).assignment_reason
    assert reason["params"] == {"position": "Arsiparis", "superior": "Citra Dewanti"}


def test_work_that_nobody_can_do_is_told_to_administrators(core: Core, desk: Desk):
    desk.publish(a_step_for('jabatan="tidak-ada"'))
    case = desk.start(by="ani")
    desk.complete(case, "mulai_kerja", by="ani")
    assert desk.open(case) == {"langkah": None}


def test_whoever_starts_a_case_has_its_first_step_at_once(desk: Desk):
    desk.publish(diagram(*chain(start(), person_task("catat", "clerk"), person_task("periksa", "clerk"), end())))
    case = desk.start(by="budi")
    assert desk.open(case) == {"catat": "Budi Santosa"}


def test_a_later_step_of_the_same_position_waits_in_the_pool(desk: Desk):
    desk.publish(diagram(*chain(start(), person_task("catat", "clerk"), person_task("periksa", "clerk"), end())))
    case = desk.start(by="budi")
    desk.complete(case, "catat", by="budi")
    assert desk.open(case) == {"periksa": None}
