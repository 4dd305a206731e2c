"""The OpenAPI document says what the application answers to: all of it, and nothing else."""

import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from webui.application import create_app

Node = dict[str, Any]
PLACE = re.compile(r"<(?:[^<:]+:)?([^>]+)>")


@pytest.fixture
def app(settings: Settings, clock: FrozenClock) -> APIFlask:
    settings.data_folder.mkdir(parents=True)
    return create_app(Core(settings, clock))


@pytest.fixture
def document(app: APIFlask) -> Node:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a schema that is in the document twice
        answer: Node = app.test_client().get("/api/openapi.json").json
        return answer


def operations(document: Node) -> Iterator[tuple[str, Node]]:
    """Each operation with its name, such as `POST /api/v1/tokens`."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def as_place(found: re.Match[str]) -> str:
    return f"{{{found[1]}}}"


def addresses(app: APIFlask) -> set[str]:
    return {
        f"{method} {PLACE.sub(as_place, rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1")
    }


def fields_in_addresses(app: APIFlask) -> dict[str, set[str]]:
    """What each operation takes in its query, by its name."""
    return {
        rule.endpoint.rpartition(".")[2]: {field.data_key or name for name, field in schema.fields.items()}
        for rule in app.url_map.iter_rules()
        for schema, location in getattr(app.view_functions[rule.endpoint], "_spec", {}).get("args") or ()
        if location == "query"
    }


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_it_names_every_route_of_the_api_and_no_other(app, document):
    assert {name for name, _operation in operations(document)} == addresses(app)


def test_every_operation_has_a_name_a_subject_and_a_sentence(document):
    told = [(each["operationId"], each["tags"], each["summary"]) for _name, each in operations(document)]
    assert len({name for name, _tags, _summary in told}) == len(told)
    assert all(len(tags) == 1 and summary.endswith(".") for _name, tags, summary in told)


def test_every_operation_but_one_needs_a_token(document):
    assert [name for name, operation in operations(document) if "security" not in operation] == ["POST /api/v1/tokens"]


def test_every_operation_tells_its_errors(document):
    for name, operation in operations(document):
        told = set(operation["responses"])
        assert {"401", "503"} <= told, name
        assert "{" not in name or "404" in told, name
        assert "requestBody" not in operation or {"400", "413", "415", "422"} <= told, name
        assert any(status < "300" for status in told), name


def test_every_field_of_a_query_is_told(app, document):
    # The framework leaves out, without a word, a schema of which one default cannot be written.
    told = {
        operation["operationId"]: {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        for _name, operation in operations(document)
    }
    taken = fields_in_addresses(app)
    assert "priority" in taken["list_work_items"]
    assert {name: told[name] for name in taken} == taken


def test_every_error_is_a_problem_document(document):
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_example_keeps_to_its_schema(document):
    for name, operation in operations(document):
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for media in body.get("content", {}).values():
                if "example" in media:
                    schema = {"components": document["components"], **media["schema"]}
                    found = Draft202012Validator(schema).iter_errors(media["example"])
                    assert [error.message for error in found] == [], name
