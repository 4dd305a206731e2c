"""Wherever a designer may write a calculation, an escape is refused when the file is examined, or does nothing.

What is accepted is then started, as a case would be: it computes within bounds, or stops as an incident.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from engine.bpmn.problems import Verdict, verdict_of
from engine.bpmn.reader import compile_graph
from engine.definitions.examination import TRIAL_INSTANT, Upload, examine
from engine.runtime import kernel
from tests.support.decisions import decision, dmn, table
from tests.support.diagrams import (
    boundary,
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
    timer,
    user_task,
)

MARK = Path("escaped")
SECONDS = 4  # on a busy machine; the examination is stopped after five
ESCAPES = [
    f"__import__('os').system('touch {MARK}')",
    f"open('{MARK}', 'w')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__.__init__.__globals__",
    "'{0.__class__.__init__.__globals__}'.format(x)",
    "f'{x.__class__}'",
    "[y for y in [1]*99999 for z in [1]*99999]",
    "(lambda: 1)()",
    "9 ** 9 ** 9 ** 9",
    "'a' * 9999999999",
    "[0] * 9999999999",
    "10.0 ** 400",
    "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+$')",
    "getattr(x, '__class__')",
    "+".join(["1"] * 5_000),
    "(" * 4_000 + "1" + ")" * 4_000,
]
MESSAGE = element("message", "pesan", name="Pesan")
BY_MESSAGE = event("message", messageRef="pesan")


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def in_a_condition(text: str) -> bytes:
    ways = (flow("pilih", "selesai", condition=text), flow("pilih", "isi"))
    return diagram(*chain(start(), exclusive("pilih", default="pilih_isi")), *chain(person_task("isi"), end()), *ways)


def in_a_script(text: str) -> bytes:
    return diagram(*chain(start(), script_task("hitung", f"y = {text}"), end()))


def in_a_timer(text: str) -> bytes:
    return diagram(*chain(start(), catch("tunggu", timer(f"${{'PT' + str({text}) + 'H'}}")), end()))


def in_a_boundary_timer(text: str) -> bytes:
    late = (
        boundary("telat", "isi", timer(f"${{'2026-01-31T08:0' + str({text}) + ':00'}}", "timeDate")),
        flow("telat", "selesai"),
    )
    return diagram(*chain(start(), person_task("isi"), end()), *late)


def in_a_condition_event(text: str) -> bytes:
    inside = f"<conditionalEventDefinition><condition>{_attribute(text)}</condition></conditionalEventDefinition>"
    return diagram(*chain(start(), catch("tunggu", inside), end()))


def in_a_count(text: str) -> bytes:
    each = element("multiInstanceLoopCharacteristics", "", f"<loopCardinality>{_attribute(text)}</loopCardinality>")
    return diagram(*chain(start(), user_task("isi", each), end()))


def in_a_collection(text: str) -> bytes:
    each = f'<multiInstanceLoopCharacteristics camunda:collection="{_attribute(text)}" camunda:elementVariable="satu"/>'
    return diagram(*chain(start(), user_task("isi", each), end()))


def in_a_completion_condition(text: str) -> bytes:
    inside = f"<loopCardinality>2</loopCardinality><completionCondition>{_attribute(text)}</completionCondition>"
    each = element("multiInstanceLoopCharacteristics", "", inside)
    counting = element("scriptTask", "hitung", "<script>y = 1</script>", each, name="hitung")
    return diagram(*chain(start(), counting, end()))


def in_a_mapping(text: str) -> bytes:
    given = extensions(f'<tk:masukan nama="y" nilai="{_attribute(text)}"/>')
    calling = element("callActivity", "panggil", given, name="panggil", calledElement="lain")
    called = process(*chain(start("a"), person_task("b"), end("c")), identity="lain")
    return definitions(process(*chain(start(), calling, end())), called)


def in_a_correlation(text: str) -> bytes:
    keyed = element("message", "pesan", extensions(f'<tk:korelasi nilai="{_attribute(text)}"/>'), name="Pesan")
    return diagram(*chain(start(), catch("tunggu", BY_MESSAGE), end()), outside=(keyed,))


def in_a_performer(text: str) -> bytes:
    named = extensions(f'<tk:pelaksana pegawai="${{{_attribute(text)}}}"/>')
    return diagram(*chain(start(), user_task("isi", named), end()))


def in_a_service_parameter(text: str) -> bytes:
    said = f'<tk:layanan operasi="notify"><tk:parameter nama="pesan" nilai="{_attribute(text)}"/></tk:layanan>'
    return diagram(*chain(start(), element("serviceTask", "kabari", extensions(said), name="kabari"), end()))


PLACES: Mapping[str, Callable[[str], bytes]] = {
    place.__name__: place
    for place in (
        in_a_condition,
        in_a_script,
        in_a_timer,
        in_a_boundary_timer,
        in_a_condition_event,
        in_a_count,
        in_a_collection,
        in_a_completion_condition,
        in_a_mapping,
        in_a_correlation,
        in_a_performer,
        in_a_service_parameter,
    )
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("place", PLACES)
def test_the_place_takes_a_calculation(place: str):
    assert (
        verdict_of(examine(Upload(filename="a.bpmn", source=PLACES[place]("1 + 1"))).problems) is not Verdict.REJECTED
    )


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda escape: escape[:40])
@pytest.mark.parametrize("place", PLACES)
def test_an_escape_is_refused_or_does_nothing(place: str, escape: str):
    source = PLACES[place](escape)
    began = time.monotonic()
    examination = examine(Upload(filename="a.bpmn", source=source))
    if verdict_of(examination.problems) is Verdict.DEPLOYABLE:
        kernel.start(compile_graph(source), "proses", {"x": {"a": [1]}}, TRIAL_INSTANT)
    assert time.monotonic() - began < SECONDS
    assert not MARK.exists()


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda escape: escape[:40])
@pytest.mark.parametrize("cells", [("{}", "1"), ("> 1", "{}")], ids=["input", "output"])
def test_an_escape_in_a_decision_is_refused_or_does_nothing(cells: tuple[str, str], escape: str):
    asking = element("businessRuleTask", "putus", extensions('<tk:keputusan kunci="keputusan"/>'), name="Putus")
    source = diagram(*chain(start(), asking, end()))
    rule = [cell.format(escape) if cell == "{}" else cell for cell in cells]
    tables = {"a.dmn": dmn(decision(table(["x"], ["y"], rule)))}
    began = time.monotonic()
    examination = examine(Upload(filename="a.bpmn", source=source, decisions=tables))
    if verdict_of(examination.problems) is Verdict.DEPLOYABLE:
        kernel.start(compile_graph(source, tables), "proses", {"x": 5}, TRIAL_INSTANT)
    assert time.monotonic() - began < SECONDS
    assert not MARK.exists()
