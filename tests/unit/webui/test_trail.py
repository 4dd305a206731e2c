import ast
from collections.abc import Iterator

from engine.organisation.model import Employee, Holding, Position, Unit
from engine.organisation.tables.fields import Field
from tests.support.sources import parsed, place, product_files
from webui.pages.trail import PLACE, WORDS
from webui.pages.trail_filter import AREAS
from webui.pages.trail_words import FIELDS, VALUES

ROWS = (Employee, Unit, Position, Holding)
OF_NO_INTEREST = {"id", "code", "employee_id", "position_id"}  # a change does not touch them
RECORDERS = {"record": 1, "note": 1, "_record": 1, "_tell": 1, "_moved": 3}  # and where they take the act

# What people wrote or named themselves, numbers and days: shown as it was noted, days as people say them.
AS_NOTED = frozenset(
    {
        *("before", "competency", "decision", "decree", "element", "event", "filename", "from", "key", "label"),
        *("message", "name", "names", "number", "position", "reason", "sentence", "step", "target", "title", "to"),
        *("address", "unit", "username", "code", "whom", "before_last"),
        *("changed", "created", "gone", "items", "rules", "version"),
        *("closed_on", "day", "done_at", "due_at", "ends_at", "ends_on", "first", "last", "left_on", "on"),
        *("starts_at", "starts_on", "until", "was_at"),
    }
)


def test_every_act_that_is_put_on_record_has_words() -> None:
    without = {act: where for act, where in acts_on_record() if act not in WORDS}
    assert not without


def test_every_fact_that_the_trail_shows_has_words_or_is_text_of_people() -> None:
    shown = {(act, fact) for act, words in WORDS.items() for fact in PLACE.findall(words)}
    unknown = {(act, fact) for act, fact in shown if fact not in VALUES and fact not in AS_NOTED}
    assert not unknown, "say it in words (VALUES of webui/pages/trail_words.py), or here, as it was noted (AS_NOTED)"


def test_every_column_that_a_change_may_name_has_words() -> None:
    columns = {column.key for row in ROWS for column in row.__table__.columns}
    assert (columns - OF_NO_INTEREST) | set(Field) <= set(FIELDS)


def test_every_act_is_about_something_that_one_can_choose() -> None:
    chosen = [prefix for prefixes in AREAS.values() for prefix in prefixes]
    assert sorted(chosen) == sorted({act.partition(".")[0] for act in WORDS})


def acts_on_record() -> Iterator[tuple[str, str]]:
    for path in product_files():
        constants = _constants(parsed(path))
        for call in (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)):
            at = RECORDERS.get(call.func.id) if isinstance(call.func, ast.Name) else None
            if at is not None and len(call.args) > at:
                yield from ((act, place(path, call)) for act in _texts(call.args[at], constants))


def _constants(module: ast.Module) -> dict[str, ast.expr]:
    """What a name of this file was given, wherever that was."""
    assigned = (node for node in ast.walk(module) if isinstance(node, ast.Assign))
    return {target.id: node.value for node in assigned for target in node.targets if isinstance(target, ast.Name)}


def _texts(value: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The acts that an argument may be: a text, one of two, or a name that stands for one."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body, constants)
        yield from _texts(value.orelse, constants)
    elif isinstance(value, ast.Name) and value.id in constants:
        yield from _texts(constants.pop(value.id), constants)
