import pytest
from sqlalchemy import select

from engine.base.actor import Actor
from engine.base.paging import BadCursor, to_cursor
from engine.jobs.model import Job
from engine.notifications.operations import NoticeNotFound, mark_all_read, mark_read, notify
from engine.notifications.queries import find_notice, notices, unread_count, unread_notices
from engine.notifications.texts import UnknownKind


def signed_in(employee_id):
    return Actor(account_id=1, employee_id=employee_id, name="Siti")


def job_keys(session):
    return sorted(session.scalars(select(Job.key)))


def test_each_is_told(tell, session, office):
    tell(office.siti, office.rina)
    assert [unread_count(session, who) for who in (office.siti, office.rina, office.budi)] == [1, 1, 0]


def test_one_event_is_told_once(tell, session, office):
    tell(office.siti)
    assert len(tell(office.siti, office.rina, office.rina)) == 1
    assert [unread_count(session, who) for who in (office.siti, office.rina)] == [1, 1]


def test_telling_nobody_is_no_fault(tell):
    assert tell() == []


def test_a_notice_says_its_text(tell, session, office, settings):
    tell(office.siti)
    (notice,) = notices(session, office.siti).items
    assert notice.title(settings.zone, "en") == "New task: Periksa berkas"
    assert notice.body(settings.zone, "en") == "Case SM-2026-00042, Undangan rapat Budi, waits for you."


def test_an_unknown_kind_is_not_written(work, office):
    with pytest.raises(UnknownKind), work() as w:
        notify(w, [office.siti], "nothing.known", "nothing:1", {})


def test_notices_are_listed_page_by_page_newest_first(tell, session, office):
    ids = [tell(office.siti, key=f"work.arrived:{n}")[0] for n in range(3)]
    first = notices(session, office.siti, size=2)
    second = notices(session, office.siti, first.next_cursor, size=2)
    assert [notice.notice_id for notice in (*first.items, *second.items)] == list(reversed(ids))


@pytest.mark.parametrize("key", ["1; DROP TABLE notice", -1, 2**80, None, [1]])
def test_a_forged_place_in_the_list_is_refused(session, office, key):
    with pytest.raises(BadCursor):
        notices(session, office.siti, to_cursor([key]))


def test_a_read_notice_does_not_count(tell, work, session, office):
    (notice_id,) = tell(office.siti)
    with work(signed_in(office.siti)) as w:
        mark_read(w, notice_id)
    assert unread_count(session, office.siti) == 0


def test_all_are_read_at_once(tell, work, session, office):
    tell(office.siti)
    tell(office.siti, key="work.arrived:2")
    with work(signed_in(office.siti)) as w:
        mark_all_read(w)
    assert unread_count(session, office.siti) == 0


def test_nobody_reads_the_notice_of_another(tell, work, office):
    (notice_id,) = tell(office.siti)
    with pytest.raises(NoticeNotFound), work(signed_in(office.rina)) as w:
        mark_read(w, notice_id)


def test_nothing_is_planned_while_no_way_leads_out(tell, session, office):
    tell(office.siti)
    assert job_keys(session) == []


def test_unread_notices_are_listed_alone(tell, work, session, office):
    first, second = (tell(office.siti, key=f"work.arrived:{n}")[0] for n in range(2))
    with work(signed_in(office.siti)) as w:
        mark_read(w, first)
    assert [notice.notice_id for notice in unread_notices(session, office.siti).items] == [second]


def test_a_notice_is_found_by_its_reader_only(tell, session, office):
    (notice_id,) = tell(office.siti)
    assert find_notice(session, office.siti, notice_id).notice_id == notice_id
    assert find_notice(session, office.rina, notice_id) is None
    assert find_notice(session, None, notice_id) is None
