"""The page to read the API."""

import re

from apiflask import APIFlask

from webui.api.documentation import subjects_of


def test_the_page_tells_of_every_operation(app: APIFlask, client):
    page = client.get("/api/docs").text
    names = {operation["operationId"] for methods in app.spec["paths"].values() for operation in methods.values()}
    assert set(re.findall(r'<article class="card api-operation" id="(\w+)">', page)) == names


def test_the_page_needs_nothing_from_elsewhere(client):
    answer = client.get("/api/docs")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert re.findall(r'(?:href|src)="https?:', answer.text) == []


def test_each_operation_has_a_command_to_copy(app: APIFlask):
    operations = [operation for subject in subjects_of(app) for operation in subject.operations]
    assert all(operation.curl.startswith(f"curl -X {operation.method} ") for operation in operations)
    assert not any("{" in operation.curl.split('"')[1] for operation in operations)


def test_what_is_said_of_a_field_is_said_on_the_page(client):
    page = client.get("/api/docs").text
    assert "integer, 1 to 100, else 50" in page
    assert "mine | pool | behalf | late | today | unit | done, else &#34;mine&#34;" in page
