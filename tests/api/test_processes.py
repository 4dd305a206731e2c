"""Diagrams come in, are listed, and are put in force."""

import json

import pytest

from tests.api.conftest import POOL_AND_FORM, REPORT, Programs, put_in_force
from tests.support.diagrams import (
    a_sound_diagram,
    call,
    chain,
    definitions,
    diagram,
    end,
    person_task,
    process,
    start,
    timer,
    user_task,
)

SIMPLE = diagram(*chain(start(), person_task("tulis", "writer"), end()))
NOBODY = diagram(*chain(start(), user_task("tulis"), user_task("baca"), end()))
FORM = json.dumps(REPORT).encode()


def test_files_become_the_first_version(program):
    answer = program("eko").upload(
        "/processes",
        diagram=("surat.bpmn", POOL_AND_FORM),
        forms=[("laporan.json", FORM)],
        identity=("sop.yaml", b"judul: Surat masuk"),
        publish="true",
    )
    assert answer.status_code == 201
    assert (answer.json["process_key"], answer.json["number"], answer.json["state"]) == ("proses", 1, "published")
    version = program("eko").get(f"/versions/{answer.json['version_id']}").json
    assert (version["filename"], version["identity"]) == ("surat.bpmn", {"judul": "Surat masuk"})
    assert answer.headers["Location"] == f"/api/v1/versions/{answer.json['version_id']}"


def test_texts_do_the_same(program):
    body = {"diagram": POOL_AND_FORM.decode(), "forms": {"laporan": FORM.decode()}, "identity": {"judul": "Surat"}}
    answer = program("eko").post("/processes", body)
    assert (answer.status_code, answer.json["state"]) == (201, "ready")
    assert program("eko").get(f"/versions/{answer.json['version_id']}").json["identity"] == {"judul": "Surat"}


def test_the_same_content_gives_no_new_version(program):
    body = {"diagram": SIMPLE.decode()}
    first, again = program("eko").post("/processes", body), program("eko").post("/processes", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json["version_id"], again.json["is_new"]) == (first.json["version_id"], False)


def test_what_is_missing_keeps_it_a_draft_and_is_told(program):
    answer = program("eko").upload("/processes", diagram=("surat.bpmn", POOL_AND_FORM), publish="true")
    assert (answer.status_code, answer.json["state"]) == (201, "draft")
    missing = next(problem for problem in answer.json["problems"] if problem["code"] == "form.missing")
    assert (missing["element"], missing["severity"]) == ("catat", "warning")
    assert missing["line"] > 0


def test_only_designers_deploy(program):
    answer = program("ani").upload("/processes", diagram=("surat.bpmn", SIMPLE))
    assert (answer.status_code, answer.json["code"]) == (403, "access.designers_only")


def test_all_problems_come_at_once_in_the_callers_language(program):
    twice = SIMPLE.replace(b'targetRef="selesai"', b'targetRef="hilang"').replace(
        b'sourceRef="mulai"', b'sourceRef="x"'
    )
    indonesian = program("eko").post("/processes", {"diagram": twice.decode()}, headers={"Accept-Language": "id"})
    english = program("eko").post("/processes", {"diagram": twice.decode()})
    assert english.status_code == 422
    assert len(english.json["problems"]) > 1
    assert all(set(each) == {"code", "severity", "element", "line", "message"} for each in english.json["problems"])
    assert [each["message"] for each in indonesian.json["problems"]] != [
        each["message"] for each in english.json["problems"]
    ]


def test_nothing_of_a_refused_upload_is_kept(program):
    program("eko").post("/processes", {"diagram": "<definitions/>"})
    assert program("eko").get("/processes").json["items"] == []


def test_a_form_that_is_no_form_is_named(program):
    answer = program("eko").upload(
        "/processes", diagram=("surat.bpmn", POOL_AND_FORM), forms=[("laporan.json", b"{nope")]
    )
    assert answer.status_code == 422
    (error,) = [problem for problem in answer.json["problems"] if problem["severity"] == "error"]
    assert "laporan" in error["message"]


def test_the_register_tells_what_is_in_force(core, program):
    version_id = put_in_force(core, a_sound_diagram())
    (line,) = program("ani").get("/processes").json["items"]
    assert (line["key"], line["version_id"], line["version_number"]) == ("proses", version_id, 1)
    assert program("ani").get("/processes/proses").json == line


def test_versions_are_listed_newest_first(core, program):
    first, second = put_in_force(core, SIMPLE), put_in_force(core, a_sound_diagram())
    lines = program("ani").get("/processes/proses/versions").json["items"]
    assert [(line["version_id"], line["state"]) for line in lines] == [(second, "published"), (first, "retired")]


