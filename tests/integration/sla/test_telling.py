"""Reminder and lateness as people read them."""

from dataclasses import replace

import pytest

from engine.core.lateness import tell_of_lateness, tell_of_risk
from engine.notifications.queries import notices
from engine.sla.events import WorkAtRisk, WorkBecameLate
from tests.support.offices import a_work_item


@pytest.fixture
def lateness(session, instance_id, office, clock):
    item_id = a_work_item(session, instance_id, clock.now(), assignee_id=office.siti)
    session.commit()
    return WorkBecameLate(
        work_item_id=item_id,
        instance_id=instance_id,
        title="Periksa berkas",
        due_at=clock.now(),
        holder_ids=frozenset({office.siti}),
        holder_names=("Siti",),
        superior_ids=frozenset({office.budi}),
    )


@pytest.fixture
def titles_for(session, settings):
    def read(employee_id):
        return [notice.title(settings.zone, "en") for notice in notices(session, employee_id).items]

    return read


def test_the_holder_reads_what_is_due_soon(work, lateness, titles_for, office):
    risk = WorkAtRisk(
        work_item_id=lateness.work_item_id,
        instance_id=lateness.instance_id,
        title=lateness.title,
        due_at=lateness.due_at,
        holder_ids=lateness.holder_ids,
    )
    with work() as w:
        tell_of_risk(w, risk)
    assert titles_for(office.siti) == ["Due soon: Periksa berkas"]


def test_the_superior_reads_what_is_late_below(work, lateness, titles_for, office):
    with work() as w:
        tell_of_lateness(w, lateness)
    assert titles_for(office.siti) == ["Late: Periksa berkas"]
    assert titles_for(office.budi) == ["Late in your section: Periksa berkas"]


def test_the_superior_reads_for_whom_it_waits(work, session, lateness, office, settings):
    many = replace(lateness, holder_names=("Ani", "Budi", "Citra", "Dewi"))
    with work() as w:
        tell_of_lateness(w, many)
    (notice,) = notices(session, office.budi).items
    assert notice.body(settings.zone, "en").endswith("It waits for: Ani, Budi, Citra, ….")


def test_lateness_is_told_once(work, lateness, titles_for, office):
    for _ in range(2):
        with work() as w:
            tell_of_lateness(w, lateness)
    assert len(titles_for(office.budi)) == 1
