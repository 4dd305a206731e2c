"""A diagram with its forms, sent as files or as JSON with texts: both become the same upload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from apiflask.schema_adapters.marshmallow import parser
from flask import request
from marshmallow import RAISE
from werkzeug.datastructures import FileStorage

from engine.base.i18n import _
from engine.definitions.examination import FORM_BYTES, Upload
from engine.definitions.folder import IDENTITY_BYTES, identity_from
from engine.worklist.attachments import clean_name
from webui.api.bodies import bounded
from webui.api.faults import TOO_MANY, refusal
from webui.api.fields import Line
from webui.api.refusals import NotAnUpload
from webui.api.schemas.processes import LONGEST_KEY, MOST_FORMS, DeployFiles, DeployTexts
from webui.identity import core

FORM_TWICE = _("The form “%(key)s” was sent twice.")


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
        identity=asked["identity"],
    )
    return AskedDeployment(upload=upload, is_to_publish=asked["publish"])


def _from_files(asked: Mapping[str, Any]) -> AskedDeployment:
    diagram: FileStorage = asked["diagram"]
    upload = Upload(
        filename=clean_name(diagram.filename or ""),
        source=bounded(diagram, core().settings.upload_bytes),
        forms=_forms(asked["forms"]),
        identity=_identity(asked["identity"]),
    )
    return AskedDeployment(upload=upload, is_to_publish=asked["publish"])


def _identity(file: FileStorage | None) -> dict[str, Any]:
    return identity_from(bounded(file, IDENTITY_BYTES), clean_name(file.filename or "")) if file else {}


def _forms(files: Sequence[FileStorage]) -> dict[str, bytes]:
    if len(files) > MOST_FORMS:
        raise refusal("too_many", TOO_MANY, limit=MOST_FORMS)
    forms: dict[str, bytes] = {}
    for file in files:
        key = Line(most=LONGEST_KEY, least=1).deserialize(PurePath(clean_name(file.filename or "")).stem)
        if key in forms:
            raise refusal("twice", FORM_TWICE, key=key)
        forms[key] = bounded(file, FORM_BYTES)
    return forms
