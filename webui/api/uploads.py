"""A diagram with its forms and decisions, sent as files or as JSON with texts: both become the same upload."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import PurePath
from typing import Any

from apiflask.schema_adapters.marshmallow import parser
from flask import request
from marshmallow import RAISE
from werkzeug.datastructures import FileStorage

from engine.base.i18n import _
from engine.bpmn.xml import MOST_DMN_BYTES
from engine.definitions.examination import FORM_BYTES, Upload
from engine.definitions.folder import IDENTITY_BYTES, identity_from
from engine.worklist.attachments import clean_name
from webui.api.bodies import bounded
from webui.api.faults import TOO_MANY, refusal
from webui.api.fields import Line
from webui.api.refusals import NotAnUpload
from webui.api.schemas.processes import (
    LONGEST_FILENAME,
    LONGEST_KEY,
    MOST_DECISION_FILES,
    MOST_FORMS,
    DeployFiles,
    DeployTexts,
)
from webui.identity import core

FORM_TWICE = _("The form “%(key)s” was sent twice.")
FILE_TWICE = _("The file “%(key)s” was sent twice.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDeployment:
    upload: Upload
    is_to_publish: bool


def asked_deployment() -> AskedDeployment:
    """What the request brings; whatever is wrong with its shape is refused here."""
    if request.is_json:
        return _from_texts(parser.parse(DeployTexts(), request, location="json"))
    if request.mimetype == "multipart/form-data":
        return _from_files(parser.parse(DeployFiles(), request, location="files", unknown=RAISE))
    raise NotAnUpload


def _from_texts(asked: Mapping[str, Any]) -> AskedDeployment:
    upload = Upload(
        filename=clean_name(asked["filename"]),
        source=asked["diagram"].encode(),
        forms={key: text.encode() for key, text in asked["forms"].items()},
        decisions={clean_name(name): text.encode() for name, text in asked["decisions"].items()},
        identity=asked["identity"],
    )
    return AskedDeployment(upload=upload, is_to_publish=asked["publish"])


def _from_files(asked: Mapping[str, Any]) -> AskedDeployment:
    diagram: FileStorage = asked["diagram"]
    upload = Upload(
        filename=clean_name(diagram.filename or ""),
        source=bounded(diagram, core().settings.upload_bytes),
        forms=_by_name(asked["forms"], _FORMS),
        decisions=_by_name(asked["decisions"], _DECISIONS),
        identity=_identity(asked["identity"]),
    )
    return AskedDeployment(upload=upload, is_to_publish=asked["publish"])


def _identity(file: FileStorage | None) -> dict[str, Any]:
    return identity_from(bounded(file, IDENTITY_BYTES), clean_name(file.filename or "")) if file else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """Files of one sort: how many there may be, how large, by what they are known, what to say of one sent twice."""

    most: int
    most_bytes: int
    key: Callable[[PurePath], str]
    longest_key: int
    twice: str


_FORMS = _Sort(
    most=MOST_FORMS, most_bytes=FORM_BYTES, key=attrgetter("stem"), longest_key=LONGEST_KEY, twice=FORM_TWICE
)
_DECISIONS = _Sort(
    most=MOST_DECISION_FILES,
    most_bytes=MOST_DMN_BYTES,
    key=attrgetter("name"),
    longest_key=LONGEST_FILENAME,
    twice=FILE_TWICE,
)


def _by_name(files: Sequence[FileStorage], sort: _Sort) -> dict[str, bytes]:
    if len(files) > sort.most:
        raise refusal("too_many", TOO_MANY, limit=sort.most)
    found: dict[str, bytes] = {}
    for file in files:
        name = sort.key(PurePath(clean_name(file.filename or "")))
        key = Line(most=sort.longest_key, least=1).deserialize(name)
        if key in found:
            raise refusal("twice", sort.twice, key=key)
        found[key] = bounded(file, sort.most_bytes)
    return found
