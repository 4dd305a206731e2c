"""A case that stands still says why, and administrators mend it on its page."""

from collections.abc import Callable

import pytest

from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.execution.foresight import steps_now
from engine.execution.incidents import incidents_of_case
from engine.worklist.queries import open_items_of_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.diagrams import catch, chain, diagram, end, flow, parallel, person_task, script_task, start, timer
from tests.support.small_office import person

HALF = diagram(
    *chain(start(), script_task("hitung", "x = jumlah * 2"), person_task("setujui", "kasubbag"), end()),
)
WAITING = diagram(
    *chain(start(), parallel("bagi"), catch("tunggu", timer("P30D")), parallel("kumpul"), end()),
    *(person_task("tulis", "writer"), flow("bagi", "tulis"), flow("tulis", "kumpul")),
)

Open = Callable[[str], Browser]


@pytest.fixture
def begin(core: Core) -> Callable[..., Started]:
    def begin(source: bytes, by: str = "eko") -> Started:
        examination = examine(Upload(filename="process.bpmn", source=source))
        with core.work() as work:
            publish(work, deploy(work, examination).version_id)
        with core.work(person(core, by)) as work:
            return start_case(work, "proses", "Sebuah berkas")

    return begin


@pytest.fixture
def stopped(begin: Callable[..., Started]) -> Started:
    return begin(HALF, by="citra")


def incident_of(core: Core, case: Started) -> int:
    with core.read() as reading:
        return incidents_of_case(reading.session, case.instance_id)[0].incident_id


def step_of(core: Core, case: Started, element: str) -> int:
    with core.read(person(core, "fani")) as reading:
        return next(each.activity_id for each in steps_now(reading, case.instance_id) if each.element == element)


def test_a_stopped_case_never_says_that_nothing_has_to_be_done(browser_of: Open, stopped: Started):
    page = text_of(browser_of("citra").get(f"/berkas/{stopped.number}"))
    assert "The case stopped at “hitung”" in page
    assert "Nobody has to do anything now." not in page


def test_who_finishes_the_step_before_the_fault_is_told_that_the_case_stopped(
    core: Core, browser_of: Open, begin: Callable[..., Started]
):
    case = begin(
        diagram(*chain(start(), person_task("tulis", "writer"), script_task("hitung", "x = jumlah * 2"), end()))
    )
    with core.read() as reading:
        (item,) = open_items_of_case(reading.session, case.instance_id)
    told = text_of(browser_of("eko").post(f"/tugas/{item.work_item_id}/selesai", follow_redirects=True))
    assert "But after it the case stopped because of a fault." in told
    assert "Nobody has to do anything more" not in told


def test_the_board_names_it_and_does_not_count_it_among_those_on_track(browser_of: Open, stopped: Started):
    citra = browser_of("citra")
    assert stopped.number in text_of(citra.get("/pemantauan"))
    assert stopped.number not in text_of(citra.get("/berkas?keadaan=lancar"))
    assert stopped.number in text_of(citra.get("/berkas?keadaan=terhenti"))


@pytest.mark.parametrize("part", ["", "/diagram", "/data", "/dokumen", "/catatan"])
def test_every_part_of_a_stopped_case_says_so(browser_of: Open, stopped: Started, part: str):
    assert "The case stopped at “hitung”" in text_of(browser_of("fani").get(f"/berkas/{stopped.number}{part}"))


def test_only_administrators_see_what_they_may_do(browser_of: Open, stopped: Started):
    assert "Complete by hand" in text_of(browser_of("fani").get(f"/berkas/{stopped.number}"))
    page = text_of(browser_of("citra").get(f"/berkas/{stopped.number}"))
    assert "Complete by hand" not in page
    assert "Nothing is lost." in page


def test_the_reason_is_told_in_the_readers_language(browser_of: Open, stopped: Started):
    assert "There is no variable named “jumlah” yet." in text_of(browser_of("fani").get(f"/berkas/{stopped.number}"))


def test_a_failed_step_is_completed_on_its_page(core: Core, browser_of: Open, stopped: Started):
    fani = browser_of("fani")
    address = f"/berkas/{stopped.number}/gangguan/{incident_of(core, stopped)}/selesaikan"
    assert "x = " in text_of(fani.get(address))
    answer = fani.post(address, {"values": "x = 12", "reason": "Dihitung sendiri"}, follow_redirects=True)
    assert "The step counts as done" in text_of(answer)
    assert "Setujui" in text_of(answer)


def test_what_was_typed_stays_when_the_reason_is_missing(core: Core, browser_of: Open, stopped: Started):
    address = f"/berkas/{stopped.number}/gangguan/{incident_of(core, stopped)}/selesaikan"
    answer = browser_of("fani").post(address, {"values": "x = 12", "reason": ""})
    assert answer.status_code == 422
    assert "x = 12" in text_of(answer)
    assert "Say why" in text_of(answer)


