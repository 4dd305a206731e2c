"""Loops over items, sub-processes, call activities, and to whom a variable belongs."""

import pytest

from engine.runtime import inspect
from engine.runtime.changes import VariablesChanged, WorkOffered
from engine.runtime.stimuli import CompleteActivity, SetVariables
from tests.support.diagrams import (
    call,
    chain,
    element,
    end,
    flow,
    process,
    script_task,
    start,
    sub_process,
    user_task,
)
from tests.unit.runtime.cases import Case, a_case, a_case_of, multi_instance

LIST = "<loopDataInputRef>daftar</loopDataInputRef>"
ITEM = '<inputDataItem name="orang"/>'
OUTPUT = "<loopDataOutputRef>hasil</loopDataOutputRef>"
OUTPUT_ITEM = '<outputDataItem name="nilai"/>'
SHARE = "bagian = {'isi': [nomor, loopCounter]}"
PEOPLE = {"daftar": ["Ani", "Budi", "Citra"]}


def for_each(*inside: str, sequential: str = "false") -> tuple[str, ...]:
    loop = multi_instance(LIST, *inside, isSequential=sequential)
    return chain(start(), user_task("nilai_orang", loop), user_task("akhir"), end())


def counted(text: str) -> Case:
    loop = multi_instance(f"<loopCardinality>{text}</loopCardinality>")
    return a_case(*chain(start(), user_task("kerja", loop), user_task("akhir"), end()))


def test_every_item_is_offered_with_its_own_variables():
    case = a_case(*for_each(ITEM), variables=PEOPLE)
    offers = [change.variables for change in case.changes if isinstance(change, WorkOffered)]
    assert offers == [{"loopCounter": number, "orang": name} for number, name in enumerate(PEOPLE["daftar"])]
    assert [work.variables for work in inspect.open_work(case.state)] == offers


def test_outputs_stand_in_the_order_of_the_items_whoever_is_first():
    case = a_case(*for_each(ITEM, OUTPUT, OUTPUT_ITEM), variables=PEOPLE)
    last, first, middle = max(case.work), min(case.work), sorted(case.work)[1]
    for activity_id in (last, first, middle):
        case.tell(CompleteActivity(activity_id, {"nilai": inspect.variables(case.state, activity_id)["orang"].lower()}))
    assert case.variables["hasil"] == ["ani", "budi", "citra"]
    assert "nilai" not in case.variables


def test_one_after_the_other_offers_one_at_a_time():
    case = a_case(*for_each(ITEM, sequential="true"), variables=PEOPLE)
    for _name in PEOPLE["daftar"]:
        assert case.open == ["nilai_orang"]
        case.complete("nilai_orang")
    assert case.open == ["akhir"]


def test_one_after_the_other_with_an_empty_item_goes_on():
    case = a_case(*for_each(ITEM, sequential="true"), variables={"daftar": [None, None, None]})
    for _number in range(3):
        case.complete("nilai_orang")
    assert case.open == ["akhir"]


def test_a_completion_condition_ends_the_rest():
    enough = "<completionCondition>nrOfCompletedInstances &gt;= 2</completionCondition>"
    case = a_case(*for_each(ITEM, enough), variables=PEOPLE)
    case.complete("nilai_orang")
    case.complete("nilai_orang")
    assert case.open == ["akhir"]


def test_a_failed_completion_condition_is_retried_without_repeating_the_work():
    case = a_case(*for_each(ITEM, "<completionCondition>cukup</completionCondition>"), variables=PEOPLE)
    case.complete("nilai_orang")
    assert case.faults == ["expression.unknown_name"]
    assert len(case.open) == 2
    case.tell(SetVariables({"cukup": True}))
    case.retry()
    assert case.open == ["akhir"]


def test_an_empty_list_is_done_at_once():
    case = a_case(*for_each(ITEM, OUTPUT, OUTPUT_ITEM), variables={"daftar": []})
    assert case.open == ["akhir"]
    assert case.variables["hasil"] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [("-1", "loop.no_count"), ("'tiga'", "loop.no_count"), ("true", "loop.no_count"), ("10001", "loop.too_many")],
)
def test_a_number_of_times_that_makes_no_sense_is_an_incident(text: str, fault: str):
    assert counted(text).faults == [fault]


