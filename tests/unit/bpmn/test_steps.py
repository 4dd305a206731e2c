import pytest

from engine.bpmn.graph import PerformerKind, Requirement, Step
from engine.bpmn.reader import compile_graph
from tests.support.diagrams import chain, diagram, end, extensions, lane, nested_lanes, start, user_task
from tests.unit.bpmn.findings import codes


def step(*said: str, lanes: tuple[str, ...] = (lane("Staf", "periksa"),), documentation: str = "") -> Step:
    inside = f"<documentation>{documentation}</documentation>"
    source = diagram(*lanes, *chain(start(), user_task("periksa", inside, extensions(*said)), end()))
    found = compile_graph(source).nodes["periksa"].step
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("amount", "unit", "minutes", "days", "text"),
    [
        ("10", "menit", 10, None, "10 menit"),
        ("1,5", "jam", 90, None, "1,5 jam"),
        ("2", "hari", None, 2, "2 hari"),
        ("2", "hari-kerja", None, 2, "2 hari kerja"),
        ("1", "minggu", None, 5, "1 minggu"),
        ("1", "bulan", None, 22, "1 bulan"),
    ],
)
def test_standard_times_are_minutes_or_working_days(amount, unit, minutes, days, text):
    time = step(f'<tk:waktu nilai="{amount}" satuan="{unit}"/>').standard_time
    assert time is not None
    assert (time.working_minutes, time.working_days, time.text) == (minutes, days, text)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("lama", "menit"), ("-1", "jam"), ("2", "abad"), ("999", "bulan"), ("", "")],
)
def test_a_standard_time_that_cannot_be_read_makes_a_draft(amount, unit):
    said = extensions(f'<tk:waktu nilai="{amount}" satuan="{unit}"/>')
    source = diagram(lane("Staf", "periksa"), *chain(start(), user_task("periksa", said), end()))
    assert "standard_time.bad" in codes(source)


def test_as_needed_is_no_standard_time_and_no_problem():
    said = extensions('<tk:waktu teks="sesuai kebutuhan" alasan="tergantung pemohon"/>')
    source = diagram(lane("Staf", "periksa"), *chain(start(), user_task("periksa", said), end()))
    assert not {code for code in codes(source) if code.startswith("standard_time")}
    assert step('<tk:waktu teks="sesuai kebutuhan"/>').standard_time is None


def test_a_free_text_and_a_range_are_read_too():
    free = step("<tk:waktu>10 hari kerja 35 menit</tk:waktu>").standard_time
    ranged = step('<tk:waktu min="5" max="10" satuan="menit" perSatuan="berkas"/>').standard_time
    assert free is not None
    assert ranged is not None
    assert (free.working_days, free.working_minutes) == (10, 35)
    assert (ranged.least_minutes, ranged.working_minutes, ranged.per) == (5, 10, "berkas")


def test_a_time_of_days_asks_for_its_norm():
    said = extensions('<tk:waktu nilai="2" satuan="hari"/>')
    source = diagram(lane("Staf", "periksa"), *chain(start(), user_task("periksa", said), end()))
    assert "standard_time.no_norm" in codes(source)


def test_minutes_are_effort_too_unless_the_norm_says_otherwise():
    assert step('<tk:waktu nilai="2" satuan="jam"/>').effort_minutes == 120
    assert step('<tk:waktu nilai="2" satuan="jam"/>', '<tk:norma menit="15"/>').effort_minutes == 15
    assert step('<tk:waktu nilai="2" satuan="hari"/>').effort_minutes is None


def test_a_count_that_cannot_be_read_makes_a_draft():
    assert step('<tk:waktu nilai="2" satuan="menit" perSatuan="berkas" kali="jumlah"/>').count is not None
    said = extensions('<tk:waktu nilai="2" satuan="menit" perSatuan="berkas" kali="5 *"/>')
    source = diagram(lane("Staf", "periksa"), *chain(start(), user_task("periksa", said), end()))
    assert "standard_time.bad_count" in codes(source)


def test_competencies_of_a_step_are_read_by_code_or_name():
    found = step('<tk:kualifikasi kode="pbj-1,  Arsip  Statis"/>', '<tk:kualifikasi kode="pbj-1"/>')
    assert found.qualifications == ("pbj-1", "Arsip Statis")


def test_what_the_office_says_of_a_step_is_read():
    found = step(
        '<tk:output nama="surat tugas"/>',
        '<tk:output nama="SPPD"/>',
        '<tk:kelengkapan><tk:item>KTP</tk:item><tk:item wajib="false">Foto</tk:item></tk:kelengkapan>',
        '<tk:formulir kunci="periksa-nota"/>',
        documentation="Periksa kelengkapan nota dinas.",
    )
    assert found.outputs == ("surat tugas", "SPPD")
    assert found.requirements == (Requirement(text="KTP"), Requirement(text="Foto", is_mandatory=False))
    assert (found.form_key, found.instruction) == ("periksa-nota", "Periksa kelengkapan nota dinas.")


@pytest.mark.parametrize(
    ("said", "kind", "refs"),
    [
        ('jabatan="kasi-phu, Kasi Bimas"', PerformerKind.POSITION, ("kasi-phu", "Kasi Bimas")),
        ('peran="pemulai"', PerformerKind.INITIATOR, ()),
        ('peran="atasan-pemulai"', PerformerKind.SUPERIOR_OF_INITIATOR, ()),
        ('peran="kepala-unit"', PerformerKind.HEAD_OF_UNIT, ()),
        ('pegawai="${[a, b][0]}"', PerformerKind.EMPLOYEE, ("${[a, b][0]}",)),
        ('pegawai="198001012005011001"', PerformerKind.EMPLOYEE, ("198001012005011001",)),
        ('eksternal="true"', PerformerKind.EXTERNAL, ()),
    ],
)
def test_performers_are_named_in_several_ways(said, kind, refs):
    performer = step(f"<tk:pelaksana {said}/>").performer
    assert performer is not None
    assert (performer.kind, performer.refs) == (kind, refs)


def test_a_lane_names_the_position():
    found = step(lanes=(lane("Kepala  Seksi", "periksa"),))
    assert found.lane == "Kepala Seksi"
    assert found.performer is not None
    assert found.performer.refs == ("Kepala Seksi",)


@pytest.mark.parametrize("name", ["Pemohon", "pemulai", "PENGAJU"])
def test_the_lane_of_the_applicant_is_whoever_started_the_case(name):
    performer = step(lanes=(lane(name, "periksa"),)).performer
    assert performer is not None
    assert performer.kind is PerformerKind.INITIATOR


def test_a_lane_may_say_who_it_is():
    said = extensions('<tk:pelaksana peran="kepala-unit"/>')
    performer = step(lanes=(lane("Pimpinan", "periksa", inside=said),)).performer
    assert performer is not None
    assert performer.kind is PerformerKind.HEAD_OF_UNIT


def test_the_innermost_lane_wins():
    inner = lane("Staf Arsip", "periksa")
    found = step(lanes=(lane("Tata Usaha", "periksa", inside=nested_lanes(inner)),))
    assert found.lane == "Staf Arsip"


def test_an_unknown_role_names_nobody():
    said = extensions('<tk:pelaksana peran="raja"/>')
    source = diagram(*chain(start(), user_task("periksa", said), end()))
    assert "performer.missing" in codes(source)
