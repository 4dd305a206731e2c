"""Procedures by which the journeys go, and ordinary answers for their steps."""

from pathlib import Path

FILES = Path(__file__).parent / "files"

# Comes with the sample office: five positions, the third step lies in a queue.
SURAT_TUGAS = "Process_SuratTugas"
NOTA = {
    "nomor_nota": "112/ND/BIMAS/11/2026",
    "tanggal_nota": "2026-11-23",
    "maksud_tugas": "Monitoring administrasi nikah triwulan keempat",
    "dasar_tugas": "Program kerja Seksi Bimas Islam tahun 2026",
    "pegawai_ditugaskan": "Asihwulan Kencanaputri, S.Ag., Pengelola Data",
    "tempat_tujuan": "KUA Kecamatan Gubug",
    "tanggal_berangkat": "2026-11-30",
    "tanggal_kembali": "2026-11-30",
    "beban_biaya": "dipa",
}
KONSEP = {"tanggal_surat_tugas": "2026-11-23", "penanda_tangan": "kepala"}

# Uploaded by the journeys: three inboxes, the second a queue with 20 minutes and a drawn timer after 30.
PEMINJAMAN = "Process_Peminjaman"
PEMINJAMAN_FORMS = tuple(sorted((FILES / "peminjaman_ruang" / "forms").iterdir()))
PERMINTAAN: dict[str, str | int] = {"kegiatan": "Rapat koordinasi penyuluh", "hari": "2026-11-26", "peserta": 25}

# One step, then a gateway with no way on before 24 November: the case stops with a fault that a day mends.
KUNCI_GUDANG = "Process_KunciGudang"