def test_items_do_not_share_their_nested_values():
    inside = chain(start("m"), script_task("ubah", SHARE), user_task("lihat"), end("s"))
    loop = multi_instance("<loopCardinality>2</loopCardinality>", '<outputDataItem name="bagian"/>')
    case = a_case(*chain(start(), sub_process("luar", loop, *inside), end()), variables={"nomor": {"a": 1}})
    seen = [inspect.variables(case.state, activity_id)["bagian"] for activity_id in case.work]
    assert seen == [{"isi": [{"a": 1}, 0]}, {"isi": [{"a": 1}, 1]}]


def test_a_standard_loop_repeats_while_its_condition_holds():
    again = element("standardLoopCharacteristics", "", "<loopCondition>lagi</loopCondition>")
    case = a_case(*chain(start(), user_task("kerja", again), user_task("akhir"), end()))
    case.complete("kerja", lagi=True)
    case.complete("kerja", lagi=True)
    case.complete("kerja", lagi=False)
    assert case.open == ["akhir"]


def test_a_standard_loop_that_tests_first_may_not_run_at_all():
    again = element("standardLoopCharacteristics", "", "<loopCondition>false</loopCondition>", testBefore="true")
    assert a_case(*chain(start(), user_task("kerja", again), user_task("akhir"), end())).open == ["akhir"]


def test_a_standard_loop_stops_at_its_maximum():
    again = element("standardLoopCharacteristics", "", loopMaximum="2")
    case = a_case(*chain(start(), user_task("kerja", again), user_task("akhir"), end()))
    case.complete("kerja")
    case.complete("kerja")
    assert case.open == ["akhir"]


def test_a_new_variable_belongs_to_the_case_and_the_last_writer_wins():
    inside = chain(start("m"), user_task("dalam"), end("s"))
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("akhir"), end()), variables={"x": 1})
    case.complete("dalam", x=2, y=3)
    assert case.variables == {"x": 2, "y": 3}
    assert any(isinstance(change, VariablesChanged) and change.is_root for change in case.changes)


def test_a_called_process_works_on_a_copy_and_gives_back_what_it_wrote():
    called = process(*chain(start("m"), user_task("dalam"), end("s")), identity="anak")
    main = process(*chain(start(), call("panggil", "anak"), user_task("akhir"), end()))
    case = a_case_of(main, called, variables={"x": 1, "tetap": 0})
    case.complete("dalam", x=2, baru=3)
    assert case.variables == {"x": 2, "tetap": 0, "baru": 3}


def test_a_called_process_sees_nothing_of_its_caller_while_it_runs():
    called = process(*chain(start("m"), user_task("dalam"), end("s")), identity="anak")
    case = a_case_of(process(*chain(start(), call("panggil", "anak"), end())), called, variables={"x": 1})
    case.tell(SetVariables({"kemudian": 1}))
    assert case.visible("dalam") == {"x": 1}


def test_a_process_that_calls_itself_for_ever_is_an_incident():
    case = a_case_of(process(*chain(start(), call("lagi", "proses"), end())))
    assert case.faults == ["call.too_deep"]


def test_a_call_of_an_unknown_process_is_an_incident():
    assert a_case(*chain(start(), call("panggil", "tidak_ada"), end())).faults == ["call.unknown"]


def test_an_ad_hoc_sub_process_offers_all_its_work_and_ends_when_told():
    inside = (user_task("a"), user_task("b"), "<completionCondition>cukup</completionCondition>")
    case = a_case(*chain(start(), element("adHocSubProcess", "bebas", *inside), user_task("akhir"), end()))
    assert case.open == ["a", "b"]
    case.complete("b", cukup=True)
    assert case.open == ["akhir"]


def test_an_ordered_ad_hoc_sub_process_offers_one_after_the_other():
    inside = (user_task("a"), user_task("b"))
    case = a_case(*chain(start(), element("adHocSubProcess", "bebas", *inside, ordering="Sequential"), end()))
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["b"]


def test_a_task_begins_when_its_start_quantity_has_arrived():
    case = a_case(
        *chain(start(), user_task("a"), user_task("kirim", startQuantity="2"), end()),
        *(user_task("b"), flow("mulai", "b"), flow("b", "kirim")),
    )
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["kirim"]
