"""What calls a process of another file is bound to one version of it, once and for all."""

import pytest

from engine.base.i18n import translate
from engine.core.core import Core
from engine.definitions.bundles import CallsInCircle, SameProcess, deploy_all, examine_all
from engine.definitions.calls import bindings_of
from engine.definitions.errors import Rejected
from engine.definitions.examination import Upload, examine
from engine.definitions.graphs import graph_of
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment, check_again, deploy, publish
from engine.definitions.queries import procedures
from tests.support.diagrams import (
    call,
    chain,
    definitions,
    diagram,
    end,
    exclusive,
    flow,
    person_task,
    process,
    script_task,
    start,
)


def caller(called: str = "anak", identity: str = "induk") -> bytes:
    return definitions(process(*chain(start(), call("panggil", called), end()), identity=identity))


def child(step: str = "tulis", identity: str = "anak") -> bytes:
    return definitions(process(*chain(start(), person_task(step), end()), identity=identity))


NEVER_COMPLETE = definitions(
    process(*chain(start(), exclusive("g"), end()), flow("g", "mulai", "Lagi"), identity="anak")
).replace(b'targetRef="mulai"', b'targetRef="selesai"')


def upload(source: bytes, name: str = "p.bpmn") -> Upload:
    return Upload(filename=name, source=source)


def kept(core: Core, source: bytes) -> Deployment:
    examination = examine(upload(source))
    with core.work() as work:
        return deploy(work, examination)


def kept_together(core: Core, *sources: bytes) -> tuple[Deployment, ...]:
    examinations = examine_all([upload(source, f"{place}.bpmn") for place, source in enumerate(sources)])
    with core.work() as work:
        return deploy_all(work, examinations)


def put_in_force(core: Core, deployment: Deployment) -> None:
    with core.work() as work:
        publish(work, deployment.version_id)


def bindings(core: Core, deployment: Deployment) -> dict[str, int]:
    with core.read() as reading:
        return bindings_of(reading.session, deployment.version_id)


def keys(core: Core) -> set[str]:
    with core.read() as reading:
        return {line.key for line in procedures(reading.session)}


def codes(deployment: Deployment) -> list[str]:
    return [problem.code for problem in deployment.problems]


def test_a_call_is_bound_to_the_version_in_force_rather_than_to_a_later_one(core: Core):
    first = kept(core, child())
    put_in_force(core, first)
    kept(core, child("tulis_ulang"))
    assert bindings(core, kept(core, caller())) == {"anak": first.version_id}


def test_where_none_is_in_force_a_call_is_bound_to_the_newest_that_can_run(core: Core):
    kept(core, child())
    second = kept(core, child("tulis_ulang"))
    assert bindings(core, kept(core, caller())) == {"anak": second.version_id}


def test_a_call_of_what_was_not_uploaded_yet_makes_a_draft(core: Core):
    deployment = kept(core, caller())
    assert (deployment.state, codes(deployment)) == (VersionState.DRAFT, ["call.unknown"])


def test_a_draft_is_never_called(core: Core):
    kept(core, NEVER_COMPLETE)
    assert kept(core, caller()).state is VersionState.DRAFT


def test_a_draft_that_lacked_a_called_process_can_be_checked_again(core: Core):
    draft = kept(core, caller())
    later = kept(core, child())
    with core.work() as work:
        checked = check_again(work, draft.version_id)
    assert (checked.state, checked.number, codes(checked)) == (VersionState.READY, draft.number, [])
    assert bindings(core, draft) == {"anak": later.version_id}


def test_a_draft_that_was_looked_at_before_is_read_anew_when_it_is_bound(core: Core):
    draft = kept(core, caller())
    kept(core, child())
    with core.work() as work:
        before = graph_of(work.session, draft.version_id)
        check_again(work, draft.version_id)
        after = graph_of(work.session, draft.version_id)
    assert (len(before.processes), len(after.processes)) == (1, 2)


