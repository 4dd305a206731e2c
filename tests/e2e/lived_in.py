"""An office with a morning behind it, so that every page has something to show."""

from dataclasses import dataclass

from tests.e2e.colleagues import CallColleague, Step
from tests.e2e.office import Office
from tests.e2e.sop import (
    FILES,
    KONSEP,
    KUNCI_GUDANG,
    NOTA,
    PEMINJAMAN,
    PEMINJAMAN_FORMS,
    PERMINTAAN,
    SURAT_TUGAS,
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


def spend_morning(product: Office, call: CallColleague) -> Traces:
    """A draft and a version, a letter and a room that wait and become late, a case that stopped, a task half begun."""
    galih, asih = call("galih"), call("asih")
    diagram, identity = FILES / "peminjaman_ruang" / "process.bpmn", FILES / "peminjaman_ruang" / "sop.yaml"
    draft = galih.deploy(diagram, identity=identity)
    version = galih.deploy(diagram, *PEMINJAMAN_FORMS, identity=identity, publish=True)
    galih.deploy(FILES / "kunci_gudang.bpmn", publish=True)
    note = asih.start(SURAT_TUGAS, "Monitoring administrasi nikah")
    _write_letter(call, note)
    room = asih.complete(asih.start(PEMINJAMAN, "Rapat koordinasi penyuluh"), PERMINTAAN)
    product.move_clock(hours=1)
    stopped = asih.complete(asih.start(KUNCI_GUDANG, "Kunci gudang arsip"), {})
    half_begun = asih.start(SURAT_TUGAS, "Pembinaan penghulu")
    return Traces(
        case=note.case_address,
        stopped_case=stopped.case_address,
        open_item=half_begun.address,
        pooled_item=room.address,
        closed_item=note.address,
        version=f"/prosedur/versi/{version}",
        draft_version=f"/prosedur/versi/{draft}",
    )


def _write_letter(call: CallColleague, note: Step) -> None:
    asked = call("asih").complete(note, NOTA)
    allowed = call("laksmi").complete(asked, {"keputusan_telaah": "setuju"})
    call("dananjaya").complete(allowed, KONSEP)
