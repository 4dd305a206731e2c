"""Whoever asked for a case is known to those who work on it, and follows it by number and PIN."""

from datetime import timedelta

import pytest

from engine.access.permissions import CaseNotVisible
from engine.base.errors import TataKerjaError
from engine.core.core import Core
from engine.execution.applicants import (
    ApplicantWrong,
    Given,
    NoApplicant,
    applicant_of,
    find_applicant,
    make_pin,
    record_applicant,
)
from engine.execution.beginning import Started
from engine.execution.model import Applicant, InstanceState
from engine.execution.tracking import NextStep, Tracked, find_tracked
from tests.integration.execution.conftest import Desk
from tests.integration.execution.test_returning import LETTER, REPORT
from tests.support.small_office import person

SARI = Given(name="Sari  Wulandari", contact="0812-3456", identity_number="3315010101900001")


@pytest.fixture
def case(desk: Desk) -> Started:
    desk.publish(LETTER, laporan=REPORT)
    return desk.start(by="ani")


def write_down(core: Core, case: Started, given: Given = SARI, by: str = "ani") -> None:
    with core.work(person(core, by)) as work:
        record_applicant(work, case.instance_id, given)


def pin_for(core: Core, case: Started) -> str:
    with core.work(person(core, "ani")) as work:
        known = find_applicant(work, case.instance_id)
        return make_pin(work, case.instance_id, known.pin_mark if known else "")


def track(core: Core, number: str, pin: str) -> Tracked | None:
    with core.read() as reading:
        return find_tracked(reading, number, pin)


def test_who_works_on_the_case_knows_who_asked(core: Core, case: Started):
    write_down(core, case)
    with core.read(person(core, "ani")) as reading:
        known = applicant_of(reading, case.instance_id)
    assert known is not None
    assert (known.name, known.contact, known.has_pin) == ("Sari Wulandari", "0812-3456", False)


def test_others_do_not(core: Core, case: Started):
    write_down(core, case)
    with core.read(person(core, "fani")) as reading:
        assert applicant_of(reading, case.instance_id) is None


def test_the_promise_is_the_longest_way(core: Core, case: Started, clock):
    write_down(core, case)
    with core.read(person(core, "ani")) as reading:
        known = applicant_of(reading, case.instance_id)
    assert known is not None
    assert known.promised_at == clock.now() + timedelta(minutes=80)


@pytest.mark.parametrize(
    ("by", "given", "refusal"),
    [
        ("fani", SARI, CaseNotVisible),
        ("ani", Given(contact="0812"), ApplicantWrong),
        ("ani", Given(name="x" * 201), ApplicantWrong),
    ],
)
def test_what_is_wrong_is_not_written_down(
    core: Core, case: Started, by: str, given: Given, refusal: type[TataKerjaError]
):
    with pytest.raises(refusal):
        write_down(core, case, given, by)


def test_number_and_pin_tell_how_it_stands_and_nobodys_name(core: Core, case: Started):
    write_down(core, case)
    found = track(core, f" {case.number.lower().replace('-', ' ')} ", pin_for(core, case))
    assert found is not None
    assert (found.state, found.waits) == (
        InstanceState.ACTIVE,
        (NextStep(title="Catat", unit_name="Subbagian Tata Usaha"),),
    )
    assert not [name for name in ("Sari", "Ani", "Sebuah berkas") if name in repr(found)]


def test_without_the_right_pin_nothing_is_told(core: Core, case: Started):
    write_down(core, case)
    pin = pin_for(core, case)
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"
    assert [track(core, case.number, each) for each in (wrong, "", "x" * 9_999, "0" * 64)] == [None] * 4
    assert [track(core, number, pin) for number in ("", "SM-2026-99999", "\0", "%")] == [None] * 4


def test_before_a_receipt_is_made_no_pin_opens_anything(core: Core, case: Started):
    write_down(core, case)
    assert track(core, case.number, "") is None


def test_a_new_pin_ends_the_old_one(core: Core, case: Started):
    write_down(core, case)
    first, second = pin_for(core, case), pin_for(core, case)
    assert track(core, case.number, second) is not None
    assert first == second or track(core, case.number, first) is None


def test_only_a_digest_is_kept(core: Core, case: Started):
    write_down(core, case)
    pin = pin_for(core, case)
    with core.read() as reading:
        kept = reading.session.query(Applicant).one().pin_digest
    assert pin not in kept
    assert len(kept) == 64


def test_without_an_applicant_there_is_no_receipt(core: Core, case: Started):
    with pytest.raises(NoApplicant):
        pin_for(core, case)
