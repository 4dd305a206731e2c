"""Graphs and forms of versions, compiled once and shared by all threads (both are immutable)."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.looking import forget_edition, once
from engine.bpmn.graph import Node, ProcessGraph
from engine.bpmn.joining import Called, home_of, joined
from engine.bpmn.reader import compile_graph
from engine.definitions.decisions import decision_files
from engine.definitions.errors import FormMissing, VersionNotFound
from engine.definitions.model import DefinitionVersion, FormText, VersionCall
from engine.forms.model import Form
from engine.forms.reader import read_form

Value = TypeVar("Value")
KEPT = 256

_cache: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class _Text:
    """What tells a version from all others: its content, and the versions that it calls."""

    digest: str
    calls: Mapping[str, int]


def graph_of(session: Session, version_id: int) -> ProcessGraph:
    """The process graph of a version, with those of all that it calls in other files."""
    return _joined(session, _texts_of(session, version_id), version_id)


def graphs_of(session: Session, version_ids: Collection[int]) -> dict[int, ProcessGraph]:
    """The graphs of many versions: one statement, and one for each file that was not compiled before."""
    texts = _texts(session, version_ids)
    return {version: _joined(session, texts, version) for version in version_ids if version in texts}


def called_versions(session: Session, version_id: int) -> tuple[int, ...]:
    """The versions that a version calls in other files, and those that these call; the nearest first."""
    return tuple(_reach(_texts(session, [version_id]), version_id))


def forget_calls(session: Session, version_id: int) -> None:
    """A draft that was bound anew in this session is read anew."""
    session.info.get(_texts, {}).pop(version_id, None)
    forget_edition(session)


def form_at(session: Session, version_id: int, node: Node) -> Form | None:
    """The form of a step: that of the file in which the step is drawn, called or not."""
    home, _own_id = home_of(node.id, version_id)
    return form_of(session, home, node.step.form_key) if node.step and node.step.form_key else None


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


def _joined(session: Session, texts: Mapping[int, _Text], version_id: int) -> ProcessGraph:
    """Kept by the content of every file in it, so it can never be another's."""
    if version_id not in texts:
        raise VersionNotFound
    text, called = texts[version_id], _reach(texts, version_id)
    if not called:
        return _drawn(session, texts, version_id)

    def join() -> ProcessGraph:
        files = {key: Called(graph=_drawn(session, texts, key), calls=texts[key].calls) for key in called}
        return joined(_drawn(session, texts, version_id), text.calls, files)

    parts = tuple((key, texts[key].digest, *sorted(texts[key].calls.items())) for key in called)
    return _kept(("joined", text.digest, *sorted(text.calls.items()), parts), join)


def _drawn(session: Session, texts: Mapping[int, _Text], version_id: int) -> ProcessGraph:
    """The graph of one file alone, kept by the digest of its content."""
    return _kept(("graph", texts[version_id].digest), partial(_compiled, session, version_id))


def _reach(texts: Mapping[int, _Text], version_id: int) -> list[int]:
    """The versions that are called, directly or by those, breadth first."""
    found: dict[int, None] = {}
    waiting = [version_id]
    while waiting:
        new = dict.fromkeys(called for called in texts[waiting.pop(0)].calls.values() if called not in found)
        found |= new
        waiting += new
    return list(found)


def _compiled(session: Session, version_id: int) -> ProcessGraph:
    source = session.scalar(select(DefinitionVersion.source).where(DefinitionVersion.id == version_id))
    if source is None:
        raise VersionNotFound
    return compile_graph(source, decision_files(session, version_id))


def _digest(session: Session, version_id: int) -> str:
    text = _texts_of(session, version_id).get(version_id)
    if text is None:
        raise VersionNotFound
    return text.digest


def _texts_of(session: Session, version_id: int) -> Mapping[int, _Text]:
    return once(session, (_texts_of, version_id), lambda: dict(_texts(session, [version_id])))


def _texts(session: Session, version_ids: Collection[int]) -> Mapping[int, _Text]:
    """Of these versions and of all that they call; asked once a session, for a version that runs never changes."""
    known: dict[int, _Text] = session.info.setdefault(_texts, {})
    wanted = set(version_ids) - known.keys()
    while wanted:
        known |= _texts_read(session, wanted)
        wanted = {called for text in known.values() for called in text.calls.values()} - known.keys()
    return known


def _texts_read(session: Session, version_ids: Collection[int]) -> dict[int, _Text]:
    query = (
        select(DefinitionVersion.id, DefinitionVersion.digest, VersionCall.process_id, VersionCall.called_version_id)
        .outerjoin(VersionCall, VersionCall.version_id == DefinitionVersion.id)
        .where(DefinitionVersion.id.in_(version_ids))
    )
    found: dict[int, _Text] = {}
    for row in session.execute(query):
        text = found.setdefault(row.id, _Text(row.digest, {}))
        if row.called_version_id is not None:
            found[row.id] = _Text(row.digest, {**text.calls, row.process_id: row.called_version_id})
    return found


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
