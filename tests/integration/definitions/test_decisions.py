"""Decisions are part of a version: uploaded with the diagram, taken over, bound to the cases of the version."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.decisions import decisions_of
from engine.definitions.errors import Rejected
from engine.definitions.examination import Upload, examine
from engine.definitions.graphs import graph_of
from engine.definitions.model import DecisionText, VersionState
from engine.definitions.operations import Deployment, deploy
from tests.support.decisions import decision, dmn, literal, table
from tests.support.diagrams import chain, diagram, element, end, extensions, person_task, start

BY_DAYS = dmn(decision(table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"'])))
STRICTER = BY_DAYS.replace(b"5", b"3")
OTHER = dmn(decision(literal("1"), identity="lain"))
BROKEN = dmn(decision(literal("1 +")))


def asking(step: str = "putuskan", identity: str = "keputusan") -> bytes:
    task = element("businessRuleTask", "tentukan", extensions(f'<tk:keputusan kunci="{identity}"/>'))
    return diagram(*chain(start(), person_task("ajukan"), task, person_task(step), end()))


def kept(core: Core, source: bytes, decisions: Mapping[str, bytes]) -> Deployment:
    examination = examine(Upload(filename="p.bpmn", source=source, decisions=decisions))
    with core.work() as work:
        return deploy(work, examination)


def files(core: Core, deployment: Deployment) -> dict[str, bytes]:
    query = select(DecisionText).where(DecisionText.version_id == deployment.version_id)
    with core.read() as reading:
        return {text.filename: text.source for text in reading.session.scalars(query)}


def rules_asked(core: Core, deployment: Deployment) -> list[str]:
    """The first cell of each rule, as the graph of the version has it."""
    with core.read() as reading:
        call = graph_of(reading.session, deployment.version_id).nodes["tentukan"].decision
    assert call is not None
    return [rule.inputs[0].text for each in call.decisions for rule in each.answer.rules]


def test_a_version_keeps_its_decisions(core: Core):
    deployment = kept(core, asking(), {"aturan.dmn": BY_DAYS})
    assert (deployment.state, deployment.problems) == (VersionState.READY, ())
    assert files(core, deployment) == {"aturan.dmn": BY_DAYS}
    assert rules_asked(core, deployment) == ["<= 5", "> 5"]


def test_without_its_decision_a_version_is_a_draft(core: Core):
    deployment = kept(core, asking(), {"lain.dmn": OTHER})
    assert (deployment.state, [problem.code for problem in deployment.problems]) == (
        VersionState.DRAFT,
        ["decision.missing"],
    )
    assert files(core, deployment) == {}


def test_a_changed_diagram_takes_its_decisions_over(core: Core):
    kept(core, asking(), {"aturan.dmn": BY_DAYS})
    second = kept(core, asking("tetapkan"), {})
    assert (second.number, second.state, second.problems) == (2, VersionState.READY, ())
    assert rules_asked(core, second) == ["<= 5", "> 5"]


def test_changed_decisions_are_a_new_version_and_leave_the_old_one(core: Core):
    first = kept(core, asking(), {"aturan.dmn": BY_DAYS})
    second = kept(core, asking(), {"aturan.dmn": STRICTER})
    assert (second.number, second.is_new) == (2, True)
    assert rules_asked(core, first) == ["<= 5", "> 5"]
    assert rules_asked(core, second) == ["<= 3", "> 3"]


def test_the_same_content_is_no_new_version(core: Core):
    kept(core, asking(), {"aturan.dmn": BY_DAYS})
    assert not kept(core, asking(), {"aturan.dmn": BY_DAYS}).is_new
    assert not kept(core, asking(), {}).is_new


def test_what_no_task_asks_is_left_out(core: Core):
    deployment = kept(core, asking(), {"aturan.dmn": BY_DAYS, "lain.dmn": OTHER})
    assert list(files(core, deployment)) == ["aturan.dmn"]


def test_a_decision_that_moved_to_another_file_is_not_kept_twice(core: Core):
    kept(core, asking(), {"aturan.dmn": BY_DAYS})
    second = kept(core, asking(), {"baru.dmn": STRICTER})
    assert files(core, second) == {"baru.dmn": STRICTER}


def test_the_faults_of_decisions_refuse_the_upload(core: Core):
    with pytest.raises(Rejected) as refusal:
        kept(core, asking(), {"aturan.dmn": BROKEN})
    [told] = refusal.value.problems
    assert (told.code, told.text("en")[:11]) == ("decision.bad_cell", "aturan.dmn:")


def test_decisions_can_be_shown(core: Core):
    deployment = kept(core, asking(), {"aturan.dmn": BY_DAYS})
    with core.read() as reading:
        [shown] = decisions_of(reading.session, deployment.version_id)
    assert (shown.name, len(shown.answer.rules)) == ("Keputusan", 2)
