"""While the server draws the questions anew, she goes on typing: nothing of it may be lost."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.e2e.steps import FORM, publish_version, start_case, upload
from tests.support.diagrams import chain, definitions, end, extensions, process, start, user_task

KEY = "Process_Bercabang"
DIAGRAM = definitions(
    process(
        *chain(
            start(),
            user_task("isi", extensions('<tk:pelaksana peran="pemulai"/>', '<tk:formulir kunci="bercabang"/>')),
            end(),
        ),
        identity=KEY,
        name="Formulir bercabang",
    )
)
QUESTIONS = {
    "type": "default",
    "components": [
        {"type": "radio", "key": "cara", "label": "Cara", "values": [{"value": v, "label": v} for v in ("a", "b")]},
        {"type": "textfield", "key": "uraian", "label": "Uraian"},
        {"type": "checkbox", "key": "segera", "label": "Segera"},
        {"type": "textfield", "key": "khusus", "label": "Khusus", "conditional": {"hide": '=cara != "b"'}},
    ],
}


def answer_slowly(route: Route) -> None:
    time.sleep(1.5)
    route.continue_()


def test_what_is_typed_while_the_questions_are_drawn_anew_stays(desk_of: Callable[..., Page], tmp_path: Path) -> None:
    diagram, form = tmp_path / "bercabang.bpmn", tmp_path / "bercabang.json"
    diagram.write_bytes(DIAGRAM)
    form.write_text(json.dumps(QUESTIONS))
    page = desk_of("galih")
    upload(page, diagram, form)
    publish_version(page)
    start_case(page, KEY, "Ketik terus")
    page.route("**/isian", answer_slowly)

    page.check(f"{FORM} [name=cara][value=b]")
    page.fill(f"{FORM} [name=uraian]", "ditulis sambil menunggu")
    page.check(f"{FORM} [name=segera]")

    expect(page.locator(f"{FORM} [name=khusus]")).to_be_visible()
    expect(page.locator(f"{FORM} [name=uraian]")).to_have_value("ditulis sambil menunggu")
    expect(page.locator(f"{FORM} [name=segera]")).to_be_checked()
