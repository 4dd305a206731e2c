"""Changes of a difference done, many rows a statement: units, positions, people, then who holds what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from engine.base.database import Row
from engine.base.rows import insert_numbered, insert_rows, table_of
from engine.organisation.model import Employee, Holding, Position, Unit
from engine.organisation.tables.difference import Change, ChangeKind

Write = Callable[[str, Any], tuple[str, Any]]
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "units": {"name": "name"},
    "positions": {
        "title": "title",
        "kind": "kind",
        "unit": "unit_id",
        "head": "is_head_of_unit",
        "seats": "seats",
        "job_class": "job_class",
    },
    "employees": {each: each for each in ("nip", "name", "email", "phone", "rank", "left_on")},
    "holdings": {
        "employee": "employee_id",
        "position": "position_id",
        "kind": "kind",
        "decree": "decree",
        "scope": "scope",
        "from": "starts_on",
        "until": "ends_on",
    },
}


Begun = tuple[int, int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """Who is new, by the key of her change; and what is new of who holds what: employee, position, first day."""

    people: Mapping[str, int]
    begun: frozenset[Begun]


def bring_in(session: Session, changes: Sequence[Change]) -> BroughtIn:
    by_section: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_section[change.section].append(change)
    units = _keep_units(session, by_section["units"])
    positions = _keep_positions(session, by_section["positions"], units)
    employees = _keep_employees(session, by_section["employees"])
    begun = _keep_holdings(session, by_section["holdings"], positions, employees)
    return BroughtIn(people=employees, begun=begun)


def _keep_units(session: Session, changes: Sequence[Change]) -> dict[str, int]:
    insert_rows(session, Unit, [{"code": each.key, **_columns(each)} for each in changes if _is_new(each)])
    ids = {row.code: row.id for row in session.execute(select(Unit.code, Unit.id))}
    _update(session, Unit, ((ids[each.key], _columns(each)) for each in changes if not _is_new(each)))
    _update(
        session, Unit, ((ids[each.key], {"parent_id": ids.get(above)}) for each, above in _above(changes, "parent"))
    )
    return ids


def _keep_positions(session: Session, changes: Sequence[Change], units: Mapping[str, int]) -> dict[str, int]:
    def columns(change: Change) -> dict[str, Any]:
        found = _columns(change)
        return {**found, "unit_id": units[found["unit_id"]]} if "unit_id" in found else found

    ordinary = {"is_head_of_unit": False, "seats": 1, "job_class": None}
    fresh = [{"code": each.key, **ordinary, **columns(each)} for each in changes if _is_new(each)]
    insert_rows(session, Position, fresh)
    ids = {row.code: row.id for row in session.execute(select(Position.code, Position.id))}
    _update(session, Position, ((ids[each.key], columns(each)) for each in changes if not _is_new(each)))
    above = ((ids[each.key], {"superior_id": ids.get(superior)}) for each, superior in _above(changes, "superior"))
    _update(session, Position, above)
    return ids


def _keep_employees(session: Session, changes: Sequence[Change]) -> dict[str, int]:
    """The ids of those who are new, by key."""
    fresh = [each for each in changes if _is_new(each)]
    nothing = dict.fromkeys(COLUMNS["employees"].values())
    ids = insert_numbered(session, Employee, [{**nothing, **_columns(each)} for each in fresh])
    _update(session, Employee, ((int(each.key), _columns(each)) for each in changes if not _is_new(each)))
    return {each.key: id_ for each, id_ in zip(fresh, ids, strict=True)}


def _keep_holdings(
    session: Session,
    changes: Sequence[Change],
    positions: Mapping[str, int],
    employees: Mapping[str, int],
) -> frozenset[Begun]:
    def columns(change: Change) -> dict[str, Any]:
        found = _columns(change)
        if "employee_id" in found:
            key = found["employee_id"]
            found["employee_id"] = employees[key] if key in employees else int(key)
        if "position_id" in found:
            found["position_id"] = positions[found["position_id"]]
        return found

    nothing = dict.fromkeys(COLUMNS["holdings"].values())
    fresh = [{**nothing, **columns(each)} for each in changes if _is_new(each)]
    insert_rows(session, Holding, fresh)
    known = [each for each in changes if not _is_new(each)]
    withdrawn = [int(each.key) for each in known if _is_withdrawn(each)]
    _update(session, Holding, ((int(each.key), columns(each)) for each in known if not _is_withdrawn(each)))
    holding = table_of(Holding)
    if withdrawn:
        statement = delete(holding).where(holding.c.id == bindparam("wanted"))
        session.connection().execute(statement, [{"wanted": each} for each in withdrawn])
    return frozenset((row["employee_id"], row["position_id"], row["starts_on"]) for row in fresh)


def _is_new(change: Change) -> bool:
    return change.kind is ChangeKind.NEW


def _is_withdrawn(change: Change) -> bool:
    """It would only have begun."""
    return change.values.get("from", ...) is None


def _above(changes: Iterable[Change], name: str) -> list[tuple[Change, str]]:
    return [(each, each.values[name]) for each in changes if name in each.values]


def _columns(change: Change) -> dict[str, Any]:
    names = COLUMNS[change.section]
    return {names[name]: value for name, value in change.values.items() if name in names}


def _update(session: Session, model: type[Row], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Rows that change the same columns go out together."""
    by_names: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for id_, values in rows:
        if values:
            by_names[tuple(values)].append({"wanted": id_, **values})
    table = table_of(model)
    for names, parameters in by_names.items():
        statement = update(table).where(table.c.id == bindparam("wanted"))
        session.connection().execute(statement.values({name: bindparam(name) for name in names}), parameters)
