"""What a draft lacks is answered in words and written into the file."""

import pytest

from engine.base.errors import Invalid
from engine.bpmn.answers import Answer, AnswersRefused, is_blank, questions_of, with_answers
from engine.bpmn.reader import compile_graph, read
from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    person_task,
    process,
    script_task,
    start,
    user_task,
)

NO_TIME = "<timerEventDefinition/>"
TWO_BRANCHES = diagram(
    *chain(start(), exclusive("g"), person_task("a"), end()),
    flow("g", "b"),
    flow("g", "c"),
    person_task("b"),
    person_task("c"),
    *(flow(name, "selesai") for name in "bc"),
)


def keys(source: bytes) -> list[str]:
    return [question.key for question in questions_of(read(source).problems)]


def answered(source: bytes, **given: str) -> bytes:
    """`timer__jeda="PT2H"`: the kind and place of the question; other parts after a third `__`."""
    questions = {question.key: question for question in questions_of(read(source).problems)}
    parts: dict[str, dict[str, str]] = {}
    for name, text in given.items():
        kind, place, part = (*name.split("__"), "text")[:3]
        parts.setdefault(f"{kind}/{place}", {})[part] = text
    return with_answers(source, [Answer(question=questions[key], parts=said) for key, said in parts.items()])


def missing(source: bytes) -> list[str]:
    return [problem.code for problem in read(source).problems if problem.severity in ("error", "missing")]


def refusal(source: bytes, **given: str) -> Invalid:
    with pytest.raises(AnswersRefused) as caught:
        answered(source, **given)
    return caught.value


def test_a_branch_is_given_its_condition():
    source = answered(
        TWO_BRANCHES, condition__g_a="jumlah > 3", condition__g_b="jumlah > 2", condition__g_c="jumlah < 3"
    )
    assert [flow.condition.text for flow in compile_graph(source).nodes["g"].outgoing] == [
        "jumlah > 3",
        "jumlah > 2",
        "jumlah < 3",
    ]


def test_one_branch_is_the_one_for_all_other_cases():
    source = answered(TWO_BRANCHES, condition__g_a="x == 1", condition__g_b="x == 2", condition__g_c__default="1")
    assert compile_graph(source).nodes["g"].default == "g_c"


ASKABLE = diagram(
    *chain(start(), person_task("periksa"), exclusive("lengkap")),
    flow("lengkap", "selesai", "Ya"),
    flow("lengkap", "ditolak", "Belum, perbaiki"),
    end(),
    end("ditolak"),
)


def test_whoever_does_the_step_before_is_asked_which_branch_is_taken():
    nodes = compile_graph(answered(ASKABLE, condition__lengkap_selesai__asked="1")).nodes
    assert [flow.condition.text for flow in nodes["lengkap"].outgoing] == [
        'keputusan_lengkap == "ya"',
        'keputusan_lengkap == "belum_perbaiki"',
    ]
    assert nodes["periksa"].step.form_key == "putuskan-periksa"


def test_a_branch_is_asked_for_or_has_a_condition_but_not_both():
    refused = refusal(ASKABLE, condition__lengkap_selesai__asked="1", condition__lengkap_selesai="x == 1")
    assert [field.name for field in refused.fields] == ["condition/lengkap_selesai"]


def test_the_name_of_a_branch_is_no_condition():
    refused = refusal(ASKABLE, condition__lengkap_selesai="ya")
    assert [field.params for field in refused.fields] == [{"name": "ya"}]


def test_a_branch_has_a_condition_or_is_for_all_other_cases_but_not_both():
    refused = refusal(TWO_BRANCHES, condition__g_a="x == 1", condition__g_a__default="1")
    assert [(field.name, field.code) for field in refused.fields] == [("condition/g_a", "answer.not_usable")]
    assert "one of the two" in refused.fields[0].text("en")


def test_only_one_branch_is_for_all_other_cases():
    refused = refusal(TWO_BRANCHES, condition__g_a__default="1", condition__g_b__default="1")
    assert [field.name for field in refused.fields] == ["condition/g_b"]


