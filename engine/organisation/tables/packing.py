"""A plan kept until its yes: as text, small, to be shown page by page."""

import json
import zlib
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from engine.base.errors import FieldProblem
from engine.organisation.tables.difference import Change, ChangeKind, Difference
from engine.organisation.tables.planning import Plan


def pack(plan: Plan) -> bytes:
    content = {
        "changes": [_change(each) for each in plan.changes],
        "problems": [[each.name, each.code, each.message, dict(each.params)] for each in plan.problems],
        "absent": plan.absent,
        "rows": plan.rows,
        "may_go": plan.may_go,
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, default=str).encode())


def digest_of(packed: bytes) -> str:
    """Plans that say the same have the same: what is done is what was shown."""
    return sha256(zlib.decompress(packed)).hexdigest()


def unpack(packed: bytes) -> Plan:
    """As it was, with the values of its changes as text."""
    content = json.loads(zlib.decompress(packed))
    return Plan(
        changes=tuple(_changed(each) for each in content["changes"]),
        problems=tuple(
            FieldProblem(name=name, code=code, message=message, params=params)
            for name, code, message, params in content["problems"]
        ),
        absent=tuple(content["absent"]),
        rows=content["rows"],
        may_go=content["may_go"],
    )


def _change(change: Change) -> list[Any]:
    differences = [[each.name, each.old, each.new] for each in change.differences]
    return [change.section, change.kind, change.key, change.row, change.label, differences]


def _changed(parts: Sequence[Any]) -> Change:
    section, kind, key, row, label, differences = parts
    return Change(
        section=section,
        kind=ChangeKind(kind),
        key=key,
        row=row,
        label=label,
        differences=tuple(Difference(name=name, old=old, new=new) for name, old, new in differences),
    )
