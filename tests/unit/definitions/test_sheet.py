from engine.bpmn.reader import compile_graph
from engine.definitions.sheet import SheetRow, Way, sheet_of
from tests.support.diagrams import (
    a_sound_diagram,
    arrows,
    boundary,
    chain,
    diagram,
    end,
    exclusive,
    extensions,
    flow,
    long_chain,
    person_task,
    script_task,
    start,
    sub_process,
    timer,
    user_task,
)


def sheet(source: bytes) -> tuple[SheetRow, ...]:
    return sheet_of(compile_graph(source), "proses")


def titles(source: bytes) -> list[str]:
    return [row.title for row in sheet(source)]


def test_steps_are_numbered_in_the_order_in_which_they_are_done():
    drawn_backwards = diagram(
        end(), person_task("kirim"), person_task("tulis"), start(), *arrows("mulai", "tulis", "kirim", "selesai")
    )
    assert [(row.number, row.element) for row in sheet(drawn_backwards)] == [(1, "tulis"), (2, "kirim")]


def test_a_row_says_who_how_long_and_what_comes_out():
    row = sheet(a_sound_diagram())[0]
    assert (row.performer, row.standard_time.text, row.outputs) == ("Staf Tata Usaha", "10 menit", ("berkas",))


def test_a_row_says_why_a_step_has_no_time():
    untimed = user_task("sidang", extensions('<tk:waktu teks="sesuai kebutuhan (menunggu sidang)"/>'))
    assert [row.as_needed for row in sheet(diagram(*chain(start(), untimed, end())))] == ["menunggu sidang"]


def test_a_decision_is_told_with_its_question_and_where_each_answer_leads():
    row = sheet(a_sound_diagram())[1]
    assert row.question == "lengkap"
    assert row.ways == (
        Way(words=("Ya",), number=None, end=""),
        Way(words=("Tidak",), number=1, end=""),
    )


def test_the_plain_way_to_the_next_step_is_not_told():
    first, last = sheet(diagram(*chain(start(), person_task("tulis"), person_task("kirim"), end(name="Terkirim"))))
    assert first.ways == ()
    assert last.ways == (Way(words=(), number=None, end="Terkirim"),)


def test_branches_come_one_after_the_other_and_the_steps_after_their_meeting_come_last():
    source = diagram(
        *chain(start(), exclusive("pilih"), person_task("kiri"), exclusive("temu"), person_task("akhir"), end()),
        person_task("kanan"),
        flow("pilih", "kanan", "Kanan", "x == 1"),
        flow("kanan", "temu"),
    )
    assert titles(source) == ["Kiri", "Kanan", "Akhir"]


def test_what_may_interrupt_a_step_is_told_with_it():
    source = diagram(
        *chain(start(), person_task("tunggu"), end()),
        boundary("terlambat", "tunggu", timer()),
        *arrows("terlambat", "ingatkan"),
        person_task("ingatkan"),
        end("habis"),
        *arrows("ingatkan", "habis"),
    )
    assert Way(words=("terlambat",), number=2, end="") in sheet(source)[0].ways


def test_steps_of_a_sub_process_stand_in_its_place():
    inner = sub_process("dalam", *chain(start("mulai2"), person_task("periksa"), end("selesai2")))
    source = diagram(*chain(start(), person_task("tulis"), inner, person_task("kirim"), end()))
    assert titles(source) == ["Tulis", "Periksa", "Kirim"]


def test_after_the_inside_of_a_sub_process_the_way_goes_on_outside():
    inner = sub_process("dalam", *chain(start("mulai2"), person_task("periksa"), end("selesai2")))
    source = diagram(*chain(start(), inner, person_task("kirim"), end()))
    assert sheet(source)[0].ways == ()


def test_what_the_system_does_has_no_performer():
    source = diagram(*chain(start(), script_task("hitung", "total = 1"), end()))
    assert [(row.title, row.performer) for row in sheet(source)] == [("hitung", "")]


def test_a_loop_ends():
    source = diagram(
        *chain(start(), person_task("tulis"), exclusive("baik"), end()), flow("baik", "tulis", "Tidak", "x == 1")
    )
    assert Way(words=("Tidak",), number=1, end="") in sheet(source)[0].ways


def test_a_very_long_process_has_its_sheet():
    assert len(sheet(long_chain(1500))) == 1500


def test_who_does_a_step_outside_the_lanes_is_told_all_the_same():
    said = extensions('<tk:pelaksana peran="pemulai"/>')
    source = diagram(*chain(start(), user_task("ajukan", said), person_task("periksa", "Agendaris"), end()))
    assert [row.performer for row in sheet(source)] == ["Whoever started the case", "Agendaris"]
