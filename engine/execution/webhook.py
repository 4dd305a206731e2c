"""The service task `webhook`: signed JSON to a destination of the administrator's list, and what its answer means."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.base.destinations import Destination
from engine.base.errors import Unavailable
from engine.base.i18n import _
from engine.base.posting import Reply, post
from engine.base.text import UNSTORABLE, one_line
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.execution.services import Answer, Look, result_name
from engine.expressions.bounds import plain
from engine.expressions.errors import EvaluationFault
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.runtime.stimuli import ServiceDone, ThrowError

COME_AGAIN = frozenset({408, 425, 429})
LONGEST_ERROR_CODE = 100
SHOWN = 200


class UnknownDestination(Hopeless):
    code = "webhook.unknown_destination"
    message = _(
        "No destination named “%(name)s” is set up. Add it to TATAKERJA_WEBHOOKS, start the workers anew, try again."
    )


class NotTaken(Unavailable):
    code = "webhook.not_taken"
    message = _("“%(name)s” cannot take it now; it answered %(status)s.")


class Refused(Hopeless):
    code = "webhook.refused"
    message = _("“%(name)s” refused it with %(status)s: %(answer)s")


class UnreadableAnswer(Hopeless):
    code = "webhook.unreadable_answer"
    message = _("“%(name)s” took it, but its answer cannot be kept: it must be JSON of at most 64 KB.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent, and whether the diagram asks for the answer."""

    destination: Destination
    body: bytes
    headers: Mapping[str, str]
    wants_answer: bool


def call(look: Look, job: JobCall) -> Answer:
    """Raises NotTaken or NoAnswer for what may mend itself, Hopeless refusals for the rest."""
    with look() as reading:
        request = _request(reading, job)
    reply = post(request.destination.url, request.body, request.headers)
    return understood(reply, request.destination.name, job.payload["activity_id"], request.wants_answer)


def understood(reply: Reply, name: str, activity_id: int, wants_answer: bool) -> Answer:
    """What the other server's answer means for the step."""
    if 200 <= reply.status < 300:
        return ServiceDone(activity_id, _kept(reply, name) if wants_answer else {})
    if reply.status >= 500 or reply.status in COME_AGAIN:
        raise NotTaken(name=name, status=reply.status)
    error = _error_code(reply)
    if error is not None:
        return ThrowError(activity_id, error)
    answer = one_line(reply.body.decode(errors="replace"))[:SHOWN]
    raise Refused(name=name, status=reply.status, answer=answer or "–")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`, so that an old message cannot be sent again as a new one."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def headers_for(destination: Destination, job_id: int, now: datetime, body: bytes) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "TataKerja",
        "X-TataKerja-Timestamp": timestamp,
        "X-TataKerja-Signature": signature(destination.secret, timestamp, body),
        "X-TataKerja-Idempotency-Key": str(job_id),
    }


def _request(reading: Reading, job: JobCall) -> Request:
    name = str(job.payload["parameters"].get("destination", ""))
    destination = reading.settings.webhooks.get(name)
    if destination is None:
        raise UnknownDestination(name=one_line(name)[:SHOWN])
    body = _body(reading, job.payload)
    return Request(
        destination=destination,
        body=body,
        headers=headers_for(destination, job.job_id, reading.now, body),
        wants_answer=result_name(reading.session, job.payload) is not None,
    )


def _body(reading: Reading, payload: Mapping[str, Any]) -> bytes:
    instance = reading.session.get_one(Instance, payload["instance_id"])
    definition = reading.session.get_one(ProcessDefinition, instance.definition_id)
    said = {
        "case": {"number": instance.number, "title": instance.title, "process": definition.key},
        "step": payload["element"],
        "data": payload["parameters"].get("data"),
    }
    return json.dumps(said).encode()


def _kept(reply: Reply, name: str) -> dict[str, Any]:
    """The answer as data of the case; what is no record becomes one with the single part `nilai`."""
    if not reply.body.strip():
        return {}
    try:
        answer = plain(_json(reply))
    except (ValueError, RecursionError, EvaluationFault):
        raise UnreadableAnswer(name=name) from None
    if any(UNSTORABLE.search(text) for text in _texts(answer)):
        raise UnreadableAnswer(name=name)
    return answer if isinstance(answer, dict) else {"nilai": answer}


def _error_code(reply: Reply) -> str | None:
    """`{"error": "CODE"}` in a refusal is an error that the diagram may catch."""
    try:
        answer = _json(reply)
    except (ValueError, RecursionError):
        return None
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and 0 < len(code) <= LONGEST_ERROR_CODE and code.isprintable() else None


def _json(reply: Reply) -> Any:
    if not reply.is_whole:
        raise ValueError
    return json.loads(reply.body)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value:
            yield from _texts(part)
            if isinstance(value, dict):
                yield from _texts(value[part])
