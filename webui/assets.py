"""What the front-end build made: addresses with a digest, kept by browsers for ever, sent compressed."""

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory, url_for
from werkzeug.http import parse_accept_header

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOR_EVER = "public, max-age=31536000, immutable"

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"

bp = Blueprint("assets", __name__)


@bp.get("/mark.svg")
def mark() -> Response:
    """The sign of the application, in the browser's tab."""
    return send_from_directory(STATIC, "mark.svg", max_age=86_400)


@bp.get("/static/dist/<name>")
def built(name: str) -> Response:
    """A built file, in the best encoding that the browser takes."""
    encoding, suffix = _encoding_of(name)
    response = send_from_directory(DIST, name + suffix, mimetype=_media_type(name), conditional=True)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def asset(name: str) -> str | None:
    """The address of an entry such as `app.css`; None when the front end was not built."""
    built_name = _manifest().get(name)
    return url_for("assets.built", name=built_name) if built_name else None


@cache
def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    manifest: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return manifest


def _encoding_of(name: str) -> tuple[str, str]:
    accepted = {value for value, quality in parse_accept_header(request.headers.get("Accept-Encoding")) if quality > 0}
    for encoding, suffix in ENCODINGS:
        if encoding in accepted and (DIST / Path(name + suffix).name).exists():
            return encoding, suffix
    return "", ""


def _media_type(name: str) -> str:
    return {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}.get(
        Path(name).suffix, "text/plain"
    )
