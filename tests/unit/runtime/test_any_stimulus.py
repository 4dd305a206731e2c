"""Whatever happens in whatever order, a case is refused, moved or stuck with a reason: nothing else."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.base.errors import TataKerjaError
from engine.runtime.changes import Ended
from engine.runtime.codec import dump, load
from engine.runtime.stimuli import (
    BroadcastSignal,
    Cancel,
    CompleteActivity,
    Continue,
    DeliverMessage,
    FireTimer,
    MoveToken,
    OpenActivity,
    Retry,
    ServiceDone,
    ServiceFailed,
    SetVariables,
    Stimulus,
    ThrowError,
    TriggerEvent,
)
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    script_task,
    service_task,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    NAMED,
    Case,
    by_condition,
    event_sub_process,
    inclusive,
    multi_instance,
)


def everything() -> bytes:
    """One diagram with every kind of element that can wait, fail, or interrupt."""
    each = multi_instance(
        "<loopDataInputRef>daftar</loopDataInputRef>",
        "<loopDataOutputRef>hasil</loopDataOutputRef>",
        '<inputDataItem name="orang"/><outputDataItem name="nilai"/>',
        "<completionCondition>nilai == 3</completionCondition>",
    )
    item = (
        *chain(
            start("m"),
            user_task("nilai_orang"),
            throw("naik", BY_ESCALATION),
            script_task("hitung", "n = n + 1"),
            end("s"),
        ),
        event_sub_process(
            "khusus", *chain(start("dengar", BY_SIGNAL, isInterrupting="false"), user_task("catat"), end("t"))
        ),
    )
    transaction = (
        *chain(start("m2"), user_task("pesan_tempat"), exclusive("jadi", default="jadi_s2"), end("s2")),
        *(end("batal", event("cancel")), flow("jadi", "batal", condition="n == 2")),
        *(boundary("undo", "pesan_tempat", event("compensate")), user_task("lepas", isForCompensation="true")),
        element("association", "h", sourceRef="undo", targetRef="lepas"),
    )
    return diagram(
        *chain(
            start(),
            parallel("bagi"),
            sub_process("bagian", each, *item),
            inclusive("gabung"),
            service_task("kabari"),
            end(),
        ),
        *chain(element("transaction", "transaksi", *transaction), throw("balik", event("compensate"))),
        *(flow("bagi", "transaksi"), flow("balik", "gabung"), boundary("batal_tepi", "transaksi", event("cancel"))),
        *chain(element("eventBasedGateway", "tunggu"), catch("surat", BY_MESSAGE), end("gagal", BY_ERROR)),
        *(flow("bagi", "tunggu"), catch("jeda", timer("P1D")), flow("tunggu", "jeda"), flow("jeda", "gabung")),
        *(boundary("tegur", "bagian", timer("R/PT1H", "timeCycle"), cancelActivity="false"), user_task("tegur_orang")),
        *(boundary("naik_tepi", "bagian", BY_ESCALATION), flow("tegur", "tegur_orang"), flow("naik_tepi", "gabung")),
        event_sub_process("akhiri", *chain(start("banyak", by_condition("n > 3")), user_task("tutup"), end("u"))),
        *(flow("batal_tepi", "gabung"), flow("bagi", "bebas"), flow("bebas", "gabung")),
        element(
            "adHocSubProcess",
            "bebas",
            *(user_task("bebas_a"), user_task("bebas_b"), "<completionCondition>n == 4</completionCondition>"),
        ),
        outside=NAMED,
    )


GRAPH = read_plainly(everything())
IDS = st.integers(1, 25)
DATA = st.dictionaries(
    st.sampled_from(["n", "nilai", "daftar", "orang"]),
    st.sampled_from([0, 2, 3, 4, "x", None, [1, 2], {"a": 1}]),
    max_size=2,
)
STIMULI = st.one_of(
    st.builds(CompleteActivity, IDS, DATA),
    st.builds(CompleteActivity, IDS, DATA),
    st.builds(SetVariables, DATA, st.none() | IDS),
    st.builds(FireTimer, IDS, st.sampled_from(["tegur:0", "jeda:0"])),
    st.builds(DeliverMessage, st.just("pesan"), DATA),
    st.builds(BroadcastSignal, st.just("sinyal"), DATA),
    st.builds(ThrowError, IDS, st.just("galat"), DATA),
    st.builds(ServiceDone, IDS, DATA),
    st.builds(ServiceFailed, IDS, st.just("gagal")),
    st.builds(Retry, IDS),
    st.builds(MoveToken, IDS, st.sampled_from(["gabung", "nilai_orang", "kabari", "transaksi"])),
    st.builds(TriggerEvent, IDS, st.sampled_from(["tegur", "jeda", "surat", "dengar", "banyak"]), DATA),
    st.builds(OpenActivity, IDS, st.sampled_from(["bebas_a", "bebas_b"])),
    st.just(Continue()),
)


def dispose(case: Case, stimulus: Stimulus) -> None:
    before = case.state
    try:
        case.tell(stimulus)
    except TataKerjaError:
        assert case.state == before


@settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(variables=DATA, stimuli=st.lists(STIMULI, max_size=30), budget=st.sampled_from([3, 20_000]))
def test_no_order_of_events_does_worse_than_be_refused(variables: dict, stimuli: list[Stimulus], budget: int):
    case = Case(GRAPH, {"daftar": ["Ani", "Budi"], "n": 0} | variables, budget=budget)
    for stimulus in stimuli:
        case.now += timedelta(minutes=30)
        dispose(case, stimulus)
        assert dump(load(case.state)) == case.state
    if not case.has_ended:
        case.tell(Cancel())
    assert (case.has_ended, case.work, case.timers, case.waits) == (True, {}, {}, set())
    assert sum(isinstance(change, Ended) for change in case.history) == 1
