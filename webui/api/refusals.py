"""What the door itself refuses, before any operation is asked: as problem documents with the HTTP status that fits."""

from collections.abc import Iterator
from typing import Any, ClassVar

from apiflask.exceptions import HTTPError
from flask import Flask
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from engine.base.errors import FieldProblem
from engine.base.i18n import _, translate
from webui.api.faults import NOT_OBJECT, UNKNOWN, Fault
from webui.errors import problem_document
from webui.language import language

MOST_PROBLEMS = 100
CODES = {UNKNOWN: "unknown_field", NOT_OBJECT: "type"}
CHALLENGE = 'Bearer realm="TataKerja"'


class RequestRefused(Exception):
    """The request cannot be taken; `message` is a catalogue text."""

    status: ClassVar[int] = 400
    code: ClassVar[str]
    message: ClassVar[str]
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params


class BadJson(RequestRefused):
    code = "request.bad_json"
    message = _("The request is not valid JSON: see line %(line)s, column %(column)s.")


class TooDeepJson(RequestRefused):
    code = "request.too_deep"
    message = _("The JSON of this request is too deeply nested or holds a number that is too long.")


class NotJson(RequestRefused):
    status = 415
    code = "request.not_json"
    message = _("Send this request as JSON, with the header Content-Type: application/json.")


class NotMultipart(RequestRefused):
    status = 415
    code = "request.not_multipart"
    message = _("Send this request with the header Content-Type: multipart/form-data.")


class NotAnUpload(RequestRefused):
    status = 415
    code = "request.not_an_upload"
    message = _("Send the diagram as multipart/form-data or as application/json.")


class TokenNeeded(RequestRefused):
    status = 401
    code = "access.token_needed"
    message = _("This needs a token: send the header Authorization: Bearer tk_…")
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": CHALLENGE}


class TokenNotGood(RequestRefused):
    status = 401
    code = "access.token_not_good"
    message = _("This token is not known, or its time is over. Ask for a new one.")
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'}


class WrongPassword(RequestRefused):
    status = 401
    code = "access.sign_in_failed"
    message = _("The username or the password is not right.")
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": CHALLENGE}


INVALID_REQUEST = _("Please check the fields of this request: %(count)s cannot be accepted.")


def answer_refusals(app: Flask) -> None:
    app.register_error_handler(RequestRefused, refused)
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(HTTPError, not_parsed)


def refused(error: RequestRefused) -> ResponseReturnValue:
    message = translate(error.message, error.params, language())
    return problem_document(error.status, error.code, message, headers=error.headers)


def invalid(error: ValidationError) -> ResponseReturnValue:
    problems = list(_faults(error.messages))[:MOST_PROBLEMS]
    told = [{"name": each.name, "code": each.code, "message": each.text(language())} for each in problems]
    message = translate(INVALID_REQUEST, {"count": len(problems)}, language())
    return problem_document(422, "request.invalid", message, told)


def not_parsed(error: HTTPError) -> ResponseReturnValue:
    """APIFlask's own refusal: the faults of each place (json, query, files)."""
    return invalid(ValidationError({name: fault for place in error.detail.values() for name, fault in place.items()}))


def _faults(messages: Any, place: str = "") -> Iterator[FieldProblem]:
    """Each fault with the place of its field, such as `forms.0`."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from _faults(inner, _joined(place, "" if name == "_schema" else str(name)))
        return
    for each in messages:
        fault = each if isinstance(each, Fault) else Fault(CODES.get(each, "invalid"), str(each))
        yield FieldProblem(name=place, code=fault.code, message=fault.message, params=fault.params)


def _joined(place: str, name: str) -> str:
    # A name that was made up by the caller goes back to her: cut, and with nothing that JSON cannot carry.
    clean = name[:100].encode("utf-8", "replace").decode("utf-8")
    return ".".join(part for part in (place, clean) if part)
