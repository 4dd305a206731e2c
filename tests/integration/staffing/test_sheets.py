"""A duty sheet on its way from the appointment through the superior to the employee."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, true

from engine.access.permissions import NotAboutYou, NotItsManager
from engine.notifications.model import Notice
from engine.organisation.model import Holding, HoldingKind
from engine.staffing.duties import add_duty
from engine.staffing.errors import (
    AlreadyGiven,
    AlreadySigned,
    CopyKeptAlready,
    NotAScan,
    NothingToGive,
    NotSignedYet,
    NotYourOwnSheet,
    OnlyTheReceiver,
)
from engine.staffing.sheet_access import sheet_for
from engine.staffing.sheet_content import digest_of, duties_in
from engine.staffing.sheet_pdf import pdf_of
from engine.staffing.sheet_queries import SheetState, in_units, sheet, sheets, to_acknowledge, to_sign, ungiven
from engine.staffing.signing import acknowledge_sheet, keep_signed_copy, sign_sheet
from engine.worklist.attachments import receive
from engine.worklist.file_store import path_of
from engine.worklist.media_types import ContentDiffers
from tests.integration.staffing.conftest import JANUARY, TODAY, a_duty
from tests.support.small_office import person

SCAN = b"%PDF-1.7 signed"


def sheets_given(office, name: str):
    with office.core.read() as reading:
        return sheets(reading.session, Holding.employee_id == office.employee(name)).items


def detail(office, sheet_id: int):
    with office.core.read() as reading:
        return sheet(reading.session, sheet_id)


def signed(office, name: str, by: str = "citra") -> int:
    sheet_id = office.sheet_of(name)
    with office.core.work(person(office.core, by)) as work:
        sign_sheet(work, sheet_id)
    return sheet_id


def told(office, name: str) -> list[str]:
    with office.core.read() as reading:
        query = select(Notice.kind).where(Notice.employee_id == office.employee(name))
        return list(reading.session.scalars(query.order_by(Notice.id)))


def test_appointment_brings_the_sheet_of_its_position(office):
    office.appoint("fani", "vacant")
    (line,) = sheets_given(office, "fani")
    content = detail(office, line.sheet_id).content
    assert [duty.sentence for duty in duties_in(content)] == ["Menata arsip", "Memeriksa surat masuk"]
    assert (content["superior"]["name"], content["decree"]) == ("Citra Dewanti", "SK 7/2026")
    assert told(office, "citra") == ["sheet.issued"]


def test_whoever_brings_the_same_duties_along_needs_no_new_sheet(office):
    office.sheet_of("ani")
    office.appoint("ani", "vacant")
    assert len(sheets_given(office, "ani")) == 1


def test_a_plh_gets_no_sheet(office):
    office.appoint("fani", "writer", HoldingKind.PLH, ends_on=TODAY + timedelta(days=5))
    assert sheets_given(office, "fani") == ()


def test_sheet_says_what_it_said_whatever_is_written_later(office):
    sheet_id = office.sheet_of("ani")
    with office.core.work() as work:
        add_duty(work, office.position("clerk"), a_duty("Mengantar surat"), JANUARY)
    kept = detail(office, sheet_id)
    assert len(duties_in(kept.content)) == 2
    assert digest_of(kept.content) == kept.digest


def test_from_issue_to_acknowledgement(office, clock):
    sheet_id = signed(office, "ani")
    clock.advance(timedelta(hours=1))
    with office.core.work(person(office.core, "ani")) as work:
        acknowledge_sheet(work, sheet_id)
    line = detail(office, sheet_id).line
    assert (line.state, line.signed_by) == (SheetState.ACKNOWLEDGED, "Citra Dewanti")
    assert line.acknowledged_at - line.signed_at == timedelta(hours=1)
    assert told(office, "ani") == ["sheet.signed"]
    assert told(office, "citra") == ["sheet.issued", "sheet.acknowledged"]


def test_everyone_finds_what_waits_for_her(office):
    waiting, given = office.sheet_of("eko"), signed(office, "ani")
    unit_id = detail(office, waiting).line.unit_id
    with office.core.read() as reading:
        mine = to_acknowledge(reading.session, office.employee("ani"))
        hers = to_sign(reading.session, {unit_id}, office.employee("citra"))
        missing = ungiven(reading.session, TODAY, in_units({unit_id}))
    assert [line.sheet_id for line in mine] == [given]
    assert [line.sheet_id for line in hers] == [waiting]
    assert [line.employee_name for line in missing] == ["Budi Santosa"]


def test_whose_duties_changed_since_her_sheet_is_on_the_list_again(office, clock):
    office.sheet_of("ani")
    clock.advance(timedelta(days=1))
    with office.core.work() as work:
        add_duty(work, office.position("clerk"), a_duty("Mengantar surat"), TODAY + timedelta(days=1))
    with office.core.read() as reading:
        on_next_day = ungiven(reading.session, TODAY + timedelta(days=1), true())
        before = ungiven(reading.session, TODAY, true())
    assert "Ani Lestari" in [line.employee_name for line in on_next_day]
    assert "Ani Lestari" not in [line.employee_name for line in before]


def test_signed_copy_is_kept_by_its_content(office):
    sheet_id = office.sheet_of("ani")
    copy = receive(office.core.settings, "../lembar ani.pdf", BytesIO(SCAN), office.core.clock.now())
    with office.core.work(person(office.core, "citra")) as work:
        keep_signed_copy(work, sheet_id, copy)
    line = detail(office, sheet_id).line
    assert (line.state, line.signed_copy_name) == (SheetState.TO_ACKNOWLEDGE, "lembar ani.pdf")
    assert path_of(office.core.settings, line.signed_copy).read_bytes() == SCAN


def test_copy_of_a_sheet_without_superior_does_not_say_who_signed(office):
    with office.core.work() as work:
        add_duty(work, office.position("kepala"), a_duty("Memimpin kantor"), JANUARY)
    sheet_id, fani = office.sheet_of("dewi"), person(office.core, "fani")
    copy = receive(office.core.settings, "lembar.pdf", BytesIO(SCAN), office.core.clock.now())
    with office.core.work(fani) as work:
        keep_signed_copy(work, sheet_id, copy)
    line = detail(office, sheet_id).line
    assert (line.state, line.signed_by) == (SheetState.TO_ACKNOWLEDGE, None)
    with pytest.raises(CopyKeptAlready), office.core.work(fani) as work:
        keep_signed_copy(work, sheet_id, copy)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [("lembar.pdf", b"<html>", ContentDiffers), ("lembar.txt", b"Dengan hormat", NotAScan)],
)
def test_what_is_no_scan_is_refused_and_nothing_is_signed(office, name, content, refusal):
    sheet_id = office.sheet_of("ani")
    with pytest.raises(refusal), office.core.work(person(office.core, "citra")) as work:
        keep_signed_copy(work, sheet_id, receive(work.settings, name, BytesIO(content), work.now))
    assert detail(office, sheet_id).line.state is SheetState.TO_SIGN


def test_only_the_head_above_signs(office):
    sheet_id = office.sheet_of("ani")
    with pytest.raises(NotItsManager), office.core.work(person(office.core, "budi")) as work:
        sign_sheet(work, sheet_id)


def test_nobody_signs_her_own_sheet(office):
    with office.core.work() as work:
        add_duty(work, office.position("kasubbag"), a_duty("Memimpin subbagian"), JANUARY)
    sheet_id = office.sheet_of("citra")
    with pytest.raises(NotYourOwnSheet), office.core.work(person(office.core, "citra")) as work:
        sign_sheet(work, sheet_id)


def test_a_sheet_is_signed_once(office):
    sheet_id = signed(office, "ani")
    with pytest.raises(AlreadySigned), office.core.work(person(office.core, "dewi")) as work:
        sign_sheet(work, sheet_id)


def test_only_the_employee_acknowledges(office):
    sheet_id = signed(office, "ani")
    with pytest.raises(OnlyTheReceiver), office.core.work(person(office.core, "citra")) as work:
        acknowledge_sheet(work, sheet_id)


def test_nothing_is_acknowledged_before_it_is_signed(office):
    sheet_id = office.sheet_of("ani")
    with pytest.raises(NotSignedYet), office.core.work(person(office.core, "ani")) as work:
        acknowledge_sheet(work, sheet_id)


def test_a_colleague_does_not_see_the_sheet(office):
    sheet_id = office.sheet_of("ani")
    with pytest.raises(NotAboutYou), office.core.read(person(office.core, "budi")) as reading:
        sheet_for(reading, sheet_id)


def test_same_duties_are_not_given_twice(office):
    office.sheet_of("ani")
    with pytest.raises(AlreadyGiven):
        office.sheet_of("ani")


def test_a_position_without_duties_gives_no_sheet(office):
    with pytest.raises(NothingToGive):
        office.sheet_of("dewi")


def test_sheet_is_printed_as_a_pdf_that_stays_the_same(office, clock):
    clock.advance(timedelta(microseconds=5))
    found = detail(office, signed(office, "ani"))
    pdf = pdf_of(found, office.core.settings.zone)
    assert pdf.startswith(b"%PDF-1.")
    assert b"pdfaid" in pdf
    assert pdf == pdf_of(found, office.core.settings.zone)