def test_an_event_is_given_its_condition():
    source = diagram(*chain(start(), catch("tunggu", "<conditionalEventDefinition/>"), end()))
    assert missing(answered(source, condition__tunggu="lengkap == true")) == []


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("PT2H", "timeDuration", "PT2H"),
        ("3 jam", "timeDuration", "PT3H"),
        ("30 menit", "timeDuration", "PT30M"),
        ("2 hari", "timeDuration", "P2D"),
        ("2 weeks", "timeDuration", "P2W"),
        ("2 hari kerja", "timeDate", "hari_kerja(2)"),
        ("4 working hours", "timeDate", "jam_kerja(4)"),
        ("2026-12-31", "timeDate", "2026-12-31"),
        ("R3/PT1H", "timeCycle", "R3/PT1H"),
        ("batas", "timeDuration", "batas"),
    ],
)
def test_a_timer_is_told_in_words_or_in_iso(said: str, kind: str, text: str):
    graph = compile_graph(answered(diagram(*chain(start(), catch("jeda", NO_TIME), end())), timer__jeda=said))
    [waited] = graph.nodes["jeda"].events
    assert (waited.timer, waited.value.text) == (kind, text)


@pytest.mark.parametrize("said", ["P2H", "dua hari", "-P1D", "besok lusa", "R/PT0S"])
def test_a_time_that_is_none_is_refused_beside_its_field(said: str):
    refused = refusal(diagram(*chain(start(), catch("jeda", NO_TIME), end())), timer__jeda=said)
    assert [field.name for field in refused.fields] == ["timer/jeda"]


@pytest.mark.parametrize("who", ["jabatan:clerk", "pemulai", "atasan-pemulai", "kepala-unit", "eksternal"])
def test_a_step_is_given_its_performer(who: str):
    source = diagram(*chain(start(), user_task("tulis"), end()))
    assert compile_graph(answered(source, performer__tulis=who)).nodes["tulis"].step.performer is not None


def test_a_step_is_given_its_standard_time():
    source = answered(
        diagram(*chain(start(), user_task("tulis"), end())), standard_time__tulis="2", standard_time__tulis__unit="jam"
    )
    assert compile_graph(source).nodes["tulis"].step.standard_time.working_minutes == 120


def test_a_standard_time_is_given_in_the_words_of_the_office():
    source = diagram(*chain(start(), user_task("tulis"), end()))
    given = answered(source, standard_time__tulis="10 hari kerja 35 menit", standard_time__tulis__unit="jam")
    standard = compile_graph(given).nodes["tulis"].step.standard_time
    assert (standard.working_days, standard.working_minutes) == (10, 35)


def test_a_standard_time_that_cannot_be_read_is_replaced():
    bad = user_task("tulis", extensions('<tk:pelaksana jabatan="x"/><tk:waktu nilai="lama" satuan="jam"/>'))
    source = diagram(*chain(start(), bad, end()))
    assert missing(answered(source, standard_time__tulis__unit="sesuai-kebutuhan")) == []


def test_a_call_is_given_what_it_calls():
    source = definitions(
        process(*chain(start(), call("c", ""), end())), process(*chain(start("s"), end("e")), identity="anak")
    )
    assert missing(answered(source, call__c="anak")) == []


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_an_event_is_given_the_name_of_what_it_waits_for(kind: str):
    nameless = element("intermediateCatchEvent", "tunggu", event(kind))
    source = answered(diagram(*chain(start(), nameless, end())), name__tunggu="Surat datang")
    assert compile_graph(source).nodes["tunggu"].events[0].name == "Surat datang"


def test_a_thrown_error_is_given_its_code_and_the_same_code_is_the_same_error():
    known = element("error", "E", errorCode="GAGAL")
    source = diagram(*chain(start(), end("selesai", event("error"))), outside=(known,))
    written = answered(source, name__selesai="GAGAL")
    assert compile_graph(written).nodes["selesai"].events[0].name == "GAGAL"
    assert written.count(b"errorCode") == 1


