"""Pages of job descriptions, duty sheets, competencies and transfers: who opens them, and what comes back on a slip."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from engine.access.accounts import set_roles
from engine.access.model import Role, Scope
from engine.base.actor import Reach
from engine.competency.operations import add_competency, require_of_position
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.cases import start_case
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, Holding, Position
from engine.staffing.duties import add_duty
from engine.staffing.issuing import issue_sheet
from engine.worklist.queries import open_items_of_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.diagrams import chain, diagram, end, extensions, start, user_task
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
DUTY = {"sentence": "Menata arsip", "norm_minutes": "15", "yearly_volume": "400", "starts_on": "2026-11-23"}
OPEN_TO_ALL = ["/organisasi/uraian-tugas", "/organisasi/lembar-uraian-tugas"]
FOR_KEEPERS = [
    "/organisasi/mutasi",
    "/organisasi/uraian-tugas/jabatan/{clerk}/baru",
    "/organisasi/kompetensi/jabatan/{clerk}",
]


@pytest.fixture
def clerk(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(Position.id).where(Position.code == "clerk")).one()


@pytest.fixture
def sheet_id(core: Core, clerk: int) -> int:
    """Ani's."""
    duty = Duty(sentence="Menata arsip", result_unit="berkas", norm_minutes=15, yearly_volume=400, kind=DutyKind.MAIN)
    ani = person(core, "ani").employee_id
    with core.work() as work:
        add_duty(work, clerk, duty, date(2026, 1, 1))
        return issue_sheet(work, work.session.scalars(select(Holding.id).where(Holding.employee_id == ani)).one())


@pytest.mark.parametrize("address", OPEN_TO_ALL)
def test_everyone_sees_duties(browser_of: BrowserOf, address: str) -> None:
    assert browser_of("ani").get(address).status_code == 200


@pytest.mark.parametrize("address", FOR_KEEPERS)
def test_only_keepers_change_the_office(browser_of: BrowserOf, clerk: int, address: str) -> None:
    assert browser_of("citra").get(address.format(clerk=clerk)).status_code == 403
    assert browser_of("fani").get(address.format(clerk=clerk)).status_code == 200


def test_job_description_is_added_and_stands_on_the_page(browser_of: BrowserOf, clerk: int) -> None:
    answer = browser_of("fani").post(f"/organisasi/uraian-tugas/jabatan/{clerk}/baru", DUTY, follow_redirects=True)
    assert "Menata arsip" in text_of(answer)


