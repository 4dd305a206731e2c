import pytest

from engine.bpmn.reader import compile_graph
from engine.definitions.sheet import SheetRow, sheet_of
from engine.definitions.ways import Way
from tests.support.diagrams import (
    a_sound_diagram,
    arrows,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    long_chain,
    parallel,
    person_task,
    script_task,
    start,
    sub_process,
    throw,
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


@pytest.mark.timeout(10)
def test_branches_within_branches_without_end_have_their_sheet():
    splits = ["mulai", *(f"bagi{n}" for n in range(400))]
    nested = (
        (parallel(here), user_task(f"t{here}"), end(f"s{here}"), flow(here, f"t{here}"), flow(f"t{here}", f"s{here}"))
        for here in splits[1:]
    )
    assert len(sheet(diagram(start(), *(part for parts in nested for part in parts), *arrows(*splits)))) == 400


def test_who_does_a_step_outside_the_lanes_is_told_all_the_same():
    said = extensions('<tk:pelaksana peran="pemulai"/>')
    source = diagram(*chain(start(), user_task("ajukan", said), person_task("periksa", "Agendaris"), end()))
    assert [row.performer for row in sheet(source)] == ["Whoever started the case", "Agendaris"]


def ways(source: bytes) -> dict[str, tuple[Way, ...]]:
    return {row.element: row.ways for row in sheet(source)}


def to_end(end: str = "", *awaits: tuple[int, ...], **facts: bool) -> tuple[Way, ...]:
    return (Way(words=(), number=None, end=end, awaits=awaits, **facts),)


TWO_BRANCHES = (*chain(start(), parallel("pisah"), person_task("satu")), person_task("dua"), flow("pisah", "dua"))


def test_branches_that_meet_end_the_case_together():
    met = (parallel("temu"), end(name="Selesai"), *arrows("satu", "temu", "selesai"), flow("dua", "temu"))
    assert ways(diagram(*TWO_BRANCHES, *met)) == {"satu": to_end("Selesai", (2,)), "dua": to_end("Selesai", (1,))}


def test_branches_that_never_meet_end_the_case_together_all_the_same():
    source = diagram(*TWO_BRANCHES, end("a", name="A"), end("b", name="B"), *arrows("satu", "a"), *arrows("dua", "b"))
    assert ways(source) == {"satu": to_end("A", (2,)), "dua": to_end("B", (1,))}


def test_branches_that_end_at_the_same_end_wait_for_each_other():
    source = diagram(*TWO_BRANCHES, end(), *arrows("satu", "selesai"), *arrows("dua", "selesai"))
    assert ways(source) == {"satu": to_end("", (2,)), "dua": to_end("", (1,))}


def test_an_end_that_stops_all_waits_for_nobody():
    stop = end("batal", event("terminate"), name="Batal")
    source = diagram(*TWO_BRANCHES, end(), stop, *arrows("satu", "batal"), *arrows("dua", "selesai"))
    assert ways(source)["satu"] == to_end("Batal")


def test_a_way_out_before_the_branches_waits_for_none():
    branches = (*chain(parallel("pisah"), person_task("satu"), parallel("temu"), end()), person_task("dua"))
    first = (*chain(start(), person_task("nilai"), exclusive("layak")), flow("layak", "pisah", "Ya", "x == 1"))
    refused = (end("tolak", name="Ditolak"), flow("layak", "tolak", "Tidak"), *arrows("pisah", "dua", "temu"))
    found = ways(diagram(*first, *branches, *refused))
    assert Way(words=("Tidak",), number=None, end="Ditolak") in found["nilai"]
    assert [way.number for way in found["nilai"]] == [2, 3, None]


def test_any_last_step_of_the_other_branch_counts():
    other = (exclusive("jenis"), person_task("tiga"), exclusive("lalu"))
    source = diagram(
        *chain(start(), parallel("pisah"), person_task("satu"), parallel("temu"), end()),
        *(*other, person_task("dua"), *arrows("pisah", "jenis", "dua", "lalu", "temu"), *arrows("tiga", "lalu")),
        flow("jenis", "tiga", "Lain", "x == 1"),
    )
    numbers = {row.element: row.number for row in sheet(source)}
    assert ways(source)["satu"] == to_end("", tuple(sorted((numbers["dua"], numbers["tiga"]))))


def test_an_inclusive_join_waits_for_what_was_begun():
    some, met = (element("inclusiveGateway", each, name=each) for each in ("pisah", "temu"))
    source = diagram(
        *chain(start(), some, person_task("satu"), met, end()), person_task("dua"), *arrows("pisah", "dua", "temu")
    )
    assert ways(source)["satu"] == to_end("", (2,), is_for_begun=True)


def test_two_answers_that_lead_to_the_same_end_are_both_told():
    again = flow("layak", "selesai", "Tidak", "x == 1", identity="lagi")
    source = diagram(*chain(start(), person_task("nilai"), exclusive("layak"), end(name="Arsip")), again)
    assert [way.words for way in ways(source)["nilai"]] == [(), ("Tidak",)]


def test_a_reminder_beside_the_main_way_ends_only_itself():
    source = diagram(
        *chain(start(), person_task("tunggu"), end()),
        boundary("telat", "tunggu", timer(), cancelActivity="false"),
        *(person_task("ingatkan"), end("sudah", name="Diingatkan"), *arrows("telat", "ingatkan", "sudah")),
    )
    found = ways(source)
    assert found["ingatkan"] == to_end("Diingatkan", is_aside=True)
    assert to_end("")[0] in found["tunggu"]


def test_an_error_that_ends_a_sub_process_leads_to_who_catches_it():
    inner = sub_process(
        "dalam", *chain(start("mulai2"), person_task("periksa"), end("gagal", event("error", errorRef="salah")))
    )
    source = diagram(
        *chain(start(), inner, person_task("kirim"), end()),
        boundary("keliru", "dalam", event("error", errorRef="salah")),
        *(person_task("perbaiki"), end("lain"), *arrows("keliru", "perbaiki", "lain")),
        outside=(element("error", "salah", errorCode="salah"),),
    )
    assert [(way.words, way.number) for way in ways(source)["periksa"]] == [(("keliru",), 3)]


def test_a_link_goes_on_where_it_is_caught():
    jump, landing = throw("lompat", event("link", name="A")), catch("datang", event("link", name="A"))
    source = diagram(*chain(start(), person_task("satu"), jump), *chain(landing, person_task("dua"), end()))
    assert ways(source)["satu"] == ()


def test_after_branches_inside_a_sub_process_the_way_goes_on_when_all_are_done():
    split = (*chain(start("m"), parallel("pisah"), person_task("satu"), end("a")), person_task("dua"), end("b"))
    inner = sub_process("dalam", *split, *arrows("pisah", "dua", "b"))
    source = diagram(*chain(start(), inner, person_task("kirim"), end()))
    numbers = {row.element: row.number for row in sheet(source)}
    assert ways(source)["satu"] == (Way(words=(), number=numbers["kirim"], end="", awaits=((numbers["dua"],),)),)
