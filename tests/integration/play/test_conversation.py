"""A person plays with words of her language, and is told what she can do next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.base.clock import FrozenClock
from engine.core.play.conversation import Conversation
from engine.core.play.phrases import phrase_in
from engine.core.play.session import Play, settings_of_play
from tests.support.diagrams import boundary, catch, chain, diagram, end, flow, script_task, start, timer, user_task

CHECKED = diagram(
    *chain(start(), user_task("periksa", name="Periksa berkas"), catch("tunggu", timer("P1D")), end()),
    boundary("ingatkan", "periksa", timer("PT1H"), cancelActivity="false"),
    end("diingatkan"),
    flow("ingatkan", "diingatkan"),
)
FAILING = diagram(*chain(start(), script_task("hitung", "n = awal + 1"), end()))


@pytest.fixture
def conversation(clock: FrozenClock) -> Iterator[Conversation]:
    play = Play(settings_of_play({}), clock)
    yield Conversation(play, "en")
    play.close()


def said(conversation: Conversation, *lines: str) -> str:
    """What there is to read after the last of these lines."""
    return "\n".join([*map("\n".join, map(conversation.say, lines))][-1:])


@pytest.fixture
def checked(conversation: Conversation, tmp_path: Path) -> Conversation:
    path = tmp_path / "diagram.bpmn"
    path.write_bytes(CHECKED)
    said(conversation, f"load {path}", "start proses pemohon=Siti")
    return conversation


def test_what_is_open_and_what_waits_is_numbered(checked: Conversation):
    lines = said(checked, "").splitlines()
    assert "    1  Periksa berkas  [periksa, case 1]" in lines
    assert "    2  ingatkan  [ingatkan, case 1]" in lines


def test_the_data_of_a_case_are_shown(checked: Conversation):
    assert "pemohon = Siti" in said(checked, "")


@pytest.mark.parametrize("words", ["complete 1", "complete", "complete periksa", "selesaikan 1", "COMPLETE 1"])
def test_a_step_is_completed_by_number_or_id_or_alone(checked: Conversation, words: str):
    assert "tunggu" in said(checked, words)


def test_values_are_what_they_look_like(checked: Conversation):
    shown = said(checked, 'complete 1 jumlah=3 lengkap=true nama="Siti Aminah"')
    assert "jumlah = 3, lengkap = True, nama = Siti Aminah" in shown


@pytest.mark.parametrize(
    "words", ["advance 1 day", "maju 1 hari", "advance 23 hours 60 minutes", "maju 0,5 hari 12 jam"]
)
def test_time_passes_in_words_of_both_languages(checked: Conversation, words: str):
    assert "completed" in said(checked, "complete 1", words)


def test_alone_time_passes_until_the_next_thing_is_due(checked: Conversation):
    assert said(checked, "advance").startswith("Monday, 23 November 2026, 09:00:00")


def test_nothing_due_is_told(conversation: Conversation):
    assert said(conversation, "advance") == "Nothing waits for a moment to come."


def test_what_happened_while_time_passed_is_told(checked: Conversation):
    assert "Went by meanwhile: ingatkan, diingatkan [case 1]." in said(checked, "advance")


def test_that_nothing_happened_while_time_passed_is_told(checked: Conversation):
    assert "No case went on meanwhile." in said(checked, "advance 1 minute")


def test_a_message_that_nobody_hears_is_held_until_a_moment(checked: Conversation):
    told = "Nobody waits for “balasan” yet: it is held until Monday, 30 November 2026"
    assert said(checked, "message balasan").startswith(told)


def test_an_event_is_triggered(checked: Conversation):
    assert "ingatkan" not in said(checked, "trigger 2")


def test_a_fault_is_shown_and_tried_again(conversation: Conversation, tmp_path: Path):
    (tmp_path / "diagram.bpmn").write_bytes(FAILING)
    assert "hitung: " in said(conversation, f"load {tmp_path / 'diagram.bpmn'}", "start")
    assert "n = 2" in said(conversation, "set awal=1", "trigger 1")


def test_a_lone_fault_needs_no_number(conversation: Conversation, tmp_path: Path):
    (tmp_path / "diagram.bpmn").write_bytes(FAILING)
    assert "n = 2" in said(conversation, f"load {tmp_path / 'diagram.bpmn'}", "start", "set awal=1", "trigger")


def test_of_two_open_steps_one_must_be_said(checked: Conversation):
    told = "Say which one: 1 Periksa berkas, 2 Periksa berkas."
    assert said(checked, "start", "complete") == told


def test_with_nothing_there_alone_says_so(conversation: Conversation):
    assert said(conversation, "trigger") == "There is nothing here to which that could be done now."


@pytest.mark.parametrize("line", ["complete periksa", "complete tunggu"])
def test_a_step_that_was_done_or_not_yet_reached_is_not_open(checked: Conversation, line: str):
    checked.say("complete")
    assert said(checked, line, line).endswith(" is not open.")


def test_a_step_of_a_case_that_is_over_is_not_open(checked: Conversation):
    said(checked, "complete", "advance 2 days")
    assert said(checked, "complete periksa") == "“periksa” is not open."


UNREADABLE = {
    "complete 1 modal = 30": "modal = 30",
    "complete 1 a b=": "b=",
    "set tanpa_sama": "tanpa_sama",
    "set isi.x=3": "isi.x=3",
    'set "a b"=3': "a b=3",
    "set x=[a": "x=[a",
    'set nama="Siti': 'nama="Siti',
    "advance 2 days x=1": "x=",
}


@pytest.mark.parametrize(("line", "piece"), UNREADABLE.items())
def test_what_cannot_be_read_is_named_and_nothing_is_done(checked: Conversation, line: str, piece: str):
    before = said(checked, "")
    assert said(checked, line).startswith(f"“{piece}” cannot be read, so nothing was done.")
    assert said(checked, "") == before


@pytest.mark.parametrize(
    ("words", "value"),
    [('x=["a","b"]', ["a", "b"]), ('x={"a": 1}', {"a": 1}), ('x="3"', "3"), ("x=Jum'at", "Jum'at"), ("x='a b'", "a b")],
)
def test_values_keep_their_quotes_and_spaces(words: str, value: object):
    assert phrase_in(f"set 1 {words} y=2").variables == {"x": value, "y": 2}


def test_a_table_without_its_diagram_is_told_to_come_with_it(conversation: Conversation, tmp_path: Path):
    (tmp_path / "kelas.dmn").write_bytes(b"<definitions/>")
    assert "together with its diagram" in said(conversation, f"load {tmp_path / 'kelas.dmn'}")


def test_a_word_that_is_nearly_right_is_suggested(conversation: Conversation):
    assert said(conversation, "advanse 2 days") == "“advanse” is not known here. Did you mean advance?"


def test_a_word_that_means_nothing_is_told_where_help_is(conversation: Conversation):
    assert said(conversation, "xyzzy") == "“xyzzy” is not known here. Type help to see what you can do."


NOT_NOW = ("complete 9", "trigger", "set", "message", "load", "load tidak_ada", "advance two days", 'start "')


@pytest.mark.parametrize("line", NOT_NOW)
def test_what_cannot_be_done_is_told_and_the_play_goes_on(conversation: Conversation, line: str):
    assert said(conversation, line)
    assert not conversation.is_over


def test_what_can_be_typed_is_completed(checked: Conversation):
    assert checked.completions("per") == ("periksa",)
    assert "complete" in checked.completions("co")


def test_one_can_leave(conversation: Conversation):
    said(conversation, "keluar")
    assert conversation.is_over


def test_who_comes_is_told_what_this_is(checked: Conversation):
    assert "Can be started: proses." in checked.greeting()
