"""For those who watch over the machine: is it alive, may it serve, how is it doing."""

from ipaddress import ip_address
from time import perf_counter

from flask import Blueprint, Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from engine.core.schema import is_at_head
from webui.identity import core

bp = Blueprint("probes", __name__)

ANSWERS = Counter("tatakerja_http_answers", "Answers given", ["method", "endpoint", "status"])
SECONDS = Histogram("tatakerja_http_seconds", "Time taken to answer", ["endpoint"])


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Whether the database answers and its schema is the one this program knows."""
    try:
        is_current = is_at_head(core().engine)
    except SQLAlchemyError:
        return {"status": "unavailable", "reason": "database"}, 503
    return {"status": "ok"} if is_current else ({"status": "unavailable", "reason": "schema"}, 503)


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Numbers for Prometheus; to this machine only, since they tell how the office works."""
    # A server in front of us on the same machine speaks for somebody else, and says so.
    is_for_somebody_else = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if is_for_somebody_else or not ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
        abort(404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def measure(app: Flask) -> None:
    app.before_request(_start)
    app.after_request(_count)


def _start() -> None:
    g.started = perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    ANSWERS.labels(request.method, endpoint, response.status_code).inc()
    if "started" in g:
        SECONDS.labels(endpoint).observe(perf_counter() - g.started)
    return response
