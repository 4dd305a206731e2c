"""The identity of an upload meets what the office has: its units, and the prefixes of other procedures."""

from typing import Any

from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.model import ProcessDefinition
from engine.definitions.operations import Deployment, deploy
from engine.organisation.model import Unit
from tests.support.diagrams import chain, definitions, end, person_task, process, start


def kept(core: Core, key: str = "proses", **identity: Any) -> Deployment:
    source = definitions(process(*chain(start(), person_task("tulis", "writer"), end()), identity=key))
    examination = examine(Upload(filename="p.bpmn", source=source, identity=identity))
    with core.work() as work:
        return deploy(work, examination)


def codes(deployment: Deployment) -> list[str]:
    return [problem.code for problem in deployment.problems]


def prefixes(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(ProcessDefinition.prefix).order_by(ProcessDefinition.id)))


def test_a_prefix_is_kept_in_capitals(core: Core):
    assert codes(kept(core, awalan="sm")) == []
    assert prefixes(core) == ["SM"]


def test_a_taken_prefix_is_told_with_the_one_given_instead(core: Core):
    kept(core, awalan="SM")
    second = kept(core, "lain", awalan="sm")
    assert codes(second) == ["identity.taken_prefix"]
    assert prefixes(core)[1] in second.problems[0].text("en")


def test_a_unit_that_the_office_does_not_have_is_told(core: Core):
    assert codes(kept(core, unit="entah")) == ["identity.unknown_unit"]
    with core.read() as reading:
        assert reading.session.scalars(select(ProcessDefinition.unit_id)).all() == [None]


def test_a_unit_of_the_office_owns_the_procedure(core: Core):
    with core.work() as work:
        work.session.add(Unit(code="tu", name="Tata Usaha"))
    assert codes(kept(core, unit="tu")) == []
    assert codes(kept(core, unit="tu", judul="Surat")) == []


def test_another_prefix_or_unit_of_a_known_procedure_is_said_to_have_no_effect(core: Core):
    kept(core, awalan="SM")
    assert codes(kept(core, awalan="SK", unit="entah")) == ["identity.prefix_stays", "identity.unit_stays"]
    assert prefixes(core) == ["SM"]
