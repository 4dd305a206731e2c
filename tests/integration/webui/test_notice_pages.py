"""Pages of notices: my own choice, and what administrators keep: deliveries, channels, quiet hours, words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine.access.secret_keys import unsealed
from engine.base.destinations import Destination
from engine.base.settings import Settings
from engine.core.core import Core
from engine.jobs.model import Job
from engine.notifications.channels import PURPOSE
from engine.notifications.deliveries import NewDelivery, plan
from engine.notifications.dispatch import DIGEST_JOB
from engine.notifications.model import (
    Channel,
    ChannelTarget,
    Delivery,
    MailMode,
    NoticePreference,
    NoticeWording,
    QuietHours,
)
from engine.notifications.operations import notify
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person
from tests.support.web_server import Neighbour, web_server

BrowserOf = Callable[[str], Browser]
FACTS = {"number": "SM-2026-00042", "case": "Undangan", "title": "Periksa"}
REFRESH = 'http-equiv="refresh"'
TELEGRAM = "tgram://123456789:AAE-very-secret/{target}"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def gateway() -> Iterator[Neighbour]:
    with web_server() as neighbour:
        yield neighbour


@pytest.fixture
def settings(settings: Settings, gateway: Neighbour) -> Settings:
    destination = Destination(name="gateway", url=gateway.url, secret="a secret of the gateway")
    return replace(settings, channels=frozenset({"telegram", "webhook"}), webhooks={"gateway": destination})


@pytest.fixture
def ani(browser_of: BrowserOf) -> Browser:
    return browser_of("ani")


@pytest.fixture
def fani(browser_of: BrowserOf) -> Browser:
    return browser_of("fani")


@pytest.fixture
def channel(fani: Browser, core: Core) -> int:
    """A webhook that is on."""
    fani.post("/administrasi/saluran", {"name": "Gateway", "kind": "webhook", "address": "gateway"})
    channel_id: int = one(core, Channel.id)
    fani.post(f"/administrasi/saluran/{channel_id}/nyalakan")
    return channel_id


def one(core: Core, *wanted):
    with core.read() as reading:
        return reading.session.execute(select(*wanted)).one()[0]


def tell_ani(core: Core, key: str = "work.arrived:1") -> None:
    with core.work() as work:
        notify(work, [person(core, "ani").employee_id], "work.arrived", key, FACTS)


def test_a_daily_mail_is_planned_for_her_hour(ani, core):
    ani.get("/akun/pemberitahuan")
    ani.post("/akun/pemberitahuan", {"mail": "digest", "digest_at": "09:15", "leaving": ["work", "talk"]})
    with core.read() as reading:
        preference = reading.session.scalars(select(NoticePreference)).one()
        due = reading.session.scalars(select(Job.due_at).where(Job.kind == DIGEST_JOB)).one()
    assert (preference.mail, preference.digest_minute) == (MailMode.DIGEST, 555)
    assert preference.muted == ["cases", "deadlines", "faults", "office"]
    assert due == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def test_a_choice_without_an_hour_comes_back_with_what_was_chosen(ani):
    answer = ani.post("/akun/pemberitahuan", {"mail": "digest", "digest_at": "pagi", "leaving": ["talk"]})
    assert answer.status_code == 422
    assert "Give the time of day as in 07:30." in text_of(answer)
    assert 'value="talk" checked' in text_of(answer)
    assert 'value="pagi"' in text_of(answer)


def test_a_message_goes_to_the_target_that_she_gave_and_says_little(ani, core, channel, gateway):
    ani.post("/akun/pemberitahuan", {"mail": "never", f"target-{channel}": "ani.lestari", "leaving": ["work"]})
    tell_ani(core)
    core.run_due_jobs()
    (visit,) = gateway.visits
    assert visit.said == {
        "target": "ani.lestari",
        "title": "New task: Periksa",
        "number": "SM-2026-00042",
        "link": f"{core.settings.public_url}/pemberitahuan/1",
    }
    assert visit.headers["x-tatakerja-idempotency-key"] == "delivery-1"


def test_what_she_withdraws_is_gone(ani, core, channel, gateway):
    for target in ("ani.lestari", ""):
        ani.post("/akun/pemberitahuan", {"mail": "never", f"target-{channel}": target, "leaving": ["work"]})
    tell_ani(core)
    core.run_due_jobs()
    with core.read() as reading:
        assert reading.session.scalars(select(ChannelTarget)).all() == []
    assert gateway.visits == []


def test_a_target_that_is_none_is_refused_beside_its_field(ani, channel):
    answer = ani.post("/akun/pemberitahuan", {"mail": "never", f"target-{channel}": "a/b"})
    assert answer.status_code == 422
    assert f'id="target-{channel}-error"' in text_of(answer)


def test_all_that_is_wrong_with_a_choice_is_told_at_once(ani, channel):
    answer = ani.post("/akun/pemberitahuan", {"mail": "digest", "digest_at": "pagi", f"target-{channel}": "a/b"})
    assert re.findall(r'<li><a href="#([^"]+)">', text_of(answer)) == ["digest_at", f"target-{channel}"]


def test_a_channel_is_off_until_it_is_switched_on_and_tried_by_a_test(fani, core, gateway):
    fani.post("/administrasi/saluran", {"name": "Gateway", "kind": "webhook", "address": "gateway"})
    channel_id = one(core, Channel.id)
    fani.post(f"/administrasi/saluran/{channel_id}/uji", {"target": "fani.rahma"})
    assert REFRESH in text_of(fani.get(f"/administrasi/pengiriman?jalan={channel_id}"))
    core.run_due_jobs()
    assert one(core, Channel.is_on) is False
    assert gateway.visits[0].said["title"] == "A test message of TataKerja"
    told = text_of(fani.get(f"/administrasi/pengiriman?jalan={channel_id}"))
    assert ("Sent" in told, REFRESH in told) == (True, False)


def test_the_page_of_a_webhook_says_what_its_program_gets(fani, channel):
    page = text_of(fani.get(f"/administrasi/saluran/{channel}"))
    assert "&#34;number&#34;: &#34;SM-2026-00042&#34;" in page
    assert "X-TataKerja-Signature" in page


def test_what_a_server_answers_decides_what_becomes_of_it(ani, core, channel, gateway, fani):
    gateway.status = 403
    ani.post("/akun/pemberitahuan", {"mail": "never", f"target-{channel}": "ani", "leaving": ["work"]})
    tell_ani(core)
    core.run_due_jobs()
    assert one(core, Delivery.state) == "dead"
    assert "403" in text_of(fani.get("/administrasi/pengiriman?keadaan=dead"))
    assert "Deliveries to decide about" in text_of(fani.get("/administrasi"))


def test_an_address_is_kept_sealed_and_shown_masked(fani, core, settings):
    answer = fani.post(
        "/administrasi/saluran", {"name": "Telegram", "kind": "telegram", "address": TELEGRAM}, follow_redirects=True
    )
    sealed = one(core, Channel.sealed_address)
    assert "very-secret" not in sealed + text_of(answer) + text_of(fani.get("/administrasi/saluran"))
    assert "tgram://123…{target}" in text_of(answer)
    assert unsealed(sealed, settings.secret_key, PURPOSE) == TELEGRAM


@pytest.mark.parametrize(
    ("kind", "address", "said"),
    [
        ("telegram", "file:///etc/passwd", "begins with tgram://"),
        ("webhook", "http://127.0.0.1/", "names no destination"),
        ("ntfy", "ntfys://ntfy.sh/{target}", "not allowed here"),
    ],
)
def test_an_address_that_a_channel_must_not_have_is_refused(fani, kind, address, said):
    answer = fani.post("/administrasi/saluran", {"name": "Saluran", "kind": kind, "address": address})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_channel_is_deleted_after_a_yes(fani, core, channel):
    assert "Delete the channel Gateway?" in text_of(fani.get(f"/administrasi/saluran/{channel}/hapus"))
    fani.post(f"/administrasi/saluran/{channel}/hapus")
    with core.read() as reading:
        assert reading.session.scalars(select(Channel)).all() == []


def test_quiet_hours_are_kept_and_ended(fani, core):
    fani.post("/administrasi/saluran/jam-tenang", {"quiet_from": "20:00", "quiet_until": "06:00"})
    assert one(core, QuietHours.until_minute) == 360
    fani.post("/administrasi/saluran/jam-tenang/hapus")
    assert "None: mail and messages leave at any time." in text_of(fani.get("/administrasi/saluran"))


def test_a_delivery_says_that_it_waits_for_the_end_of_the_quiet_hours(fani, core):
    fani.post("/administrasi/saluran/jam-tenang", {"quiet_from": "06:00", "quiet_until": "17:00"})
    with core.work() as work:
        plan(work, [NewDelivery(key="a", employee_id=person(core, "ani").employee_id, way="mail", notice_ids=())])
    assert "waits for the end of the quiet hours, 17:00" in text_of(fani.get("/administrasi/pengiriman"))


def test_the_states_of_deliveries_are_counted_by_the_way_that_was_chosen(fani, core, channel):
    with core.work() as work:
        of_ani = {"employee_id": person(core, "ani").employee_id, "notice_ids": ()}
        plan(work, [NewDelivery(key=f"{way}:a", way=way, **of_ani) for way in ("mail", "digest", str(channel))])
    page = text_of(fani.get(f"/administrasi/pengiriman?jalan={channel}"))
    assert re.findall(r'class="count[^"]*">(\d+)<', page)[0] == "1"


def test_quiet_hours_leave_an_hour_open(fani):
    answer = fani.post("/administrasi/saluran/jam-tenang", {"quiet_from": "00:00", "quiet_until": "23:59"})
    assert answer.status_code == 422
    assert "At least one hour of the day must stay open." in text_of(answer)


def test_quiet_hours_without_an_end_are_refused(fani):
    answer = fani.post("/administrasi/saluran/jam-tenang", {"quiet_from": "20:00", "quiet_until": "20:00"})
    assert answer.status_code == 422
    assert "another moment as their end" in text_of(answer)


def test_the_office_s_own_words_are_read_in_the_application(fani, ani, core):
    tell_ani(core)
    page = "/administrasi/kalimat/work.arrived/en"
    fani.post(page, {"title": "Please do: {title} <b>", "body": "Case {number}", "act": "keep"})
    assert "Please do: Periksa &lt;b&gt;" in text_of(ani.get("/pemberitahuan"))
    fani.post(f"{page}/kembali")
    assert "New task: Periksa" in text_of(ani.get("/pemberitahuan"))


def test_words_are_seen_with_examples_before_they_count(fani, core):
    typed = {"title": "Please do: {title}", "body": "Case {number}", "act": "look"}
    answer = text_of(fani.post("/administrasi/kalimat/work.arrived/en", typed))
    assert "Please do: Check the documents" in answer
    with core.read() as reading:
        assert reading.session.scalars(select(NoticeWording)).all() == []


def test_an_unknown_place_is_refused_and_what_was_typed_comes_back(fani):
    typed = {"title": "Tugas {judul}", "body": "Case {number}", "act": "keep"}
    answer = fani.post("/administrasi/kalimat/work.arrived/en", typed)
    assert answer.status_code == 422
    assert "{judul} is no place of this notice" in text_of(answer)
    assert 'value="Tugas {judul}"' in text_of(answer)


@pytest.mark.parametrize("act", ["look", "keep"])
def test_a_kind_that_nobody_knows_is_no_page(fani, act):
    answer = fani.post("/administrasi/kalimat/nothing.known/en", {"title": "x", "body": "x", "act": act})
    assert answer.status_code == 404


def test_unread_notices_are_shown_alone(ani, core):
    tell_ani(core)
    tell_ani(core, "work.arrived:2")
    ani.post("/pemberitahuan/1/dibaca")
    page = text_of(ani.get("/pemberitahuan?tampilan=belum-dibaca"))
    assert ('id="notice-2"' in page, 'id="notice-1"' in page) == (True, False)
