from dataclasses import replace

from engine.organisation.duty_changes import Duty, difference
from engine.organisation.model import DutyKind

CHECK = Duty(
    sentence="Memeriksa surat masuk sesuai prosedur agar tepat sasaran",
    result_unit="surat",
    norm_minutes=10,
    yearly_volume=1200,
    kind=DutyKind.MAIN,
)
FILE = replace(CHECK, sentence="Menata arsip sesuai klasifikasi agar mudah ditemukan", result_unit="berkas")
REPORT = replace(CHECK, sentence="Menyusun laporan bulanan sesuai format untuk pimpinan", result_unit="laporan")


def test_what_only_one_of_them_has_is_dropped_or_added():
    found = difference([CHECK, FILE], [FILE, REPORT])
    assert (found.kept, found.dropped, found.added) == ((FILE,), (CHECK,), (REPORT,))


def test_same_sentence_with_another_measure_is_a_change():
    faster = replace(CHECK, norm_minutes=5)
    (changed,) = difference([CHECK], [faster]).changed
    assert (changed.before, changed.after) == (CHECK, faster)


def test_order_spaces_and_capitals_make_no_difference():
    shouted = replace(CHECK, sentence=f"  {CHECK.sentence.upper()}. ")
    assert difference([CHECK, FILE], [FILE, shouted]).is_none


def test_workload_is_told_only_when_it_is_measured():
    assert CHECK.yearly_minutes == 12_000
    assert replace(CHECK, yearly_volume=None).yearly_minutes is None
