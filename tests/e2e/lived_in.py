"""An office with a morning behind it, so that every page has something to show."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.office import Office
from tests.e2e.sop import FILES, KONSEP, KUNCI_GUDANG, NOTA, PEMINJAMAN, PERMINTAAN, SURAT_TUGAS
from tests.e2e.steps import (
    complete,
    fill_in,
    finish,
    number_of,
    open_task,
    path_of,
    publish_version,
    start_case,
    take_task,
    upload,
)


@dataclass(frozen=True, kw_only=True)
class Traces:
    """Where the morning's work can be looked at."""

    case: str
    stopped_case: str
    open_item: str
    pooled_item: str
    closed_item: str
    version: str
    draft_version: str


@dataclass(frozen=True, kw_only=True)
class Morning:
    product: Office
    designer: Page
    applicant: Page
    registrar: Page
    clerk: Page
    superior: Page

    def spend(self) -> Traces:
        sop = FILES / "peminjaman_ruang"
        upload(self.designer, sop / "process.bpmn", sop / "sop.yaml")
        draft_version = path_of(self.designer)
        upload(self.designer, sop / "process.bpmn", sop / "sop.yaml", *sorted((sop / "forms").iterdir()))
        version = path_of(self.designer)
        publish_version(self.designer)
        upload(self.designer, FILES / "kunci_gudang.bpmn")
        publish_version(self.designer)
        closed_item, case = self._write_a_letter()
        pooled_item = self._ask_for_a_room()
        self.product.move_clock(hours=1)
        stopped_case = self._stop_a_case()
        open_item = self._leave_a_form_half_done()
        return Traces(
            case=case,
            stopped_case=stopped_case,
            open_item=open_item,
            pooled_item=pooled_item,
            closed_item=closed_item,
            version=version,
            draft_version=draft_version,
        )

    def _write_a_letter(self) -> tuple[str, str]:
        title = "Monitoring administrasi nikah"
        start_case(self.applicant, SURAT_TUGAS, title)
        closed_item, number = path_of(self.applicant), number_of(self.applicant)
        fill_in(self.applicant, NOTA)
        self.applicant.fill("#comment", "Undangan menyusul.")
        finish(self.applicant)
        complete(self.superior, title, {}, decision="setuju")
        take_task(self.clerk, title)
        fill_in(self.clerk, KONSEP)
        return closed_item, f"/berkas/{number}"

    def _ask_for_a_room(self) -> str:
        title = "Rapat koordinasi penyuluh"
        start_case(self.applicant, PEMINJAMAN, title)
        fill_in(self.applicant, PERMINTAAN)
        finish(self.applicant)
        open_task(self.registrar, title, "antrean")
        return path_of(self.registrar)

    def _stop_a_case(self) -> str:
        start_case(self.applicant, KUNCI_GUDANG, "Kunci gudang arsip")
        number = number_of(self.applicant)
        finish(self.applicant)
        return f"/berkas/{number}"

    def _leave_a_form_half_done(self) -> str:
        start_case(self.applicant, SURAT_TUGAS, "Pembinaan penghulu")
        return path_of(self.applicant)
