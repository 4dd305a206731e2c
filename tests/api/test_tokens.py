"""Who may speak with the API, and in whose name."""

from datetime import timedelta

import pytest

from tests.api.conftest import PASSWORD, Program

ASKED = {"username": "ani", "password": PASSWORD, "label": "Ekspor", "days": 7}


def test_a_password_gives_a_token_that_acts_for_its_account(client):
    answer = client.post("/api/v1/tokens", json=ASKED)
    assert answer.status_code == 201
    assert Program(client, answer.json["token"]).get("/me").json["username"] == "ani"


def test_a_token_lives_as_long_as_was_asked_for(client, clock):
    answer = client.post("/api/v1/tokens", json=ASKED)
    assert answer.json["expires_at"] == "2026-11-30T01:00:00.000Z"
    clock.advance(timedelta(days=7))
    assert Program(client, answer.json["token"]).get("/me").status_code == 401


@pytest.mark.parametrize("wrong", [{"password": "salah-salah-salah"}, {"username": "nobody"}, {"username": "a\ud800i"}])
def test_a_wrong_password_gives_none(client, wrong):
    answer = client.post("/api/v1/tokens", json={**ASKED, **wrong})
    assert answer.status_code == 401 or answer.json["fields"]
    assert "token" not in answer.json


def test_one_name_is_not_tried_for_long(client):
    answers = [client.post("/api/v1/tokens", json={**ASKED, "password": "salah"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert answers[-1].json["code"] == "http.429"
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer tk_forged"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic YW5pOng="},
        {"Authorization": "tk_forged"},
    ],
)
def test_without_a_true_token_nothing_is_told(client, headers):
    answer = client.get("/api/v1/me", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="TataKerja"')
    assert answer.content_type == "application/problem+json"
    assert set(answer.json) == {"code", "message", "fields"}


def test_the_cookie_of_the_pages_counts_for_nothing(core, client):
    page = client.get("/masuk").text
    csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/masuk", data={"username": "ani", "password": PASSWORD, "csrf_token": csrf})
    assert client.get("/tugas").status_code == 200
    assert client.get("/api/v1/me").status_code == 401


def test_a_program_needs_no_proof_of_a_form(program):
    assert program("ani").post("/messages", {"name": "x"}).json["code"] == "access.administrators_only"


def test_my_tokens_are_listed_without_their_secrets(program):
    ani = program("ani")
    answer = ani.get("/tokens")
    assert [(line["label"], line["is_expired"]) for line in answer.json["items"]] == [("test", False)]
    assert ani.token not in answer.text


def test_a_token_that_is_ended_is_nobody(program):
    ani = program("ani")
    (line,) = ani.get("/tokens").json["items"]
    assert ani.delete(f"/tokens/{line['id']}").status_code == 204
    assert ani.get("/me").status_code == 401


def test_a_token_of_another_is_not_known(program):
    (line,) = program("ani").get("/tokens").json["items"]
    assert program("budi").delete(f"/tokens/{line['id']}").status_code == 404


def test_a_person_has_roles_and_positions(program):
    me = program("citra").get("/me").json
    assert me["roles"] == ["manager", "staff"]
    assert me["positions"] == [{"position": "Kasubbag TU", "unit": "Subbagian Tata Usaha", "kind": "definitive"}]


@pytest.mark.parametrize(
    ("headers", "message"),
    [({}, "There is no such case."), ({"Accept-Language": "id-ID,id;q=0.9"}, "Tidak ada berkas seperti itu.")],
)
def test_errors_speak_the_language_of_the_caller(program, headers, message):
    assert program("ani").get("/cases/tidak-ada", headers=headers).json["message"] == message
