"""What nobody in good faith sends: each gets a plain sentence, and nothing is half done. On both databases."""

import base64
import json
from typing import Any

import pytest

from engine.base.paging import to_cursor
from tests.api.conftest import POOL_AND_FORM, Program
from tests.support.diagrams import chain, diagram, end, script_task, start

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">]>' + POOL_AND_FORM.split(b"?>", 1)[1]
IMPORTS_OS = diagram(*chain(start(), script_task("hitung", "import os\nos.remove('x')"), end()))
BILLION_LAUGHS = b'<!DOCTYPE z [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def ani(program) -> Program:
    return program("ani")


@pytest.fixture
def eko(program) -> Program:
    return program("eko")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PNG, "file.not_xml"),
        (b"", "file.empty"),
        (b"   \n", "file.empty"),
        (DOCTYPE, "file.doctype"),
        (BILLION_LAUGHS, "file.doctype"),
        (b"<html/>", "file.not_bpmn"),
        (b"<!-- " + b"x" * (6 << 20) + b" -->", "file.too_large"),
    ],
    ids=["png", "empty", "blank", "doctype", "laughs", "html", "6 MB"],
)
def test_a_file_that_is_no_diagram_is_refused_with_its_reason(eko, content, code):
    answer = eko.upload("/processes", diagram=("gambar.bpmn", content))
    assert (answer.status_code, answer.json["problems"][0]["code"]) == (422, code)
    assert eko.get("/processes").json["items"] == []


def test_a_script_that_imports_os_is_refused_with_its_place(eko):
    answer = eko.upload("/processes", diagram=("skrip.bpmn", IMPORTS_OS))
    (error,) = [problem for problem in answer.json["problems"] if problem["severity"] == "error"]
    assert (answer.status_code, error["element"]) == (422, "hitung")
    assert error["line"] > 1
    assert eko.get("/processes").json["items"] == []


def test_fifty_megabytes_are_not_even_read(eko):
    answer = eko.upload("/processes", diagram=("besar.bpmn", b"x" * (50 << 20)))
    assert (answer.status_code, answer.json["code"]) == (413, "http.413")
    assert eko.get("/processes").json["items"] == []


def test_ids_that_no_column_holds_are_refused(eko):
    long = POOL_AND_FORM.replace(b'id="proses"', b'id="' + b"p" * 300 + b'"')
    answer = eko.upload("/processes", diagram=("x" * 500 + ".bpmn", long))
    assert "element.long_id" in [problem["code"] for problem in answer.json["problems"]]


@pytest.mark.parametrize("name", ["x" * 130 + ".json", "\u202e.json", ".json"])
def test_forms_with_names_that_no_form_has_are_refused(eko, name):
    assert eko.upload("/processes", diagram=("a.bpmn", POOL_AND_FORM), forms=[(name, b"{}")]).status_code == 422


def test_the_same_form_twice_is_refused(eko):
    answer = eko.upload("/processes", diagram=("a.bpmn", POOL_AND_FORM), forms=[("a.json", b"{}"), ("a.json", b"{}")])
    assert answer.json["fields"][0]["code"] == "twice"


@pytest.mark.parametrize("identity", [b"{", b"[]", b"\xff", b"a: &a [x]\nb: [*a, *a]", b"x" * (1 << 20)])
def test_an_identity_that_is_none_is_refused(eko, identity):
    answer = eko.upload("/processes", diagram=("a.bpmn", POOL_AND_FORM), identity=("sop.yaml", identity))
    assert answer.status_code == 422


def test_an_identity_loses_what_no_database_keeps(eko):
    text = b'judul: "Su\\0rat \\ud800masuk"'
    answer = eko.upload("/processes", diagram=("a.bpmn", POOL_AND_FORM), identity=("sop.yaml", text))
    assert eko.get(f"/versions/{answer.json['version_id']}").json["identity"] == {"judul": "Surat masuk"}


@pytest.mark.parametrize("text", ["\ud800", "\x00", "x" * 300_000])
@pytest.mark.parametrize("place", ["label", "key", "description"])
def test_a_form_with_texts_that_no_database_keeps_breaks_nothing(eko, place, text):
    field = {"type": "textfield", "key": "perihal", "label": "Perihal", place: text}
    form = json.dumps({"type": "default", "components": [field]}).encode()
    answer = eko.upload("/processes", diagram=("a.bpmn", POOL_AND_FORM), forms=[("laporan.json", form)])
    assert answer.status_code in (201, 422)


