"""The board: every number leads to a list with exactly that many, whoever looks, and however much is behind it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.insight.figures import make_missing
from engine.insight.nightly import DAYS_AT_ONCE
from engine.organisation.model import Employee, Unit
from engine.worklist.model import WorkItem, WorkItemState
from tests.integration.insight.histories import History, a_history
from tests.integration.webui.conftest import Browser, text_of
from tests.support.statements import asked
from webui.pages import board_lists

BrowserOf = Callable[[str], Browser]

COUNTED = re.compile(
    r'<a class="figure[^"]*" href="(?P<figure>[^"]+)">\s*<span class="figure-count">(?P<many>[\d,.]+)<'
    r'|<a class="number[^"]*" href="(?P<cell>[^"]+)">(?P<few>[\d,.]+)</a>'
)
NEXT = re.compile(r'href="([^"]+)" rel="next"')
PERIOD = "periode=rentang&dari=2026-10-20&sampai=2026-11-23"
VIEWS = [
    f"/pemantauan?{PERIOD}",
    *(f"/pemantauan/periode?{PERIOD}&menurut={by}" for by in ("unit", "prosedur", "langkah", "pegawai")),
    "/pemantauan/beban?jam=3",
    f"/pemantauan/hambatan?{PERIOD}",
    f"/pemantauan/prosedur/prosedur-1?{PERIOD}",
]
OTHERS = ["/pemantauan/laporan?bulan=2026-11", f"/tugas/angka-saya?{PERIOD}"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The figures themselves are held on both databases beside, in tests/integration/insight."""
    return sqlite_url


