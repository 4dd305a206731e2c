"""The secretariat keeps the calendar: days off, Ramadan, hours of the office and of units, days of units."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.calendar.hours import WorkingHours
from engine.calendar.model import Holiday, HoursTable, UnitDay
from engine.calendar.queries import working_hours
from engine.core.core import Core
from engine.organisation.model import Unit
from engine.worklist.model import WorkItem
from tests.conftest import MONDAY_MORNING
from tests.integration.webui.conftest import Browser, text_of

HERE = "/organisasi/kalender"
DAYS, HOURS, UNIT_DAYS = f"{HERE}/hari-libur", f"{HERE}/jam-kerja", f"{HERE}/hari-unit"
DAY_OFF = {"first_day": "2026-12-29", "kind": "closure", "name": "Rapat kerja"}
WEEK = {f"{day}_opening": "08:00" for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")}
WEEK |= {name.replace("opening", "closing"): "14:00" for name in WEEK}
TABLE = {"kind": "ordinary", "first_day": "2026-12-01", **WEEK}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def secretariat(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("fani")


def acts(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def rows(core: Core, table: type) -> list:
    with core.read() as reading:
        return list(reading.session.scalars(select(table)))


def hours(core: Core, unit_id: int | None = None) -> WorkingHours:
    with core.read() as reading:
        return working_hours(reading.session, reading.settings.zone, unit_id)


def a_unit(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(Unit.id).order_by(Unit.id)).first()


def undo(browser: Browser, page: str):
    """Press what the message offers."""
    form = page[page.index('class="note"') : page.index("Undo</button>")]
    return browser.post(re.search(r'action="([^"]+)"', form)[1], dict(HIDDEN.findall(form)), follow_redirects=True)


def seen(browser: Browser, page: str) -> dict[str, str]:
    """What the form carries along of what it showed."""
    return {"seen": dict(HIDDEN.findall(text_of(browser.get(page))))["seen"]}


@pytest.mark.parametrize("year", ["2026", "0", "1e9", "99999999999", "-4", "x"])
def test_any_year_has_its_pages(secretariat: Browser, year: str):
    for page in (HERE, DAYS, UNIT_DAYS, f"{DAYS}/dikenal", HOURS):
        assert secretariat.get(f"{page}?tahun={year}").status_code == 200


def test_the_year_says_each_kind_of_day_in_words_and_by_a_letter(core: Core, secretariat: Browser):
    secretariat.post(DAYS, DAY_OFF)
    secretariat.post(f"{HERE}/ramadan", {"first_day": "2026-02-19", "last_day": "2026-03-20"})
    page = text_of(secretariat.get(f"{HERE}?tahun=2026"))
    assert 'title="Office closed: Rapat kerja">29<span class="day-mark" aria-hidden="true">O</span>' in page
    assert page.count('title="Ramadan"') == 22


def test_several_days_are_entered_and_stand_in_the_list(core: Core, secretariat: Browser):
    page = text_of(secretariat.post(DAYS, DAY_OFF | {"last_day": "2026-12-31"}, follow_redirects=True))
    assert page.count("<span>Rapat kerja</span>") == 3
    assert acts(core)[-1] == "calendar.holidays_kept"


def test_the_message_after_several_days_names_the_first_and_the_last(secretariat: Browser):
    page = text_of(secretariat.post(DAYS, DAY_OFF | {"last_day": "2026-12-31"}, follow_redirects=True))
    assert "29 December 2026 to 31 December 2026 are in the calendar." in page


def test_days_that_rest_on_the_same_decree_name_it_once(secretariat: Browser):
    days = DAY_OFF | {"last_day": "2026-12-31", "legal_basis": "SE 7/2026"}
    page = text_of(secretariat.post(DAYS, days, follow_redirects=True))
    assert (page.count('href="#basis-1"'), page.count("SE 7/2026")) == (3, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_day": "besok"}, "Give the day as in"),
        ({"first_day": "9999-99-99"}, "Give the day as in"),
        ({"first_day": "1899-01-01"}, "The calendar reaches from 2000 to 2100."),
        ({"last_day": "2026-12-01"}, "The last day lies before the first."),
        ({"name": " "}, "Please fill this in"),
        ({"kind": "pesta"}, "Choose what kind of day it is"),
    ],
)
def test_a_wrong_day_off_is_told_at_its_field_and_what_was_typed_stays(secretariat: Browser, wrong: dict, said: str):
    answer = secretariat.post(DAYS, DAY_OFF | {"legal_basis": "SE 7/2026"} | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="SE 7/2026"' in text_of(answer)


def test_what_is_wrong_names_its_field_on_top(secretariat: Browser):
    page = text_of(secretariat.post(DAYS, DAY_OFF | {"name": ""}))
    assert '<a href="#name">What for: Please fill this in.</a>' in page


def test_a_name_too_long_for_the_calendar_is_refused_and_not_cut(secretariat: Browser):
    answer = secretariat.post(DAYS, DAY_OFF | {"name": "A" * 201})
    assert answer.status_code == 422
    assert "What for: Please use at most 200 characters." in text_of(answer)
    assert f'value="{"A" * 201}"' in text_of(answer)
    assert "maxlength" not in text_of(answer)


def test_a_day_off_twice_is_shown_and_corrected(core: Core, secretariat: Browser):
    secretariat.post(DAYS, DAY_OFF)
    answer = secretariat.post(DAYS, DAY_OFF | {"name": "Banjir"})
    assert answer.status_code == 422
    assert "29 December 2026 is in the calendar already: Rapat kerja." in text_of(answer)
    secretariat.post(f"{DAYS}/2026-12-29", {"kind": "public", "name": "Banjir", "legal_basis": "SK 1"})
    assert [(row.kind, row.name, row.legal_basis) for row in rows(core, Holiday)] == [("public", "Banjir", "SK 1")]
    assert acts(core)[-1] == "calendar.holiday_corrected"


def test_what_was_taken_out_comes_back_with_one_press(core: Core, secretariat: Browser):
    secretariat.post(DAYS, DAY_OFF | {"legal_basis": "SE 7/2026"})
    page = text_of(secretariat.post(f"{DAYS}/2026-12-29/hapus", follow_redirects=True))
    assert rows(core, Holiday) == []
    undo(secretariat, page)
    assert [row.legal_basis for row in rows(core, Holiday)] == ["SE 7/2026"]


def test_what_is_known_of_a_year_is_shown_before_it_is_written(core: Core, secretariat: Browser):
    page = text_of(secretariat.get(f"{DAYS}/dikenal?tahun=2028"))
    known = re.findall(r'name="day" id="day-\d+" value="([^"]+)" checked', page)
    assert len(known) == 17
    assert rows(core, Holiday) == []
    secretariat.post(f"{DAYS}/dikenal", {"tahun": "2028", "day": known[:2]})
    assert [row.day.isoformat() for row in rows(core, Holiday)] == known[:2]


def test_ramadan_is_entered_and_taken_out(core: Core, secretariat: Browser):
    days = {"first_day": "2027-02-08", "last_day": "2027-03-09"}
    page = text_of(secretariat.post(f"{HERE}/ramadan", days, follow_redirects=True))
    assert "8 February 2027 to 9 March 2027" in page
    page = text_of(secretariat.post(f"{HERE}/ramadan/2027-02-08/hapus", follow_redirects=True))
    assert hours(core).ramadan == ()
    undo(secretariat, page)
    assert len(hours(core).ramadan) == 1


def test_ramadan_is_corrected_by_its_own_act_and_back_with_one_press(core: Core, secretariat: Browser):
    secretariat.post(f"{HERE}/ramadan", {"first_day": "2027-02-08", "last_day": "2027-03-09"})
    again = secretariat.post(f"{HERE}/ramadan", {"first_day": "2027-03-01", "last_day": "2027-03-20"})
    assert "There is a Ramadan from 8 February 2027 to 9 March 2027 already." in text_of(again)
    corrected = {"first_day": "2027-02-09", "last_day": "2027-03-10"}
    page = text_of(secretariat.post(f"{HERE}/ramadan/2027-02-08", corrected, follow_redirects=True))
    assert "9 February 2027 to 10 March 2027" in page
    assert acts(core)[-1] == "calendar.ramadan_corrected"
    undo(secretariat, page)
    assert [period.first_day.isoformat() for period in hours(core).ramadan] == ["2027-02-08"]


def test_a_wrong_correction_of_ramadan_is_told_at_its_field(secretariat: Browser):
    secretariat.post(f"{HERE}/ramadan", {"first_day": "2027-02-08", "last_day": "2027-03-09"})
    answer = secretariat.post(f"{HERE}/ramadan/2027-02-08", {"first_day": "2027-02-08", "last_day": "2027-02-01"})
    assert answer.status_code == 422
    assert 'href="#ramadan_2027-02-08_last_day">Last day: The last day lies before the first.' in text_of(answer)


def test_ramadan_has_thirty_days_at_most(secretariat: Browser):
    days = {"first_day": "2027-02-08", "last_day": "2027-04-09"}
    answer = secretariat.post(f"{HERE}/ramadan", days)
    assert answer.status_code == 422
    assert 'href="#ramadan_last_day"' in text_of(answer)


def test_a_unit_gets_a_week_of_six_days(core: Core, secretariat: Browser):
    unit = a_unit(core)
    page = text_of(secretariat.post(f"{HOURS}/baru", TABLE | {"unit_id": str(unit)}, follow_redirects=True))
    assert "08:00 – 14:00" in page
    saturday = date(2026, 12, 5)
    assert (hours(core, unit).is_working_day(saturday), hours(core).is_working_day(saturday)) == (True, False)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"first_day": ""}, "first_day", "Give the day as in"),
        ({"monday_closing": "07:00"}, "monday_closing", "It closes at 07:00, not after it opens at 08:00."),
        ({"friday_closing": ""}, "friday_closing", "Give this time too"),
        ({"friday_opening": "pagi"}, "friday_opening", "Give the time as in 07:30."),
        (
            {"tuesday_break_from": "13:00", "tuesday_break_until": "15:00"},
            "tuesday_break_until",
            "The break lies outside the hours from 08:00 to 14:00.",
        ),
        (
            {"tuesday_break_from": "13:00", "tuesday_break_until": "12:00"},
            "tuesday_break_until",
            "The break ends at 12:00, not after it begins at 13:00.",
        ),
        (dict.fromkeys(WEEK, ""), "monday_opening", "In this week nobody ever works."),
    ],
)
def test_wrong_hours_are_told_at_their_field(core: Core, secretariat: Browser, wrong: dict, field: str, said: str):
    answer = secretariat.post(f"{HOURS}/baru", TABLE | {"legal_basis": "SK 3"} | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'href="#{field}"' in text_of(answer)
    assert 'value="SK 3"' in text_of(answer)
    assert rows(core, HoursTable) == []


def test_a_second_table_for_one_day_is_refused_and_the_first_corrected(core: Core, secretariat: Browser):
    secretariat.post(f"{HOURS}/baru", TABLE)
    answer = secretariat.post(f"{HOURS}/baru", TABLE)
    assert "From 1 December 2026 on there is a table already." in text_of(answer)
    (table,) = rows(core, HoursTable)
    shown = seen(secretariat, f"{HOURS}/{table.id}")
    secretariat.post(f"{HOURS}/{table.id}", TABLE | {"monday_opening": "07:00"} | shown)
    assert [row.week[0] for row in rows(core, HoursTable)] == [[["07:00", "14:00"]]]
    trail = text_of(secretariat.get("/administrasi/jejak"))
    assert "from 1 December 2026 on: Monday – Saturday 08:00 – 14:00, Sunday no work" in trail
    assert "(Monday – Saturday 08:00 – 14:00, Sunday no work) to those from 1 December 2026 on: Monday 07:00" in trail


def test_hours_that_somebody_corrected_meanwhile_are_shown_beside_what_was_typed(core: Core, secretariat: Browser):
    secretariat.post(f"{HOURS}/baru", TABLE)
    page = f"{HOURS}/{rows(core, HoursTable)[0].id}"
    shown = seen(secretariat, page)
    secretariat.post(page, TABLE | {"monday_opening": "07:00"} | shown)
    second = secretariat.post(page, TABLE | {"friday_closing": "11:00"} | shown)
    assert second.status_code == 409
    assert "<li>Monday: now 07:00 – 14:00, yours 08:00 – 14:00</li>" in text_of(second)
    assert 'name="friday_closing" value="11:00"' in text_of(second)
    kept_once_more = dict(HIDDEN.findall(text_of(second)))
    secretariat.post(page, TABLE | {"friday_closing": "11:00"} | {"seen": kept_once_more["seen"]})
    assert [(row.week[0], row.week[4]) for row in rows(core, HoursTable)] == [
        ([["08:00", "14:00"]], [["08:00", "11:00"]])
    ]


def test_hours_that_somebody_took_out_meanwhile_can_be_entered_anew(core: Core, secretariat: Browser):
    secretariat.post(f"{HOURS}/baru", TABLE)
    page = f"{HOURS}/{rows(core, HoursTable)[0].id}"
    shown = seen(secretariat, page)
    secretariat.post(f"{page}/hapus")
    answer = secretariat.post(page, TABLE | {"monday_opening": "07:00"} | shown)
    assert answer.status_code == 409
    assert f'action="{HOURS}/baru"' in text_of(answer)
    assert 'name="monday_opening" value="07:00"' in text_of(answer)


def test_the_day_of_a_unit_that_was_corrected_meanwhile_is_not_lost_unseen(core: Core, secretariat: Browser):
    day = {"unit_id": str(a_unit(core)), "day": "2026-12-05", "is_working": "no", "name": "Nikah massal"}
    secretariat.post(f"{UNIT_DAYS}/baru", day)
    page = f"{UNIT_DAYS}/{rows(core, UnitDay)[0].id}"
    shown = seen(secretariat, page)
    secretariat.post(page, day | {"name": "Rapat"} | shown)
    second = secretariat.post(page, day | {"name": "Apel"} | shown)
    assert second.status_code == 409
    assert "<li>What for: now Rapat, yours Apel</li>" in text_of(second)


def test_hours_that_were_taken_out_come_back_with_one_press(core: Core, secretariat: Browser):
    secretariat.post(f"{HOURS}/baru", TABLE | {"monday_break_from": "12:00", "monday_break_until": "12:30"})
    (table,) = rows(core, HoursTable)
    page = text_of(secretariat.post(f"{HOURS}/{table.id}/hapus", follow_redirects=True))
    assert rows(core, HoursTable) == []
    undo(secretariat, page)
    assert [row.week for row in rows(core, HoursTable)] == [table.week]


def test_a_unit_is_closed_on_a_day_and_open_again_with_one_press(core: Core, secretariat: Browser):
    unit = a_unit(core)
    closed = {"unit_id": str(unit), "day": "2026-12-02", "is_working": "no", "name": "Pindah ruang"}
    page = text_of(secretariat.post(f"{UNIT_DAYS}/baru", closed, follow_redirects=True))
    assert "Pindah ruang" in page
    assert "Unit closed: Pindah ruang" in text_of(secretariat.get(f"{HERE}?tahun=2026&unit={unit}"))
    (day,) = rows(core, UnitDay)
    undone = undo(secretariat, text_of(secretariat.post(f"{UNIT_DAYS}/{day.id}/hapus", follow_redirects=True)))
    assert "Pindah ruang" in text_of(undone)
    assert acts(core)[-3:] == ["calendar.unit_day_kept", "calendar.unit_day_dropped", "calendar.unit_day_kept"]


def test_the_day_of_a_unit_is_corrected(core: Core, secretariat: Browser):
    day = {"unit_id": str(a_unit(core)), "day": "2026-12-05", "is_working": "no", "name": "Nikah massal"}
    secretariat.post(f"{UNIT_DAYS}/baru", day)
    (row,) = rows(core, UnitDay)
    works = {"is_working": "yes", "day_opening": "08:00", "day_closing": "12:00"}
    secretariat.post(f"{UNIT_DAYS}/{row.id}", day | works | seen(secretariat, f"{UNIT_DAYS}/{row.id}"))
    assert [(row.is_working, row.shifts) for row in rows(core, UnitDay)] == [(True, [["08:00", "12:00"]])]


def test_without_unit_or_hours_the_form_comes_back(secretariat: Browser):
    answer = secretariat.post(f"{UNIT_DAYS}/baru", {"day": "2026-12-05", "is_working": "yes", "name": "Nikah massal"})
    assert answer.status_code == 422
    assert "Choose a unit." in text_of(answer)
    assert 'value="Nikah massal"' in text_of(answer)


def test_a_change_that_moves_deadlines_asks_first(core: Core, secretariat: Browser, case):
    with core.work() as work:
        work.session.scalars(select(WorkItem)).first().due_at = MONDAY_MORNING.replace(day=30)
    closed = DAY_OFF | {"first_day": "2026-11-24"}
    page = text_of(secretariat.post(DAYS, closed))
    assert "1 open deadline may move." in page
    assert rows(core, Holiday) == []
    question = page[page.index('action="/organisasi/kalender/hari-libur"') : page.index("Do it")]
    done = secretariat.post(DAYS, dict(HIDDEN.findall(question)) | {"sure": "1"}, follow_redirects=True)
    assert "Open deadlines are being moved" in text_of(done)
    assert [row.name for row in rows(core, Holiday)] == ["Rapat kerja"]


def test_deadlines_are_said_to_move_only_where_one_is_open(secretariat: Browser):
    assert "are being moved" not in text_of(secretariat.post(DAYS, DAY_OFF, follow_redirects=True))
    assert "are being moved" not in text_of(secretariat.post(f"{HOURS}/baru", TABLE, follow_redirects=True))


def test_a_year_beyond_the_calendar_is_told(secretariat: Browser):
    assert "The calendar reaches from 2000 to 2100." in text_of(secretariat.get(f"{HERE}?tahun=99999"))
    assert "The calendar reaches" not in text_of(secretariat.get(f"{HERE}?tahun=2026"))


@pytest.mark.parametrize("who", ["ani", "citra"])
def test_others_see_the_year_and_change_nothing(browser_of: Callable[[str], Browser], who: str):
    browser = browser_of(who)
    year = browser.get(HERE)
    assert (year.status_code, DAYS in text_of(year)) == (200, False)
    assert {browser.get(page).status_code for page in (DAYS, HOURS, UNIT_DAYS)} == {403}
    assert {browser.post(page).status_code for page in (DAYS, f"{HOURS}/baru", f"{UNIT_DAYS}/baru")} == {403}


def test_the_calendar_stands_in_the_organisation(secretariat: Browser):
    assert f'href="{HERE}"' in text_of(secretariat.get("/organisasi"))