def test_an_identity_of_odd_values_breaks_nothing(eko):
    identity = {"judul": ["x"], "awalan": {"a": 1}, "unit": [1, 2], "lain": "y" * 5000}
    answer = eko.post("/processes", {"diagram": POOL_AND_FORM.decode(), "identity": identity})
    assert answer.status_code in (201, 422)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "request.bad_json"),
        (b"", 400, "request.bad_json"),
        (b'{"answers": NaN}', 400, "request.bad_json"),
        (b"\xff\xfe", 400, "request.bad_json"),
        (b"[" * 100_000, 400, "request.too_deep"),
        (b'{"answers": {"a": ' + b"9" * 5000 + b"}}", 400, "request.too_deep"),
        (b'{"answers": ' + b'{"a":' * 40 + b"1" + b"}" * 41, 422, "request.invalid"),
        (b'{"answers": {"a": 1e999}}', 422, "request.invalid"),
        (b"null", 422, "request.invalid"),
        (b'{"answers": {"perihal": "\\ud800"}}', 422, "request.invalid"),
        (b'{"answers": {"\\ud800": 1}}', 422, "request.invalid"),
        (b'{"\\ud800": 1}', 422, "request.invalid"),
        (b'{"answers": "' + b"x" * (2 << 20) + b'"}', 413, "http.413"),
    ],
    ids=[
        *("cut", "empty", "nan", "not utf-8", "deep", "long number", "deep object", "infinite"),
        *("null", "surrogate", "surrogate key", "surrogate field", "2 MB"),
    ],
)
def test_json_that_is_none_or_too_much_is_refused(item, ani, body, status, code):
    answer = ani.send("POST", f"/work-items/{item}/complete", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert ani.get(f"/work-items/{item}").json["state"] == "open"


def test_the_limit_that_was_hit_is_named(item, ani):
    answer = ani.send("POST", f"/work-items/{item}/complete", data=b"x" * (2 << 20), content_type="application/json")
    assert "1 MB" in answer.json["message"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_another_type_is_refused(item, ani, kind):
    answer = ani.send("POST", f"/work-items/{item}/complete", data=b"x=1", content_type=kind)
    assert (answer.status_code, answer.json["code"]) == (415, "request.not_json")


@pytest.mark.parametrize("address", ["/processes", "/work-items/1/attachments"])
def test_a_file_that_comes_alone_is_refused(eko, address):
    assert eko.send("POST", address, data=PNG, content_type="image/png").status_code == 415


CURSORS: list[list[Any]] = [
    *([2**31], [2**63], [-1], ["x"], [None], [1.5], [True], [[1]], {}, [1, 2, 3]),
    *(["9999-01-01T00:00:00+00:00", 2**40], ["0001-01-01T00:00:00+14:00", 1], ["2026-01-01", 1], [1, 1]),
]


@pytest.mark.parametrize("address", ["/cases", "/work-items", "/work-items?view=done", "/incidents"])
def test_a_place_in_a_list_that_nobody_gave_is_refused(program, address):
    mark = "&" if "?" in address else "?"
    for cursor in [*map(to_cursor, CURSORS), "%00", "x" * 600, "é", "W10", base64.b64encode(b"[" * 400).decode()]:
        answer = program("fani").get(f"{address}{mark}cursor={cursor}")
        assert answer.status_code == 422, cursor


@pytest.mark.parametrize("text", ["%00", "%ff", "%ed%a0%80", "a%0ab", "%e2%80%ae", "'", "%25%27--"])
def test_texts_that_no_database_likes_are_not_found(ani, text):
    for address in (f"/cases/{text}", f"/cases/{text}/history", f"/processes/{text}", f"/processes/{text}/versions"):
        assert ani.get(address).status_code == 404


@pytest.mark.parametrize("text", ["%00", "%ff", "'", "%25%27--", "x" * 101])
def test_odd_searches_find_nothing(ani, text):
    assert ani.get(f"/cases?search={text}").status_code in (200, 422)


def test_a_refusal_of_long_names_stays_short(ani):
    answer = ani.get("/cases?" + "&".join(f"{'x' * 300}{n}=1" for n in range(500)))
    assert answer.status_code == 422
    assert len(answer.json["fields"]) == 100
    assert len(answer.data) < 100_000


def test_a_method_that_is_not_offered_names_those_that_are(item, ani):
    answer = ani.send("PATCH", f"/work-items/{item}")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


def test_variables_too_large_for_a_process_start_none(eko):
    eko.post("/processes", {"diagram": diagram(*chain(start(), end())).decode(), "publish": True})
    answer = eko.post("/processes/proses/cases", {"title": "x", "variables": {"a": "x" * 900_000}})
    assert answer.status_code in (201, 422)
    assert json.loads(answer.data)
