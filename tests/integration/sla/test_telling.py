"""Escalations as people read them."""

from dataclasses import replace

import pytest

from engine.core.lateness import tell_of_escalation
from engine.notifications.queries import notices
from engine.sla.events import WorkEscalated
from engine.sla.model import RungAction
from tests.support.offices import a_work_item


@pytest.fixture
def late(session, instance_id, office, clock):
    """The superior is told of work that Siti has."""
    item_id = a_work_item(session, instance_id, clock.now(), assignee_id=office.siti)
    session.commit()
    return WorkEscalated(
        work_item_id=item_id,
        instance_id=instance_id,
        number="SM-2026-00042",
        case_title="Undangan rapat",
        title="Periksa berkas",
        due_at=clock.now(),
        planned_at=clock.now(),
        is_late=True,
        action=RungAction.TELL_SUPERIOR,
        told_ids=frozenset({office.budi}),
        holder_names=("Siti",),
    )


@pytest.fixture
def titles_for(session, settings):
    def read(employee_id):
        return [notice.title(settings.zone, "en") for notice in notices(session, employee_id).items]

    return read


@pytest.mark.parametrize(
    ("action", "is_late", "title"),
    [
        (RungAction.REMIND_HOLDER, False, "Due soon: Periksa berkas"),
        (RungAction.REMIND_HOLDER, True, "Late: Periksa berkas"),
        (RungAction.TELL_SUPERIOR, False, "Due soon in your section: Periksa berkas"),
        (RungAction.TELL_SUPERIOR, True, "Late in your section: Periksa berkas"),
        (RungAction.TELL_HEAD, True, "Late in your section: Periksa berkas"),
        (RungAction.OFFER_TO_POOL, True, "Who can take this? Periksa berkas"),
        (RungAction.REASSIGN_TO_SUPERIOR, True, "Now yours, for nobody answered in time: Periksa berkas"),
    ],
)
def test_each_rung_has_its_words(work, late, titles_for, office, action, is_late, title):
    with work() as w:
        tell_of_escalation(w, replace(late, action=action, is_late=is_late))
    assert titles_for(office.budi) == [title]


def test_the_superior_reads_for_whom_it_waits(work, session, late, office, settings):
    with work() as w:
        tell_of_escalation(w, replace(late, holder_names=("Ani", "Budi", "Citra", "Dewi")))
    (notice,) = notices(session, office.budi).items
    assert notice.body(settings.zone, "en").endswith("It waits for: Ani, Budi, Citra, ….")


def test_whoever_had_it_reads_who_has_it_now(work, session, late, office, settings):
    with work() as w:
        tell_of_escalation(w, replace(late, action=RungAction.REASSIGN_TO_SUPERIOR, from_id=office.siti))
    (notice,) = notices(session, office.siti).items
    assert notice.title(settings.zone, "en") == "Not with you any more: Periksa berkas"


def test_an_escalation_is_told_once(work, late, titles_for, office):
    for _ in range(2):
        with work() as w:
            tell_of_escalation(w, late)
    assert len(titles_for(office.budi)) == 1
