"""The page to read the API: made on the server from the OpenAPI document, so that it is never behind it."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, current_app, render_template

from webui.api.bearer import PREFIX
from webui.api.examples import example_of
from webui.api.specification import operations
from webui.identity import core

bp = Blueprint("api_docs", __name__)

Node = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    is_required: bool
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    status: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPart:
    name: str
    method: str
    path: str
    summary: str
    needs_token: bool
    parameters: tuple[FieldRow, ...]
    bodies: tuple[tuple[str, tuple[FieldRow, ...]], ...]
    answers: tuple[AnswerRow, ...]
    curl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    name: str
    about: str
    operations: tuple[OperationPart, ...]


@bp.get("/api/docs")
def index() -> str:
    app = cast(APIFlask, current_app)
    address = core().settings.public_url
    return render_template("api_docs.html", subjects=subjects_of(app), address=address, prefix=PREFIX)


@lru_cache(maxsize=1)
def subjects_of(app: APIFlask) -> tuple[Subject, ...]:
    spec = cast(Node, app.spec)
    parts = [
        (operation["tags"][0], _part(path, method, operation, spec)) for path, method, operation in operations(spec)
    ]
    return tuple(
        Subject(
            name=tag["name"],
            about=tag["description"],
            operations=tuple(part for name, part in parts if name == tag["name"]),
        )
        for tag in spec["tags"]
    )


def _part(path: str, method: str, operation: Node, spec: Node) -> OperationPart:
    schemas = spec["components"]["schemas"]
    content = operation.get("requestBody", {}).get("content", {})
    return OperationPart(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        needs_token="security" in operation,
        parameters=tuple(
            FieldRow(
                name=each["name"],
                kind=kind_of(each["schema"]),
                is_required=each.get("required", False),
                about=each.get("description", each["schema"].get("description", "")),
            )
            for each in operation["parameters"]
        ),
        bodies=tuple((kind, fields_of(media["schema"], schemas)) for kind, media in content.items()),
        answers=tuple(_answer(status, response) for status, response in sorted(operation["responses"].items())),
        curl=curl_of(path, method, operation, schemas),
    )


def _answer(status: str, response: Node) -> AnswerRow:
    media = response.get("content", {}).get("application/json", {})
    example = json.dumps(media["example"], indent=2, ensure_ascii=False) if "example" in media else ""
    return AnswerRow(status=status, meaning=response["description"], example=example)


def fields_of(schema: Node, schemas: Node) -> tuple[FieldRow, ...]:
    """The fields of a body, in the order in which they are declared."""
    found = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return tuple(
        FieldRow(
            name=name,
            kind=kind_of(part),
            is_required=name in found.get("required", ()),
            about=part.get("description", ""),
        )
        for name, part in found["properties"].items()
    )


def kind_of(schema: Node) -> str:
    """Such as `integer, 1 to 100, else 50` or `mine | pool | late | done`."""
    if schema.get("format") == "binary":
        return "file"
    if "enum" in schema:
        words = " | ".join(str(word) for word in schema["enum"] if word is not None)
        return f"{words}{_else(schema)}"
    kinds = schema.get("type", "object")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if kind == "array":
        return f"list of {kind_of(schema['items'])}"
    if "minimum" in schema:
        kind += f", {schema['minimum']} to {schema['maximum']}"
    return kind + (f", at most {schema['maxLength']} characters" if "maxLength" in schema else "") + _else(schema)


def curl_of(path: str, method: str, operation: Node, schemas: Node) -> str:
    """A command that can be copied: address and token stand in variables of the shell."""
    lines = [f'curl -X {method.upper()} "$TATAKERJA{_filled(path, operation)}"']
    if "security" in operation:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        lines += _file_options(content["multipart/form-data"]["schema"], schemas)
    elif "application/json" in content:
        example = json.dumps(example_of(content["application/json"]["schema"], schemas), ensure_ascii=False)
        lines += ['-H "Content-Type: application/json"', f"-d '{example}'"]
    return " \\\n  ".join(lines)


def _file_options(schema: Node, schemas: Node) -> list[str]:
    files = [row.name for row in fields_of(schema, schemas) if "file" in row.kind]
    shown = {
        "diagram": "process.bpmn",
        "forms": "forms/catat.json",
        "decisions": "penyetuju.dmn",
        "identity": "sop.yaml",
        "file": "surat.pdf",
    }
    return [f"-F {name}=@{shown[name]}" for name in files] + (["-F publish=true"] if "diagram" in files else [])


def _filled(path: str, operation: Node) -> str:
    shown = {"key": "surat_masuk", "number": "SM-2026-00042"}
    for parameter in operation["parameters"]:
        path = path.replace(f"{{{parameter['name']}}}", shown.get(parameter["name"], "7"))
    return path


def _else(schema: Node) -> str:
    default = schema.get("default")
    return f", else {json.dumps(default)}" if default not in (None, "", {}, []) else ""