def test_uploading_a_draft_again_completes_it(core: Core):
    draft = kept(core, caller())
    kept(core, child())
    again = kept(core, caller())
    assert (again.version_id, again.state, again.is_new) == (draft.version_id, VersionState.READY, False)


def test_bound_callers_stay_with_their_version(core: Core):
    first = kept(core, child())
    calling = kept(core, caller())
    put_in_force(core, kept(core, child("tulis_ulang")))
    assert bindings(core, calling) == {"anak": first.version_id}


def test_uploading_a_caller_again_takes_over_the_newer_version(core: Core):
    kept(core, child())
    before = kept(core, caller())
    newer = kept(core, child("tulis_ulang"))
    after = kept(core, caller())
    assert (after.number, bindings(core, after)) == (before.number + 1, {"anak": newer.version_id})


def test_uploading_a_caller_again_with_nothing_new_makes_no_version(core: Core):
    put_in_force(core, kept(core, child()))
    kept(core, caller())
    assert not kept(core, caller()).is_new


def test_files_of_one_upload_are_kept_in_the_order_of_their_calls(core: Core):
    deployments = kept_together(core, caller(), child("tulis", "anak"))
    assert [each.key for each in deployments] == ["anak", "induk"]
    assert bindings(core, deployments[1]) == {"anak": deployments[0].version_id}


def test_files_of_one_upload_call_each_other_and_not_what_was_in_force(core: Core):
    put_in_force(core, kept(core, child()))
    called, calling = kept_together(core, caller(), child("tulis_ulang"))
    assert bindings(core, calling) == {"anak": called.version_id}


def test_what_calls_a_draft_of_the_same_upload_is_a_draft(core: Core):
    put_in_force(core, kept(core, child()))
    _called, calling = kept_together(core, caller(), NEVER_COMPLETE)
    assert calling.state is VersionState.DRAFT


def test_one_refused_file_keeps_all_out(core: Core):
    refused = definitions(process(*chain(start(), script_task("s", "import os"), end()), identity="buruk"))
    with pytest.raises(Rejected):
        kept_together(core, child(), refused)
    assert keys(core) == set()


def test_files_that_call_each_other_in_a_circle_are_refused_by_name(core: Core):
    with pytest.raises(CallsInCircle) as refusal:
        kept_together(core, caller("b", "a"), caller("c", "b"), caller("b", "c"))
    assert "1.bpmn → 2.bpmn → 1.bpmn" in translate(refusal.value.message, refusal.value.params, "en")


def test_one_process_in_two_files_is_refused(core: Core):
    with pytest.raises(SameProcess):
        kept_together(core, child(), child("lain"))


def test_a_graph_holds_all_that_is_called_and_what_that_calls(core: Core):
    *_others, top = kept_together(
        core, caller("dua", "satu"), caller("tiga", "dua"), caller("empat", "tiga"), child("t", "empat")
    )
    with core.read() as reading:
        graph = graph_of(reading.session, top.version_id)
    assert sorted(node.bpmn_id for node in graph.nodes.values() if node.kind == "process") == [
        "dua",
        "empat",
        "satu",
        "tiga",
    ]


def test_what_two_files_call_is_there_once(core: Core):
    both = definitions(process(*chain(start(), call("x", "kiri"), call("y", "kanan"), end()), identity="puncak"))
    *_others, top = kept_together(core, both, caller("dasar", "kiri"), caller("dasar", "kanan"), child("t", "dasar"))
    with core.read() as reading:
        graph = graph_of(reading.session, top.version_id)
    assert [node.bpmn_id for node in graph.nodes.values()].count("t") == 1


def test_an_empty_upload_keeps_nothing(core: Core):
    assert kept_together(core) == ()


def test_a_diagram_alone_calls_nothing(core: Core):
    assert bindings(core, kept(core, diagram(*chain(start(), person_task("t"), end())))) == {}
