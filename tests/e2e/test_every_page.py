"""Each page at each width, in light and dark: no grave finding of axe-core, nothing to scroll sideways."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.accessibility import grave_findings
from tests.e2e.browser import DESK_WIDTH, HEIGHTS, PHONE_WIDTH, SMALLEST_WIDTH, Watch, new_context
from tests.e2e.colleagues import CallColleague
from tests.e2e.lived_in import Traces, spend_morning
from tests.e2e.office import Office
from tests.e2e.sop import PEMINJAMAN, SURAT_TUGAS
from tests.e2e.steps import sign_in

# The name of a page, who looks at it, and its address, which may take a part from the morning's traces.
PAGES = {
    "inbox": ("ratna", "/tugas"),
    "queue": ("bagas", "/tugas?tampilan=antrean"),
    "late tasks": ("bagas", "/tugas?tampilan=terlambat"),
    "narrowed tasks of a unit": ("laksmi", "/tugas?tampilan=unit&cari=a"),
    "handing several tasks over": ("laksmi", "/tugas/serahkan?pilih=1&pilih=2&pilih=3"),
    "work sheet": ("asih", "{open_item}/lembar"),
    "daily progress": ("dananjaya", "/tugas/progres"),
    "done tasks": ("dananjaya", "/tugas?tampilan=selesai"),
    "work item": ("asih", "{open_item}"),
    "work item in the queue": ("bagas", "{pooled_item}"),
    "closed work item": ("asih", "{closed_item}"),
    "cases": ("laksmi", "/berkas"),
    "case": ("laksmi", "{case}"),
    "stopped case": ("asih", "{stopped_case}"),
    "stopped case to mend": ("saka", "{stopped_case}"),
    "correcting data of a case": ("saka", "{stopped_case}/data/ubah"),
    "case on its diagram": ("laksmi", "{case}/diagram"),
    "data of a case": ("laksmi", "{case}/data"),
    "documents of a case": ("laksmi", "{case}/dokumen"),
    "comments of a case": ("laksmi", "{case}/catatan"),
    "cancelling a case": ("laksmi", "{case}/batalkan"),
    "following a case": ("asih", "/lacak"),
    "applicant of a case": ("laksmi", "{case}/pemohon"),
    "readers of a case": ("laksmi", "{case}/pembaca"),
    "returning a case": ("asih", "{open_item}/revisi"),
    "asking a colleague": ("asih", "{open_item}/tanya"),
    "questions": ("asih", "/pertanyaan"),
    "handing a task over": ("laksmi", "{pooled_item}/serahkan"),
    "procedures": ("galih", "/prosedur"),
    "procedure": ("galih", f"/prosedur/{SURAT_TUGAS}"),
    "planned starts": ("saka", "/prosedur/rencana"),
    "plan by the calendar": ("saka", "/prosedur/rencana/baru"),
    "plan for each person": ("saka", "/prosedur/rencana/baru?untuk=pegawai"),
    "start of a case": ("asih", f"/prosedur/{PEMINJAMAN}/mulai"),
    "upload": ("galih", "/prosedur/unggah"),
    "version": ("galih", "{version}"),
    "draft version": ("galih", "{draft_version}"),
    "board": ("laksmi", "/pemantauan"),
    "notices": ("laksmi", "/pemberitahuan"),
    "organisation": ("saka", "/organisasi"),
    "unit": ("saka", "/organisasi/unit/2"),
    "new unit": ("saka", "/organisasi/unit/baru?di=1"),
    "close unit": ("saka", "/organisasi/unit/6/tutup"),
    "position": ("saka", "/organisasi/jabatan/2"),
    "change position": ("saka", "/organisasi/jabatan/2/ubah"),
    "employees": ("asih", "/organisasi/pegawai"),
    "employee": ("saka", "/organisasi/pegawai/1"),
    "new employee": ("saka", "/organisasi/pegawai/baru"),
    "whom to appoint": ("saka", "/organisasi/penunjukan?jabatan=2"),
    "appoint": ("saka", "/organisasi/penunjukan?jabatan=2&pegawai=1"),
    "job descriptions": ("saka", "/organisasi/uraian-tugas"),
    "duties of a position": ("saka", "/organisasi/uraian-tugas/jabatan/4"),
    "new job description": ("saka", "/organisasi/uraian-tugas/jabatan/4/baru"),
    "absences": ("asih", "/organisasi/ketidakhadiran"),
    "new absence": ("asih", "/organisasi/ketidakhadiran/baru"),
    "delegations": ("asih", "/organisasi/pelimpahan"),
    "new delegation": ("asih", "/organisasi/pelimpahan/baru"),
    "exception of four eyes": ("saka", "{open_item}/pengecualian"),
    "duty sheets": ("laksmi", "/organisasi/lembar-uraian-tugas"),
    "transfer": ("saka", "/organisasi/mutasi?pegawai=4&jabatan=2"),
    "training needs": ("laksmi", "/organisasi/kompetensi"),
    "kinds of competency": ("saka", "/organisasi/kompetensi/jenis"),
    "competencies of a position": ("saka", "/organisasi/kompetensi/jabatan/4"),
    "competencies of a person": ("saka", "/organisasi/kompetensi/pegawai/4"),
    "import and export": ("saka", "/organisasi/impor"),
    "administration": ("saka", "/administrasi"),
    "accounts": ("saka", "/administrasi/akun"),
    "whose account": ("saka", "/administrasi/akun/baru?cari=a"),
    "new account": ("saka", "/administrasi/akun/baru?tanpa_pegawai=1"),
    "own account": ("bagas", "/akun"),
    "own password": ("bagas", "/akun/sandi"),
    "own second factor": ("bagas", "/akun/faktor-kedua"),
    "account": ("saka", "/administrasi/akun/1"),
    "incidents": ("saka", "/administrasi/gangguan"),
    "jobs": ("saka", "/administrasi/pekerjaan"),
    "held messages": ("saka", "/administrasi/pesan"),
    "calendar": ("saka", "/organisasi/kalender"),
    "days off": ("saka", "/organisasi/kalender/hari-libur"),
    "known days off": ("saka", "/organisasi/kalender/hari-libur/dikenal?tahun=2028"),
    "working hours": ("saka", "/organisasi/kalender/jam-kerja"),
    "entering hours": ("saka", "/organisasi/kalender/jam-kerja/baru"),
    "days of units": ("saka", "/organisasi/kalender/hari-unit"),
    "entering the day of a unit": ("saka", "/organisasi/kalender/hari-unit/baru"),
    "ladders": ("saka", "/administrasi/eskalasi"),
    "ladder": ("saka", "/administrasi/eskalasi/tangga"),
    "removing a ladder": ("saka", "/administrasi/eskalasi/tangga/lepas"),
    "office file": ("saka", "/administrasi/organisasi"),
    "audit trail": ("saka", "/administrasi/jejak"),
    "nothing here": ("asih", "/berkas/XX-2026-00000"),
    "not open to her": ("asih", "/administrasi"),
}
REFUSALS = {"nothing here": 404, "not open to her": 403}
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@dataclass(frozen=True, kw_only=True)
class LivedIn:
    """The office after its morning; a browser each person, signed in once for all pages."""

    desk_of: Callable[[str], Page]
    traces: Traces


@pytest.fixture(scope="module")
def product(own_product: Office) -> Office:
    return own_product


@pytest.fixture(scope="module")
def lived_in(browser: Browser, product: Office, call: CallColleague) -> Iterator[LivedIn]:
    desks: dict[str, Page] = {}

    def desk_of(username: str) -> Page:
        if username not in desks:
            desks[username] = new_context(browser, product.url).new_page()
            sign_in(desks[username], username, product.passwords[username])
        return desks[username]

    yield LivedIn(desk_of=desk_of, traces=spend_morning(product, call))
    for page in desks.values():
        page.context.close()


@pytest.fixture
def page_at(lived_in: LivedIn, watch: Watch) -> Iterator[Callable[[str], Page]]:
    def page_at(name: str) -> Page:
        username, address = PAGES[name]
        page = lived_in.desk_of(username)
        watch.over(page.context)
        page.emulate_media(color_scheme="light")
        at_width(page, DESK_WIDTH)
        answer = page.goto(address.format_map(vars(lived_in.traces)))
        assert answer is not None
        assert answer.status == REFUSALS.get(name, 200)
        return page

    yield page_at
    watch.end()


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_everyone(page_at: Callable[[str], Page], photograph: Callable[[Page], None], name: str) -> None:
    page = page_at(name)
    check(page, photograph)


def test_signing_in_fits_everyone(visit: Callable[..., Page], photograph: Callable[[Page], None]) -> None:
    page = visit()
    page.goto("/masuk")
    check(page, photograph)


def check(page: Page, photograph: Callable[[Page], None]) -> None:
    """At the desk in light, on the phone in the dark: between them, each width and each set of colours."""
    findings = grave_findings(page)
    at_width(page, PHONE_WIDTH)
    page.emulate_media(color_scheme="dark")
    findings += grave_findings(page)
    page.emulate_media(color_scheme="light")
    photograph(page)
    assert not findings, "\n".join(findings)
    assert page.evaluate(OVERFLOW) <= 0
    at_width(page, SMALLEST_WIDTH)
    assert page.evaluate(OVERFLOW) <= 0


def at_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