def test_a_service_task_is_given_its_operation():
    source = diagram(*chain(start(), element("serviceTask", "kabari"), end()))
    assert missing(answered(source, operation__kabari="notify")) == []


MAIL = extensions('<tk:layanan operasi="send_email"><tk:parameter nama="to" teks="a@b.example"/></tk:layanan>')
TOPIC = {"camunda__topic": "send_email"}


@pytest.mark.parametrize("mail", [element("serviceTask", "kirim", MAIL), element("serviceTask", "kirim", **TOPIC)])
def test_an_operation_is_given_what_it_needs(mail: str):
    source = diagram(*chain(start(), mail, end()))
    answers = [
        Answer(question=question, parts={"text": "a@b.example"}) for question in questions_of(read(source).problems)
    ]
    assert missing(with_answers(source, answers)) == []


def test_a_script_task_is_given_its_script():
    source = diagram(*chain(start(), script_task("hitung", ""), end()))
    assert missing(answered(source, script__hitung="total = 2 * 3")) == []


@pytest.mark.parametrize("said", ["3", "pegawai"])
def test_a_repeated_step_is_told_how_often(said: str):
    repeated = user_task("tulis", extensions('<tk:pelaksana jabatan="x"/>'), "<multiInstanceLoopCharacteristics/>")
    assert missing(answered(diagram(*chain(start(), repeated, end())), loop__tulis=said)) == []


def test_the_rest_of_the_file_stays_as_it_was():
    comment = b"<!-- catatan perancang -->"
    source = diagram(*chain(start(), catch("jeda", NO_TIME), end())).replace(b"<startEvent", comment + b"<startEvent")
    written = answered(source, timer__jeda="PT2H")
    assert comment in written
    assert written.replace(b"'", b'"').count(b"<sequenceFlow") == source.count(b"<sequenceFlow")


def test_an_element_without_an_id_is_found_again():
    source = TWO_BRANCHES.replace(b'id="g_b" ', b"")
    assert "condition/g__b" in keys(source)
    written = answered(source, condition__g_a="x == 1", condition__g_c__default="1")
    assert missing(with_answers(written, [the_answer(written, "condition/g__b", "x == 2")])) == []


def the_answer(source: bytes, key: str, text: str) -> Answer:
    question = next(each for each in questions_of(read(source).problems) if each.key == key)
    return Answer(question=question, parts={"text": text})


def test_what_cannot_be_used_is_told_all_at_once_and_nothing_is_written():
    refused = refusal(TWO_BRANCHES, condition__g_a="x ==", condition__g_b="import os", condition__g_c="x > 1")
    assert [field.name for field in refused.fields] == ["condition/g_a", "condition/g_b"]


@pytest.mark.parametrize("text", ["x == '\x00'", "\ud800", "x" * 5_000])
def test_what_xml_cannot_hold_is_refused(text: str):
    assert len(refusal(TWO_BRANCHES, condition__g_a=text).fields) == 1


@pytest.mark.parametrize(
    ("parts", "blank"),
    [({}, True), ({"text": "  ", "unit": "jam"}, True), ({"unit": "sesuai-kebutuhan"}, False), ({"text": "1"}, False)],
)
def test_what_was_left_open_is_no_answer(parts: dict[str, str], blank: bool):
    [question] = questions_of(read(diagram(*chain(start(), person_without_time(), end()))).problems)
    assert is_blank(question.kind, parts) is blank


def person_without_time() -> str:
    return user_task("tulis", extensions('<tk:pelaksana jabatan="x"/><tk:output nama="y"/>'))


def test_a_boundary_timer_is_asked_at_its_event():
    source = diagram(*chain(start(), person_task("t"), end()), boundary("b", "t", NO_TIME), flow("b", "selesai"))
    assert keys(source) == ["timer/b"]