def test_lines_that_cannot_be_read_are_told(core: Core, browser_of: Open, stopped: Started):
    address = f"/berkas/{stopped.number}/gangguan/{incident_of(core, stopped)}/selesaikan"
    answer = browser_of("fani").post(address, {"values": "dua belas", "reason": "x"})
    assert (answer.status_code, "Line 1 has no name" in text_of(answer)) == (422, True)


def test_corrected_data_and_a_second_try_let_the_case_go_on(core: Core, browser_of: Open, stopped: Started):
    fani = browser_of("fani")
    assert "judul = Sebuah berkas" in text_of(fani.get(f"/berkas/{stopped.number}/data/ubah"))
    changed = {"values": "jumlah = 6\nlengkap = true", "reason": "Lupa diisi"}
    answer = fani.post(f"/berkas/{stopped.number}/data/ubah", changed, follow_redirects=True)
    assert "Now it is: jumlah = 6 (a number); lengkap = true (yes or no)." in text_of(answer)
    incident_id = incident_of(core, stopped)
    answer = fani.post(f"/berkas/{stopped.number}/gangguan/{incident_id}/ulangi", follow_redirects=True)
    assert "The case stopped" not in text_of(answer)
    assert "Setujui" in text_of(answer)


def test_a_move_is_chosen_foreseen_and_made(core: Core, browser_of: Open, stopped: Started):
    fani, step = browser_of("fani"), step_of(core, stopped, "hitung")
    address = f"/berkas/{stopped.number}/langkah/{step}/pindahkan"
    assert "Setujui" in text_of(fani.get(address))
    foreseen = text_of(fani.get(f"{address}?ke=setujui"))
    assert "“Setujui” begins." in foreseen
    assert "“hitung” stops." in foreseen
    answer = fani.post(address, {"ke": "setujui", "reason": "Sudah dihitung"}, follow_redirects=True)
    assert "The case continues there." in text_of(answer)


def test_a_move_that_is_refused_says_why(core: Core, browser_of: Open, stopped: Started):
    step = step_of(core, stopped, "hitung")
    page = text_of(browser_of("fani").get(f"/berkas/{stopped.number}/langkah/{step}/pindahkan?ke=bulan"))
    assert "bulan" in page
    assert "Continue there" not in page


def test_a_wait_happens_now(core: Core, browser_of: Open, begin: Callable[..., Started]):
    case = begin(WAITING)
    fani, step = browser_of("fani"), step_of(core, case, "tunggu")
    assert "Let “tunggu” happen now…" in text_of(fani.get(f"/berkas/{case.number}"))
    address = f"/berkas/{case.number}/langkah/{step}/terjadikan"
    assert "This will happen" in text_of(fani.get(f"{address}?peristiwa=tunggu"))
    answer = fani.post(address, {"peristiwa": "tunggu", "reason": "Sudah dijawab"}, follow_redirects=True)
    assert "It has happened" in text_of(answer)


def test_a_step_that_is_gone_is_not_found(browser_of: Open, stopped: Started):
    assert browser_of("fani").get(f"/berkas/{stopped.number}/langkah/4711/pindahkan").status_code == 404


@pytest.mark.parametrize("page", ["data/ubah", "langkah/2/pindahkan", "langkah/2/terjadikan", "gangguan/1/selesaikan"])
def test_repairs_are_closed_to_others(browser_of: Open, stopped: Started, page: str):
    citra = browser_of("citra")
    assert citra.get(f"/berkas/{stopped.number}/{page}").status_code == 403
    fields = {"values": "a = 1", "reason": "x", "ke": "setujui", "peristiwa": "tunggu"}
    assert citra.post(f"/berkas/{stopped.number}/{page}", fields).status_code == 403


def test_the_trail_tells_of_repairs_in_words(core: Core, browser_of: Open, stopped: Started):
    fani = browser_of("fani")
    fani.post(f"/berkas/{stopped.number}/data/ubah", {"values": "jumlah = 6", "reason": "Lupa diisi"})
    assert "changed data of the case (jumlah), because: Lupa diisi" in text_of(fani.get("/administrasi/jejak"))


def test_whoever_takes_part_sees_what_was_mended_and_why(core: Core, browser_of: Open, stopped: Started):
    step = step_of(core, stopped, "hitung")
    address = f"/berkas/{stopped.number}/langkah/{step}/pindahkan"
    browser_of("fani").post(address, {"ke": "setujui", "reason": "Sudah dihitung"})
    page = text_of(browser_of("citra").get(f"/berkas/{stopped.number}"))
    assert "let the case continue at “Setujui” instead of “hitung”, because: Sudah dihitung" in page
