"""Bodies of requests, read strictly and within bounds: JSON as its standard says, and forms with files."""

import json
from typing import Any, NoReturn

from apiflask.schema_adapters.marshmallow import parser
from flask import Request as FlaskRequest
from marshmallow import Schema
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import FileStorage, MultiDict

from webui.api.fields import Request
from webui.api.refusals import BadJson, NotJson, NotMultipart, TooDeepJson


@parser.location_loader("json")
def load_json(incoming: FlaskRequest, schema: Schema) -> Any:
    """What `@bp.input(…)` takes for a JSON body, instead of webargs' own lenient reading."""
    return json_of(incoming, schema.most_bytes if isinstance(schema, Request) else Request.most_bytes)


@parser.location_loader("files")
def load_files(incoming: FlaskRequest, schema: Schema) -> MultiDictProxy:
    """What `@bp.input(…, location="files")` takes: files that were really chosen, and the fields beside them."""
    if incoming.mimetype != "multipart/form-data":
        raise NotMultipart
    sent: MultiDict[str, Any] = MultiDict(incoming.form)
    for name, file in incoming.files.items(multi=True):
        if file.filename:
            sent.add(name, file)
    return MultiDictProxy(sent, schema)


def json_of(incoming: FlaskRequest, most_bytes: int) -> Any:
    """The JSON body; raises NotJson, BadJson or TooDeepJson, and 413 for a longer one."""
    if not incoming.is_json:
        raise NotJson
    incoming.max_content_length = min(most_bytes, incoming.max_content_length or most_bytes)
    return strict_json(incoming.get_data())


def strict_json(text: bytes | str) -> Any:
    """Without NaN and Infinity, which JSON does not have."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as fault:
        raise BadJson(line=fault.lineno, column=fault.colno) from None
    except UnicodeDecodeError as fault:
        raise BadJson(line=1, column=fault.start + 1) from None
    except (RecursionError, ValueError):
        # ValueError: Python refuses to read numbers of thousands of digits.
        raise TooDeepJson from None


def bounded(file: FileStorage, most_bytes: int) -> bytes:
    """Its content, with one byte too many when it is larger, so that whoever checks the size sees it."""
    content: bytes = file.read(most_bytes + 1)
    return content


def _refuse_constant(_name: str) -> NoReturn:
    raise BadJson(line=1, column=1)
