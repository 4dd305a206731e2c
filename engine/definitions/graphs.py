"""Graphs and forms of versions, compiled once and shared by all threads (both are immutable)."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.graph import ProcessGraph
from engine.bpmn.reader import compile_graph
from engine.definitions.errors import FormMissing, VersionNotFound
from engine.definitions.model import DefinitionVersion, FormText
from engine.forms.model import Form
from engine.forms.reader import read_form

Value = TypeVar("Value")
KEPT = 256

_cache: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def graph_of(session: Session, version_id: int) -> ProcessGraph:
    """The process graph of a version; kept by the digest of its content, so it can never be another's."""
    return _kept(("graph", _digest(session, version_id)), partial(_compiled, session, version_id))


def graphs_of(session: Session, version_ids: Collection[int]) -> dict[int, ProcessGraph]:
    """The graphs of many versions: one statement, and one for each that was not compiled before."""
    query = select(DefinitionVersion.id, DefinitionVersion.digest).where(DefinitionVersion.id.in_(version_ids))
    rows = session.execute(query).all()
    return {row.id: _kept(("graph", row.digest), partial(_compiled, session, row.id)) for row in rows}


def form_of(session: Session, version_id: int, key: str) -> Form:
    """A form of a version; raises FormMissing for a key that the version does not have."""

    def read() -> Form:
        schema = session.scalar(select(FormText.schema).where(FormText.version_id == version_id, FormText.key == key))
        if schema is None:
            raise FormMissing(key=key)
        return read_form(schema)

    return _kept(("form", _digest(session, version_id), key), read)


def forms_of(session: Session, version_id: int) -> dict[str, Form]:
    """All forms of a version by key."""
    query = select(FormText.key, FormText.schema).where(FormText.version_id == version_id).order_by(FormText.key)
    return {row.key: read_form(row.schema) for row in session.execute(query)}


def _compiled(session: Session, version_id: int) -> ProcessGraph:
    source = session.scalar(select(DefinitionVersion.source).where(DefinitionVersion.id == version_id))
    if source is None:
        raise VersionNotFound
    return compile_graph(source)


def _digest(session: Session, version_id: int) -> str:
    """Asked once a session: a version never changes."""
    known: dict[int, str] = session.info.setdefault(_digest, {})
    if version_id not in known:
        digest = session.scalar(select(DefinitionVersion.digest).where(DefinitionVersion.id == version_id))
        if digest is None:
            raise VersionNotFound
        known[version_id] = digest
    return known[version_id]


def _kept(key: Hashable, make: Callable[[], Value]) -> Value:
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            kept: Value = _cache[key]
            return kept
    value = make()
    with _lock:
        _cache[key] = value
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return value
