"""Lists stand as people look names up, page after page, on both databases."""

from datetime import date

from engine.organisation.employee_list import EmployeeFilter, employee_page
from engine.organisation.model import Employee

TODAY = date(2026, 11, 23)


def test_capitals_and_small_letters_are_sorted_alike_on_every_page(session):
    session.add_all(Employee(name=name) for name in ("de Britto", "Zulfa", "DEWI", "abdul", "Dedi", "Abas"))
    session.flush()
    seen, cursor = [], None
    while True:
        page = employee_page(session, EmployeeFilter(), TODAY, cursor, size=1)
        seen += [row.name for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == ["Abas", "abdul", "de Britto", "Dedi", "DEWI", "Zulfa"]
