"""Who is proposed for the work that somebody leaves behind."""

from datetime import date

from engine.staffing.transfer_plan import LeftWork
from engine.worklist.recipients import Recipient


def one(employee_id: int, *, was_meant: bool = True, open_items: int = 0, away_until: date | None = None) -> Recipient:
    return Recipient(
        employee_id=employee_id,
        name="",
        position_title="",
        unit_name="",
        was_meant=was_meant,
        open_items=open_items,
        away_until=away_until,
    )


def proposed(*recipients: Recipient) -> int | None:
    work = LeftWork(work_item_id=1, title="", number="", case_title="", due_at=None, pool=(), recipients=recipients)
    return work.best.employee_id if work.best else None


def test_for_whom_it_was_meant_comes_first():
    assert proposed(one(1, was_meant=False), one(2, open_items=9)) == 2


def test_of_these_who_has_least_to_do():
    assert proposed(one(1, open_items=2), one(2, open_items=1)) == 2


def test_nobody_who_is_away_where_somebody_is_here():
    assert proposed(one(1, away_until=date(2026, 12, 1)), one(2, was_meant=False, open_items=9)) == 2


def test_nobody_at_all():
    assert proposed() is None
