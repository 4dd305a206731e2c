import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.graph import StandardTime
from engine.bpmn.standard_times import AsNeeded, NotUnderstood, read_standard_time

# (days, minutes, shortest in minutes, for each of what), as the SOPs of DOMAIN §5 and letters of offices write them
WRITTEN = {
    "2 menit": (None, 2, None, ""),
    "1 jam": (None, 60, None, ""),
    "1,5 jam": (None, 90, None, ""),
    "1½ jam": (None, 90, None, ""),
    "1 jam 30 menit": (None, 90, None, ""),
    "30 detik": (None, 1, None, ""),
    "1.500 menit": (None, 1500, None, ""),
    "1 hari": (1, None, None, ""),
    "3 hari kerja": (3, None, None, ""),
    "3 (tiga) HARI KERJA": (3, None, None, ""),
    "tiga puluh lima menit": (None, 35, None, ""),
    "sehari": (1, None, None, ""),
    "½ hari": (None, 225, None, ""),
    "2 minggu": (10, None, None, ""),
    "1 bulan": (22, None, None, ""),
    "Semesteran": (132, None, None, ""),
    "10 hari kerja 35 menit": (10, 35, None, ""),
    "2 x 24 jam": (2, None, None, ""),
    "30 menit - 3 jam": (None, 180, 30, ""),
    "5-10 menit": (None, 10, 5, ""),
    "1–2 hari kerja": (2, None, 450, ""),
    "60 menit s.d. 2 jam": (None, 120, 60, ""),
    "2 menit/berkas": (None, 2, None, "berkas"),
    "15 menit per orang": (None, 15, None, "orang"),
    "± 15 menit": (None, 15, None, ""),
    "maks. 3 hari": (3, None, None, ""),
    "Max 2 jam": (None, 120, None, ""),
    "paling lama 2 (dua) hari kerja": (2, None, None, ""),
    "3 hari kerja setelah berkas lengkap": (3, None, None, ""),
}
PIECES = ("10", "1,5", "½", "lima", "puluh", "menit", "jam", "hari", "-", "/", "(", ")", "per", "x", "24", "sd")
NONSENSE = (
    *("", "-", "segera", "menit", "5", "0 menit", "-5 menit", "2 abad", "10 menit -", "999 bulan", "3 jam - 30 menit"),
    *("14 hari kalender", "maks. 3 hari sebelum pelaksanaan", "1 hari 2 hari", "2 menit/", "1 - 2 - 3 jam", "9" * 400),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_offices_write_is_read(text: str):
    read = read_standard_time(text)
    assert isinstance(read, StandardTime)
    assert (read.working_days, read.working_minutes, read.least_minutes, read.per) == WRITTEN[text]
    assert read.text == text


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_time_is_refused_with_a_remedy(text: str):
    assert isinstance(read_standard_time(text), NotUnderstood)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sesuai kebutuhan", ""),
        ("Sesuai kebutuhan (proses 2 bulan)", "proses 2 bulan"),
        ("tergantung jadwal sidang", "jadwal sidang"),
    ],
)
def test_as_needed_keeps_its_reason(text: str, reason: str):
    assert read_standard_time(text) == AsNeeded(text=text, reason=reason)


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_whatever_is_written_is_answered(text: str):
    read = read_standard_time(text)
    if isinstance(read, StandardTime):
        assert (read.working_days or 0) + (read.working_minutes or 0) > 0