def test_a_diagram_comes_back_byte_for_byte(core, program):
    answer = program("ani").get(f"/versions/{put_in_force(core, SIMPLE)}/diagram")
    assert answer.data == SIMPLE
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_ready_version_is_put_in_force_once(program):
    version_id = program("eko").post("/processes", {"diagram": SIMPLE.decode()}).json["version_id"]
    answer = program("eko").post(f"/versions/{version_id}/publish")
    assert (answer.status_code, answer.json["state"]) == (200, "published")
    assert program("eko").post(f"/versions/{version_id}/publish").json["code"] == "definition.already_published"


def test_a_draft_cannot_be_put_in_force(program: Programs):
    version_id = program("eko").post("/processes", {"diagram": NOBODY.decode()}).json["version_id"]
    answer = program("eko").post(f"/versions/{version_id}/publish")
    assert (answer.status_code, answer.json["code"]) == (409, "definition.not_ready")


@pytest.mark.parametrize(
    "address", ["/processes/x", "/processes/x/versions", "/versions/7", "/versions/7/diagram", "/versions/99999999999"]
)
def test_what_does_not_exist_is_not_found(program, address):
    assert program("ani").get(address).status_code == 404


def test_what_starts_cases_by_itself_is_told(core, program):
    source = diagram(*chain(start("pagi", timer("30 7 * * MON-FRI", "timeCycle")), person_task("t", "kasubbag"), end()))
    put_in_force(core, source)
    [told] = program("eko").get("/processes/proses/starts").json["items"]
    assert (told["kind"], told["element"], told["next_at"]) == ("timer", "pagi", "2026-11-24T00:30:00.000Z")
    assert program("eko").post("/processes/proses/cases", {"title": "x"}).json["code"] == "case.begins_by_itself"


CALLER = diagram(*chain(start(), call("panggil", "anak"), end()))
CALLED = definitions(process(*chain(start(), person_task("tulis", "writer"), end()), identity="anak"))


def test_diagrams_that_call_each_other_are_deployed_together(program):
    body = {"diagrams": {"induk.bpmn": CALLER.decode(), "anak.bpmn": CALLED.decode()}, "publish": True}
    answer = program("eko").post("/bundles", body)
    assert answer.status_code == 201
    assert [(each["process_key"], each["state"]) for each in answer.json["deployments"]] == [
        ("anak", "published"),
        ("proses", "published"),
    ]


def test_of_a_bundle_all_or_nothing_is_kept(program):
    body = {"diagrams": {"anak.bpmn": CALLED.decode(), "lain.bpmn": "<nothing/>"}}
    answer = program("eko").post("/bundles", body)
    assert (answer.status_code, answer.json["code"]) == (422, "bundle.rejected")
    assert "lain.bpmn" in answer.json["message"]
    assert program("eko").get("/processes/anak").status_code == 404


def test_a_bundle_of_nothing_is_refused(program):
    answer = program("eko").post("/bundles", {"diagrams": {}})
    assert answer.status_code == 422
    assert "at least 1" in answer.get_data(as_text=True)


def test_diagrams_that_call_each_other_in_a_circle_are_refused(program):
    circle = definitions(process(*chain(start(), call("p", "proses"), end()), identity="anak"))
    answer = program("eko").post("/bundles", {"diagrams": {"a.bpmn": CALLER.decode(), "b.bpmn": circle.decode()}})
    assert (answer.status_code, answer.json["code"]) == (422, "bundle.circle")


def test_a_draft_is_looked_at_again_when_what_it_calls_has_come(program):
    draft = program("eko").post("/processes", {"diagram": CALLER.decode()}).json
    program("eko").post("/processes", {"diagram": CALLED.decode()})
    checked = program("eko").post(f"/versions/{draft['version_id']}/check")
    assert (draft["state"], checked.json["state"]) == ("draft", "ready")


def test_only_designers_deploy_bundles_and_check(program):
    body = {"diagrams": {"anak.bpmn": CALLED.decode()}}
    version = program("eko").post("/bundles", body).json["deployments"][0]["version_id"]
    assert program("ani").post("/bundles", body).status_code == 403
    assert program("ani").post(f"/versions/{version}/check").status_code == 403


def test_what_the_office_cannot_do_is_in_the_answer_of_what_is_put_in_force(program):
    vacant = diagram(*chain(start(), person_task("simpan", "vacant"), end()))
    kept = program("eko").post("/processes", {"diagram": vacant.decode()}).json
    published = program("eko").post(f"/versions/{kept['version_id']}/publish").json
    for answer in (kept, published):
        assert [(each["code"], each["element"]) for each in answer["staffing"]] == [("staffing.vacant", "simpan")]
