"""Whatever happened to a file, it gets an answer in time: thousands of spoilt diagrams, the same ones each run."""

import time
from random import Random

import pytest

from engine.bpmn.check import check_safely
from engine.bpmn.problems import Severity, Verdict
from engine.definitions.examination import trial_start
from tests.support.depth import times
from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    definitions,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    parallel,
    person_task,
    process,
    script_task,
    service_task,
    start,
    sub_process,
    throw,
    timer,
)
from tests.support.sources import ROOT
from tests.unit.bpmn.mutations import mutated

SEED = 20261122
BATCHES = 10
MUTANTS = times(daily=300, nightly=10_000)
SECONDS = 6.0  # the child is stopped after five
BY_MESSAGE = event("message", messageRef="pesan")
EACH = element("multiInstanceLoopCharacteristics", "", "<loopCardinality>3</loopCardinality>")
MIXED = definitions(
    element("message", "pesan", extensions('<tk:korelasi nilai="nomor"/>'), name="Pesan"),
    element("error", "galat", errorCode="galat"),
    process(
        *chain(start(), person_task("isi"), script_task("hitung", "n = 1"), exclusive("pilih", default="pilih_bagi")),
        *chain(parallel("bagi"), call("panggil", "bawahan"), parallel("gabung"), end()),
        *(flow("pilih", "bagi"), flow("pilih", "isi", condition="n > 3")),
        *chain(service_task("nomori", "number_letter"), throw("kirim", BY_MESSAGE), catch("tunggu", BY_MESSAGE)),
        *(flow("bagi", "nomori"), flow("tunggu", "gabung")),
        *(boundary("telat", "isi", timer("R3/PT1H", "timeCycle"), cancelActivity="false"), end("sudah")),
        flow("telat", "sudah"),
    ),
    process(
        *chain(
            start("awal"),
            sub_process(
                "bagian",
                *chain(start("a"), person_task("periksa"), end("z", event("error", errorRef="galat"))),
                EACH,
            ),
            end("akhir"),
        ),
        *(boundary("tangkap", "bagian", event("error", errorRef="galat")), flow("tangkap", "akhir")),
        identity="bawahan",
    ),
)
SOURCES = [*(path.read_bytes() for path in sorted((ROOT / "processes").glob("*/*.bpmn"))), MIXED, MIXED]


def test_what_is_spoilt_was_sound():
    assert check_safely(MIXED, trial=trial_start).verdict is Verdict.DEPLOYABLE


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_spoilt_file_gets_an_answer_in_time(batch: int):
    chance = Random(SEED + batch)
    for _mutant in range(MUTANTS // BATCHES):
        source = mutated(chance.choice(SOURCES), chance)
        began = time.monotonic()
        report = check_safely(source, trial=trial_start)
        assert time.monotonic() - began < SECONDS
        assert all(problem.text("id") and problem.severity in Severity for problem in report.problems)
        assert "file.too_complex" not in {problem.code for problem in report.problems}  # the child did not break down