@pytest.mark.parametrize(
    ("slip", "field"),
    [({"sentence": ""}, "sentence"), ({"norm_minutes": "1,5"}, "norm_minutes"), ({"starts_on": "besok"}, "starts_on")],
)
def test_slip_comes_back_with_what_was_typed(browser_of: BrowserOf, clerk: int, slip: dict, field: str) -> None:
    typed = {**DUTY, "yearly_volume": "417", **slip}
    answer = browser_of("fani").post(f"/organisasi/uraian-tugas/jabatan/{clerk}/baru", typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text_of(answer)
    assert 'value="417"' in text_of(answer)


def test_sheet_is_signed_and_acknowledged_on_its_page(browser_of: BrowserOf, sheet_id: int) -> None:
    address = f"/organisasi/lembar-uraian-tugas/{sheet_id}"
    assert browser_of("citra").post(f"{address}/tanda-tangan").status_code == 302
    assert "/terima" in text_of(browser_of("ani").get(address))
    browser_of("ani").post(f"{address}/terima")
    assert "/terima" not in text_of(browser_of("ani").get(address))


def test_new_sheet_is_offered_where_the_duties_have_changed(
    core: Core, browser_of: BrowserOf, clerk: int, sheet_id: int
) -> None:
    address, offer = f"/organisasi/lembar-uraian-tugas/{sheet_id}", "Issue a new sheet"
    assert offer not in text_of(browser_of("citra").get(address))
    browser_of("fani").post(f"/organisasi/uraian-tugas/jabatan/{clerk}/baru", {**DUTY, "sentence": "Mengantar surat"})
    assert offer in text_of(browser_of("citra").get(address))
    assert offer not in text_of(browser_of("ani").get(address))


def test_sheet_of_a_colleague_is_closed_also_as_pdf(browser_of: BrowserOf, sheet_id: int) -> None:
    address = f"/organisasi/lembar-uraian-tugas/{sheet_id}"
    budi = browser_of("budi")
    assert {budi.get(f"{address}{part}").status_code for part in ("", "/lembar.pdf", "/salinan")} == {403}


def test_page_named_as_scan_is_refused_at_its_field(browser_of: BrowserOf, sheet_id: int) -> None:
    file = (BytesIO(b"<html>"), "lembar.pdf")
    answer = browser_of("citra").post(f"/organisasi/lembar-uraian-tugas/{sheet_id}/salinan", {"copy": file})
    assert answer.status_code == 422
    assert 'id="copy-error"' in text_of(answer)


def test_a_copy_of_somebody_who_may_not_sign_is_not_received(core: Core, browser_of: BrowserOf, sheet_id: int) -> None:
    file = (BytesIO(b"%PDF-1.4"), "lembar.pdf")
    answer = browser_of("ani").post(f"/organisasi/lembar-uraian-tugas/{sheet_id}/salinan", {"copy": file})
    assert answer.status_code == 403
    assert not [each for each in core.settings.data_folder.rglob("*") if each.is_file() and len(each.name) == 64]


def test_head_takes_the_training_needs_of_her_units_along(core: Core, browser_of: BrowserOf, clerk: int) -> None:
    with core.work() as work:
        require_of_position(work, clerk, [add_competency(work, "arsip", "Diklat Kearsipan")])
    answer = browser_of("citra").get("/organisasi/kompetensi/usulan-diklat.csv")
    assert text_of(answer).count("Diklat Kearsipan") == 2
    xlsx = browser_of("citra").client.get("/organisasi/kompetensi/usulan-diklat.xlsx")
    assert xlsx.get_data().startswith(b"PK")


def test_auditor_of_a_unit_sees_what_its_people_lack(core: Core, browser_of: BrowserOf, clerk: int) -> None:
    ani, eko, dewi = (person(core, name).employee_id for name in ("ani", "eko", "dewi"))
    with core.work() as work:
        require_of_position(work, clerk, [add_competency(work, "arsip", "Diklat Kearsipan")])
        unit_id = work.session.get_one(Position, clerk).unit_id
        set_roles(work, eko, [Role.AUDITOR], [Reach(role=Role.AUDITOR, scope=Scope.UNIT, unit_id=unit_id)])
    auditor = browser_of("eko")
    assert text_of(auditor.get("/organisasi/kompetensi")).count("Diklat Kearsipan") == 2
    assert auditor.get(f"/organisasi/kompetensi/pegawai/{ani}").status_code == 200
    assert auditor.get(f"/organisasi/kompetensi/pegawai/{dewi}").status_code == 403


def test_a_kind_of_competency_is_renamed_unless_another_has_the_name(core: Core, browser_of: BrowserOf) -> None:
    with core.work() as work:
        kind = add_competency(work, "arsip", "Diklat Karsipan")
        add_competency(work, "bendahara", "Diklat Bendahara")
    fani, address = browser_of("fani"), f"/organisasi/kompetensi/jenis/{kind}"
    assert fani.post(address, {"name": "Diklat Bendahara"}).status_code == 422
    assert "Diklat Karsipan" in text_of(fani.get(f"/organisasi/kompetensi/jenis?ubah={kind}"))
    assert "Diklat Kearsipan" in text_of(fani.post(address, {"name": "Diklat Kearsipan"}, follow_redirects=True))


def test_what_is_no_competency_does_not_take_away_what_is_required(
    core: Core, browser_of: BrowserOf, clerk: int
) -> None:
    with core.work() as work:
        require_of_position(work, clerk, [add_competency(work, "arsip", "Diklat Kearsipan")])
    address = f"/organisasi/kompetensi/jabatan/{clerk}"
    assert browser_of("fani").post(address, {"competency": "9" * 30}).status_code == 404
    assert " checked" in text_of(browser_of("fani").get(address))


def test_certificate_without_a_day_is_refused_at_its_field(core: Core, browser_of: BrowserOf) -> None:
    with core.work() as work:
        kind = add_competency(work, "arsip", "Diklat Kearsipan")
    ani = person(core, "ani").employee_id
    answer = browser_of("fani").post(f"/organisasi/kompetensi/pegawai/{ani}", {"competency": kind})
    assert answer.status_code == 422
    assert 'id="obtained_on-error"' in text_of(answer)


@pytest.mark.parametrize("day", ["", "2026-13-01", "\x00"])
def test_transfer_without_a_day_changes_nothing(browser_of: BrowserOf, core: Core, clerk: int, day: str) -> None:
    eko = person(core, "eko").employee_id
    answer = browser_of("fani").post(f"/organisasi/mutasi?pegawai={eko}&jabatan={clerk}", {"day": day})
    assert answer.status_code == 422
    assert 'id="day-error"' in text_of(answer)


def test_transfer_to_a_taken_seat_says_who_has_it(browser_of: BrowserOf, core: Core, clerk: int) -> None:
    eko = person(core, "eko").employee_id
    answer = browser_of("fani").post(f"/organisasi/mutasi?pegawai={eko}&jabatan={clerk}", {"day": "2026-12-01"})
    assert answer.status_code == 422
    assert "Ani Lestari" in text_of(answer)


@pytest.fixture
def archives(core: Core, clerk: int) -> int:
    """A competency that the clerks' position requires; nobody has shown it."""
    with core.work() as work:
        kind = add_competency(work, "arsip", "Diklat Kearsipan")
        require_of_position(work, clerk, [kind])
    return kind


@pytest.fixture
def demanding_item(core: Core, archives: int) -> int:
    """A task of the clerks' pool whose step requires it too."""
    step = user_task("catat", extensions('<tk:pelaksana jabatan="clerk"/>', '<tk:kualifikasi kode="arsip"/>'))
    examination = examine(Upload(filename="process.bpmn", source=diagram(*chain(start(), step, end())), forms={}))
    with core.work() as work:
        publish(work, deploy(work, examination).version_id)
    with core.work(person(core, "ani")) as work:
        case = start_case(work, "proses", "Sebuah berkas")
    with core.read() as reading:
        return open_items_of_case(reading.session, case.instance_id)[0].work_item_id


def test_handing_over_says_who_lacks_what(browser_of: BrowserOf, demanding_item: int) -> None:
    page = text_of(browser_of("citra").get(f"/tugas/{demanding_item}/serahkan"))
    assert "lacks: Diklat Kearsipan" in page


def test_task_says_what_its_holder_lacks(browser_of: BrowserOf, demanding_item: int) -> None:
    page = text_of(browser_of("ani").get(f"/tugas/{demanding_item}"))
    assert "Ani Lestari has not shown what this step requires: Diklat Kearsipan." in page


def test_appointing_says_what_she_lacks(browser_of: BrowserOf, core: Core, clerk: int, archives: int) -> None:
    eko = person(core, "eko").employee_id
    wanted = {"kind": "plh", "starts_on": "2026-11-24", "ends_on": "2026-11-30", "decree": "SPT 1/2026"}
    page = browser_of("fani").post(f"/organisasi/penunjukan?pegawai={eko}&jabatan={clerk}", wanted)
    assert "She lacks what the position requires: Diklat Kearsipan." in text_of(page)


def test_sheets_of_one_person_stand_alone(browser_of: BrowserOf, core: Core, sheet_id: int) -> None:
    ani, budi = (person(core, name).employee_id for name in ("ani", "budi"))
    address = "/organisasi/lembar-uraian-tugas?pegawai={}"
    assert f"/lembar-uraian-tugas/{sheet_id}" in text_of(browser_of("fani").get(address.format(ani)))
    assert "No sheet has been issued yet." in text_of(browser_of("fani").get(address.format(budi)))