@pytest.fixture
def history(core: Core, clock: FrozenClock) -> History:
    """What lies outside Citra's unit, too; half of the days are made, the others counted live."""
    with core.work() as work:
        found = a_history(work.session, clock.now(), seed=11, cases=90)
        unit = work.session.scalars(select(Unit.id).where(Unit.code == "tu")).one()
        people = work.session.scalars(select(Employee.id).where(Employee.name.in_(["Citra Dewanti", "Ani Lestari"])))
        of_hers = list(people)
        for place, item in enumerate(found.items):
            if place % 3 == 0:
                item.unit_id = unit
            if place % 4 == 0 and item.state is WorkItemState.COMPLETED:
                item.closed_by_id = of_hers[place // 4 % 2]
        for case in found.cases[::3]:
            case.unit_id = unit
    with core.work() as work:
        make_missing(work, DAYS_AT_ONCE)
    return found


def numbers(browser: Browser, address: str) -> Iterator[tuple[int, str]]:
    """Each number of a page with the list to which it leads."""
    answer = browser.get(address)
    assert answer.status_code == 200
    for found in COUNTED.finditer(text_of(answer)):
        yield int(re.sub(r"\D", "", found["many"] or found["few"])), unescape(found["figure"] or found["cell"])


def length(browser: Browser, address: str | None) -> int:
    """Of a list with all its pages."""
    lines = 0
    while address:
        page = text_of(browser.get(address))
        lines += page.count('<td class="is-lead">')
        following = NEXT.search(page)
        address = unescape(following[1]) if following else None
    return lines


@pytest.mark.parametrize("who", ["citra", "fani"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_number_leads_to_a_list_with_that_many(browser_of: BrowserOf, history: History, view: str, who: str):
    browser = browser_of(who)
    found = dict.fromkeys(numbers(browser, view))
    assert found
    assert {address: length(browser, address) for _count, address in found} == {
        address: count for count, address in found
    }


def test_ones_own_numbers_lead_to_ones_own_steps(browser_of: BrowserOf, history: History):
    ani = browser_of("ani")
    found = dict.fromkeys(numbers(ani, f"/tugas/angka-saya?{PERIOD}"))
    assert max(count for count, _address in found) > 3
    assert all(length(ani, address) == count for count, address in found)


def test_ones_own_numbers_are_of_all_units_whatever_part_of_the_office_the_address_names(core, browser_of, history):
    citra = browser_of("citra")
    with core.read() as reading:
        unit = reading.session.scalars(select(Unit.id).where(Unit.code == "tu")).one()
    found = dict.fromkeys(numbers(citra, f"/tugas/angka-saya?{PERIOD}&lingkup={unit}"))
    assert max(count for count, _address in found) > 3
    assert all(length(citra, address) == count for count, address in found)
    assert "Subbagian Tata Usaha" not in text_of(citra.get(found.popitem()[0][1])).partition("<table")[0]


def test_a_head_counts_less_than_the_office(browser_of: BrowserOf, history: History):
    of_unit, of_office = (dict(numbers(browser_of(who), VIEWS[1])) for who in ("citra", "fani"))
    assert 0 < max(of_unit) < max(of_office)


def test_nobody_compares_people_elsewhere(browser_of: BrowserOf, history: History):
    by_person = text_of(browser_of("citra").get(VIEWS[4]))
    assert "Ani Lestari" in by_person
    assert "Pegawai 3" not in by_person
    stranger = history.people[3]
    assert browser_of("citra").get(f"/pemantauan/langkah?pegawai={stranger}").status_code == 403
    assert browser_of("fani").get(f"/pemantauan/langkah?pegawai={stranger}").status_code == 200


@pytest.mark.parametrize("address", ["/pemantauan/langkah", "/pemantauan/pengembalian", "/pemantauan/beban"])
def test_lists_of_others_are_not_for_staff(browser_of: BrowserOf, history: History, address: str):
    assert browser_of("ani").get(address).status_code == 403


@pytest.mark.parametrize("view", [*VIEWS, *OTHERS])
def test_a_view_asks_no_more_for_many_cases_than_for_few(core, clock, browser_of, history, view):
    citra = browser_of("citra")
    asked_for = []
    for turn in (1, 2):
        citra.get(view)
        with asked(core.engine) as statements:
            assert citra.get(view).status_code == 200
        asked_for.append(len(statements))
        with core.work() as work:
            items = work.session.scalars(select(WorkItem)).all()
            work.session.add_all([WorkItem(**copied(item, turn)) for item in items])
    assert asked_for[0] == asked_for[1] <= 36


def copied(item: WorkItem, turn: int) -> dict[str, object]:
    facts = {column.key: getattr(item, column.key) for column in WorkItem.__mapper__.column_attrs if column.key != "id"}
    return facts | {"activity_id": item.activity_id + 1000 * turn}


@pytest.mark.parametrize("view", ["sekarang", "periode", "beban", "hambatan", "prosedur/prosedur-1"])
def test_a_view_is_taken_along_as_a_table(browser_of: BrowserOf, history: History, view: str):
    citra = browser_of("citra")
    csv = citra.client.get(f"/pemantauan/{view}.csv?{PERIOD}").get_data().decode("utf-8-sig").splitlines()
    sheet = load_workbook(BytesIO(citra.client.get(f"/pemantauan/{view}.xlsx?{PERIOD}").get_data())).active
    assert sheet.max_row == len(csv) > 1
    assert [cell.value for cell in sheet[1]] == [cell.strip('"') for cell in csv[0].split(";")]


def test_numbers_of_a_table_reckon_under_headings_of_their_own(browser_of: BrowserOf, history: History):
    content = browser_of("citra").client.get(f"/pemantauan/sekarang.xlsx?{PERIOD}").get_data()
    headings, *rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert len(set(headings)) == len(headings)
    assert sum(row[headings.index("Running")] for row in rows) > 0
    assert {(row[-2].date().isoformat(), row[-1].date().isoformat()) for row in rows} == {("2026-10-20", "2026-11-23")}
    assert {row[-3] for row in rows} == {"Subbagian Tata Usaha"}


def test_the_load_taken_along_says_its_moment_instead_of_a_period(browser_of: BrowserOf, history: History):
    answer = browser_of("citra").client.get("/pemantauan/beban.csv")
    assert "beban-2026-11-23-0800.csv" in answer.headers["Content-Disposition"]
    assert "2026-11-23 08:00" in answer.get_data().decode("utf-8-sig")


def test_what_a_cell_holds_is_never_a_formula(core: Core, browser_of: BrowserOf, history: History):
    with core.work() as work:
        for item in work.session.scalars(select(WorkItem)).all():
            item.title = "=1+1"
    csv = browser_of("fani").get("/pemantauan/langkah.csv?keadaan=terbuka").get_data().decode("utf-8-sig")
    assert '"\'=1+1"' in csv


def test_steps_that_wait_for_somebody_outside_are_counted_and_are_not_late(
    core: Core, browser_of: BrowserOf, history: History, clock: FrozenClock
):
    with core.work() as work:
        item = work.session.scalars(select(WorkItem).where(WorkItem.state == WorkItemState.OPEN)).first()
        item.clock_stopped_at, item.due_at = clock.now() - timedelta(hours=3), clock.now() - timedelta(hours=1)
    for view in ("/pemantauan", "/pemantauan/beban"):
        assert re.search(r'href="/pemantauan/langkah\?[^"]*keadaan=berhenti', text_of(browser_of("fani").get(view)))
    steps = text_of(browser_of("fani").get("/pemantauan/langkah?keadaan=berhenti"))
    assert (steps.count("Clock stopped"), steps.count("is-late")) == (1, 0)


def test_a_table_that_cannot_hold_all_is_refused_with_the_remedy(browser_of: BrowserOf, history: History, monkeypatch):
    monkeypatch.setitem(board_lists.MOST_LINES, "xlsx", 5)
    answer = browser_of("fani").get("/pemantauan/langkah.xlsx?keadaan=terbuka")
    assert answer.status_code == 422
    assert "more than 5 steps here, too many for one table" in text_of(answer)


@pytest.mark.parametrize(("who", "part"), [("citra", "Subbagian Tata Usaha"), ("dewi", "Kantor"), ("fani", None)])
def test_a_head_reads_what_part_of_the_office_is_counted(browser_of: BrowserOf, clock: FrozenClock, who, part):
    """Also on the report that she signs; of many units those on top."""
    for view in ("/pemantauan", "/pemantauan/periode", "/pemantauan/beban", "/pemantauan/laporan"):
        named = re.findall(r" · (Subbagian Tata Usaha|Kantor|Seksi Bimas)[<,]", text_of(browser_of(who).get(view)))
        assert named == ([part] if part else [])


def test_the_monthly_report_is_a_pdf(browser_of: BrowserOf, history: History):
    answer = browser_of("citra").client.get("/pemantauan/laporan.pdf?bulan=2026-11")
    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF-")
    name = "laporan-sla-2026-11-subbagian-tata-usaha.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("dari=2026-02-01&sampai=2026-01-01", "lies before the first"),
        ("dari=kemarin&sampai=2026-01-01", "Give the first and the last day"),
        ("dari=2010-01-01&sampai=2026-01-01", "At most two years"),
        ("dari=0001-01-01&sampai=9999-12-31", "lie too far away"),
    ],
)
def test_days_that_make_no_period_are_refused_with_the_remedy(browser_of, history, days, says):
    answer = browser_of("citra").get(f"/pemantauan?periode=rentang&{days}")
    assert answer.status_code == 422
    assert says in text_of(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/berkas?lingkup=99999999999999999999",
        "/berkas?lingkup=papan&hasil=apa&selesai_sampai=9999-12-31&unit=tanpa",
    ],
)
def test_what_an_address_says_without_meaning_is_left_out(browser_of: BrowserOf, history: History, address: str):
    assert browser_of("citra").get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "periode?lingkup=99999",
        "periode?lingkup=x",
        "periode?periode=abad",
        "periode?menurut=cuaca",
        "langkah?keadaan=%00",
        "langkah?keadaan=lama-di-antrean&jam=-5",
        "langkah?unit=99999",
        "langkah?prosedur=tidak-ada",
        "langkah?pegawai=99999999999999",
        "langkah?langkah=%00",
        "laporan?bulan=9999-99",
        "laporan?bulan=2199-01",
    ],
)
def test_what_an_address_asks_and_nobody_knows_is_refused(browser_of: BrowserOf, history: History, address: str):
    assert browser_of("citra").get(f"/pemantauan/{address}").status_code == 404


@pytest.mark.parametrize("hours", ["-5", "99999999999999999999", "lama"])
def test_hours_that_are_none_come_back_with_the_remedy(browser_of: BrowserOf, history: History, hours: str):
    answer = browser_of("citra").get(f"/pemantauan/beban?jam={hours}")
    assert answer.status_code == 422
    assert "Give a number of hours from 1 to 200." in text_of(answer)


def test_an_office_without_work_has_calm_views(browser_of: BrowserOf, clock: FrozenClock):
    clock.advance(timedelta(days=1))
    for view in (*VIEWS[:7], *OTHERS):
        assert browser_of("citra").get(view).status_code == 200
