"""Files that nobody should be able to hurt with, sent through the page: a plain sentence with a place, nothing kept."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.sop import FILES
from tests.e2e.steps import upload

PROCESS = """<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <bpmn:process id="Process_Jahat" name="Jahat" isExecutable="true">
    <bpmn:startEvent id="Start"/>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="Task_Skrip"/>
    <bpmn:scriptTask id="Task_Skrip" name="Menghitung" scriptFormat="python">
      <bpmn:script>import os
os.system("id")</bpmn:script>
    </bpmn:scriptTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Task_Skrip" targetRef="End"/>
    <bpmn:endEvent id="End"/>
  </bpmn:process>
</bpmn:definitions>
"""
ENTITIES = PROCESS.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n', 1)


@dataclass(frozen=True, kw_only=True)
class Hostile:
    name: str
    content: bytes
    place: str  # what the page must name: a line, an element, or nothing where the whole file is wrong


PICTURE = Hostile(name="foto.bpmn", content=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, place="")
EMPTY = Hostile(name="kosong.bpmn", content=b"", place="")
WITH_DOCTYPE = Hostile(name="doctype.bpmn", content=ENTITIES.encode(), place="")
IMPORTS_OS = Hostile(name="skrip.bpmn", content=PROCESS.encode(), place="Task_Skrip")


@pytest.mark.parametrize("hostile", [PICTURE, EMPTY, WITH_DOCTYPE, IMPORTS_OS], ids=lambda hostile: hostile.name)
def test_a_hostile_file_gets_a_plain_sentence_and_nothing_is_kept(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None], hostile: Hostile
) -> None:
    page = desk_of("galih")
    before = procedures(page)

    choose_and_send(page, hostile)

    expect(page.locator(".problem-list li")).not_to_have_count(0)
    expect(page.locator(".problem-list")).to_contain_text(hostile.place)
    expect(page.locator("main")).not_to_contain_text("root:")
    expect(page.locator("main")).not_to_contain_text("Traceback")
    photograph(page)
    assert procedures(page) == before


def test_a_file_of_50_megabytes_is_refused_by_its_size(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None], tmp_path: Path
) -> None:
    page = desk_of("galih")
    large = tmp_path / "besar.bpmn"
    large.write_bytes(b" " * (50 << 20))

    upload(page, large)

    expect(page.locator(".calm h1")).to_be_visible()
    photograph(page)


def test_a_form_alone_is_asked_for_its_diagram(
    desk_of: Callable[..., Page], photograph: Callable[[Page], None]
) -> None:
    page = desk_of("galih")
    form = FILES / "peminjaman_ruang" / "forms" / "periksa-jadwal.json"

    choose_and_send(page, Hostile(name=form.name, content=form.read_bytes(), place=""))

    expect(page.locator(".error-summary a[href='#files']")).to_contain_text(".bpmn")
    photograph(page)


def test_whoever_is_no_designer_cannot_upload(desk_of: Callable[..., Page]) -> None:
    page = desk_of("asih")

    answer = page.goto("/prosedur/unggah")

    assert answer is not None
    assert answer.status == 403
    expect(page.locator(".calm")).to_be_visible()


def choose_and_send(page: Page, hostile: Hostile) -> None:
    page.goto("/prosedur/unggah")
    file = FilePayload(name=hostile.name, mimeType="application/octet-stream", buffer=hostile.content)
    page.set_input_files("#files", file)
    page.locator("form[action$='/unggah'] .btn-primary").click()
    page.wait_for_load_state()


def procedures(page: Page) -> list[str]:
    page.goto("/prosedur")
    return page.locator(".data-table tbody .is-lead").all_inner_texts()
