"""Decision tables are read on the page of their version, by people who do not know DMN."""

from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from engine.access.model import Account, AccountRole, Role
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.cases import start_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.decisions import decision, dmn, literal, table
from tests.support.diagrams import chain, diagram, element, end, extensions, person_task, start
from tests.support.small_office import person

ASKS = element("businessRuleTask", "tentukan", extensions('<tk:keputusan kunci="siapa"/>'), name="Tentukan")
ASKING = diagram(*chain(start(), person_task("ajukan", "clerk"), ASKS, end()))
ASKING_FIRST = diagram(*chain(start(), ASKS, person_task("ajukan", "clerk"), end()))
RULES = table(
    ["hari", "jenis"],
    ["pejabat"],
    ["< 5", '"tahunan", "sakit"', '"kasubbag"'],
    ["", "", '"<b>kepala</b>"'],
    policy="FIRST",
)
NEEDED = decision(literal("hari * 2"), identity="ganda", name="Dua kali lipat")
TABLE = dmn(NEEDED, decision(RULES, identity="siapa", name="Siapa yang memutuskan", requires=("ganda",)))


@pytest.fixture
def designer(core: Core, browser_of: Callable[[str], Browser]) -> Browser:
    browser = browser_of("eko")
    with core.work() as work:
        account = work.session.query(Account).filter_by(username="eko").one()
        work.session.add(AccountRole(account_id=account.id, role=Role.DESIGNER))
    return browser


def upload(browser: Browser, **files: bytes) -> TestResponse:
    browser.get("/prosedur/unggah")
    sent = [(BytesIO(content), name.replace("_", ".")) for name, content in files.items()]
    return browser.post("/prosedur/unggah", {"files": sent}, follow_redirects=True)


def test_a_table_is_shown_as_a_table(designer: Browser):
    page = text_of(upload(designer, cuti_bpmn=ASKING, siapa_dmn=TABLE))
    for said in (
        "Siapa yang memutuskan",
        "The first rule that matches, from above, counts.",
        "It needs: Dua kali lipat.",
        '<td data-label="jenis">tahunan, sakit</td>',
        '<td data-label="hari"><code>&lt; 5</code></td>',
        '<td data-label="hari">anything</td>',
        '<td data-label="pejabat">kasubbag</td>',
        "<code>hari * 2</code>",
    ):
        assert said in page
    assert "<b>kepala</b>" not in page


def test_the_page_of_a_procedure_shows_its_tables(core: Core, browser_of: Callable[[str], Browser]):
    examination = examine(Upload(filename="cuti.bpmn", source=ASKING_FIRST, decisions={"siapa.dmn": TABLE}))
    with core.work() as work:
        publish(work, deploy(work, examination).version_id)
    assert "Siapa yang memutuskan" in text_of(browser_of("ani").get("/prosedur/proses"))


def test_a_missing_decision_is_asked_for(designer: Browser):
    page = text_of(upload(designer, cuti_bpmn=ASKING))
    assert "asks the decision “siapa”. Upload the DMN file with it together with the diagram." in page


def test_a_faulty_table_is_told_with_its_file_and_line(designer: Browser):
    answer = upload(designer, cuti_bpmn=ASKING, siapa_dmn=TABLE.replace(b"&lt; 5", b"&lt;"))
    assert answer.status_code == 422
    assert "siapa.dmn: Rule 1, column “hari” of “Siapa yang memutuskan”" in text_of(answer)


def test_a_case_shows_which_rule_decided(core: Core, browser_of: Callable[[str], Browser]):
    examination = examine(Upload(filename="cuti.bpmn", source=ASKING_FIRST, decisions={"siapa.dmn": TABLE}))
    with core.work() as work:
        publish(work, deploy(work, examination).version_id)
    with core.work(person(core, "ani")) as work:
        case = start_case(work, "proses", "Cuti", {"hari": 9, "jenis": "besar"})
    page = text_of(browser_of("ani").get(f"/berkas/{case.number}"))
    assert "“Siapa yang memutuskan” was decided by these rules of its table: 2" in page
