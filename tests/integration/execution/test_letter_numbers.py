"""Letters get numbers from registers that count by themselves."""

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.execution.model import Incident, Instance
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, element, end, extensions, start


def numbering(attribute: str = "teks", **parameters: str) -> bytes:
    given = "".join(f'<tk:parameter nama="{name}" {attribute}="{text}"/>' for name, text in parameters.items())
    said = extensions(f'<tk:layanan operasi="number_letter">{given}</tk:layanan>')
    return diagram(*chain(start(), element("serviceTask", "nomori", said, name="Nomori"), end()))


def number_of(core: Core, desk: Desk) -> str:
    case = desk.start()
    core.run_due_jobs()
    with core.read() as reading:
        nomor: str = reading.session.get_one(Instance, case.instance_id).variables["nomor"]
    return nomor


def test_a_number_is_written_by_the_pattern_of_the_diagram(core: Core, desk: Desk):
    desk.publish(numbering(pattern="{nomor:03}/Kk.11.15/{kode}/{bulan_romawi}/{tahun}", kode="PP.00"))
    assert [number_of(core, desk), number_of(core, desk)] == [
        "001/Kk.11.15/PP.00/XI/2026",
        "002/Kk.11.15/PP.00/XI/2026",
    ]


def test_a_register_named_like_a_prefix_of_cases_counts_by_itself(core: Core, desk: Desk):
    desk.publish(numbering())
    case = desk.start()
    prefix = case.number.split("-")[0]
    desk.publish(numbering(register=prefix))
    assert number_of(core, desk) == f"{prefix}-2026-00001"
    assert desk.start().number == f"{prefix}-2026-00003"


@pytest.mark.parametrize("pattern", ["{nomor.__class__}", "tetap"])
def test_a_pattern_from_the_data_that_cannot_be_used_takes_no_number(core: Core, desk: Desk, pattern: str):
    desk.publish(numbering("nilai", pattern=f"judul + '{pattern}'"))
    desk.start()
    core.run_due_jobs()
    with core.read() as reading:
        assert reading.session.scalars(select(Incident.code)).all() == ["service.failed"]
    desk.publish(numbering())
    assert number_of(core, desk) == "SURAT-2026-00001"
