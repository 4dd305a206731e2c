"""The OpenAPI document: what APIFlask reads off the operations, and what holds for all of them."""

import copy
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from apiflask import APIFlask
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema
from werkzeug.routing import Map

from webui.addresses import LARGEST_ID, LONGEST_NAME
from webui.api.bearer import PREFIX
from webui.api.examples import example_of
from webui.api.schemas.problems import DiagramRefused, Problem
from webui.api.schemas.processes import DeployFiles, DeployTexts

Node = dict[str, Any]

ABOUT = """\
Everything that staff, designers and administrators do with cases, for programs.

* Ask for a token at `POST /api/v1/tokens` and send it as `Authorization: Bearer tk_…`. It may do what its account may.
* Requests and answers are JSON in snake_case; instants are ISO 8601 in UTC. Fields that are not asked for are refused.
* Lists come in pages: send `next_cursor` back as `?cursor=` until it is null.
* An error is `application/problem+json`: a `code` for programs, a `message` in the caller's language
  (`Accept-Language: id` or `en`, else that of the account), and the `fields` that it is about.
"""
MEANINGS = {
    "400": "The body is not valid JSON, or not a valid form with files",
    "401": "No token, or one that is forged or expired; for a new token: username or password are not right",
    "403": "The account may not do this",
    "404": "There is no such thing",
    "409": "Something else happened in the meantime, or the state does not allow it",
    "413": "The request is too large",
    "415": "The body is of a type that is not taken here",
    "422": "Fields cannot be accepted; all of them are listed",
    "429": "Too many attempts; wait as long as Retry-After says",
    "503": "Not available at the moment; try again in a little while",
}
UNUSED = ("HTTPError", "ValidationError")  # APIFlask's own shapes of errors
OF_BODIES = ("400", "413", "415", "422")
PROBLEM = "application/problem+json"
DEPLOY, BUNDLES = f"{PREFIX}/processes", f"{PREFIX}/bundles"


def describe_api(app: APIFlask) -> None:
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=ABOUT,
        SERVERS=[{"url": "/"}],
        AUTO_SERVERS=False,
        LICENSE={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.spec_processor(partial(_completed, app.url_map))


def operations(spec: Node) -> Iterator[tuple[str, str, Node]]:
    """Each operation with its path and method."""
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _completed(addresses: Map, document: Node | str) -> Node:
    spec = cast(Node, document)  # a text is for those who write YAML
    schemas = spec["components"]["schemas"]
    for name in UNUSED:
        schemas.pop(name, None)
    schemas.update(_schemas_of(Problem, DiagramRefused, DeployFiles, DeployTexts))
    _describe_deployment(spec["paths"][DEPLOY]["post"])
    _describe_refused_diagrams(spec["paths"][BUNDLES]["post"])
    names = _operation_names(addresses)
    for path, method, operation in operations(spec):
        operation["operationId"] = names[method, path]
        _bound_parameters(operation)
        _describe_errors(operation)
        _give_examples(operation, schemas)
    return spec


def _schemas_of(*classes: type[Schema]) -> Node:
    """Those that no operation names to APIFlask."""
    more = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_name_of)])
    for each in classes:
        if each.__name__ not in more.components.schemas:
            more.components.schema(each.__name__, schema=each)
    found: Node = more.to_dict()["components"]["schemas"]
    return found


def _name_of(schema: Schema | type[Schema]) -> str:
    return schema.__name__ if isinstance(schema, type) else type(schema).__name__


def _describe_deployment(operation: Node) -> None:
    """Files or texts, new or known, all problems at once: APIFlask knows one of each only."""
    operation["requestBody"] = {
        "content": {
            "multipart/form-data": {"schema": _reference("DeployFiles")},
            "application/json": {"schema": _reference("DeployTexts")},
        },
    }
    answers = operation["responses"]
    answers["200"]["content"] = copy.deepcopy(answers["201"]["content"])
    _describe_refused_diagrams(operation)


def _describe_refused_diagrams(operation: Node) -> None:
    either = {"anyOf": [_reference("DiagramRefused"), _reference("Problem")]}
    operation["responses"]["422"] = {"content": {PROBLEM: {"schema": either}}}


def _reference(name: str) -> Node:
    return {"$ref": f"#/components/schemas/{name}"}


def _operation_names(addresses: Map) -> dict[tuple[str, str], str]:
    """The names of the view functions, by method and path."""
    return {
        (method.lower(), re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)): rule.endpoint.rpartition(".")[2]
        for rule in addresses.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith(PREFIX)
    }


def _bound_parameters(operation: Node) -> None:
    for parameter in operation["parameters"]:
        schema = parameter["schema"]
        if parameter["in"] == "path":
            is_id = schema["type"] == "integer"
            schema |= {"minimum": 1, "maximum": LARGEST_ID} if is_id else {"minLength": 1, "maxLength": LONGEST_NAME}
            parameter["required"] = True
        elif schema.get("default") in (None, ""):
            # Left out means none; there is no way to write null in an address.
            schema.pop("default", None)
            schema.pop("nullable", None)


def _describe_errors(operation: Node) -> None:
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    found = set(operation["responses"]) | {"503"} | (set(OF_BODIES) if "requestBody" in operation else set())
    for status in sorted(status for status in found if status >= "400"):
        known = operation["responses"].get(status, {}).get("content", {}).get(PROBLEM)
        content = {PROBLEM: known or {"schema": _reference("Problem")}}
        operation["responses"][status] = {"description": MEANINGS[status], "content": content}


def _give_examples(operation: Node, schemas: Node) -> None:
    bodies = [operation.get("requestBody", {}), *(operation["responses"][status] for status in operation["responses"])]
    for body in bodies:
        for kind, media in body.get("content", {}).items():
            if kind == "application/json":
                media["example"] = example_of(media["schema"], schemas)
