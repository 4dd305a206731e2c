from zoneinfo import ZoneInfo

import pytest

from engine.notifications import texts
from engine.notifications.wordings import IN_HOUSE, PLACES, places_of

JAKARTA = ZoneInfo("Asia/Jakarta")
FACTS = {
    **{place: example for place, (_what, example) in PLACES.items()},
    "number": "SM-2026-00042",
    "case": "Undangan rapat",
    "title": "Periksa berkas",
    "due_at": "2026-11-23T07:30:00+00:00",
    "holders": "Siti Aminah",
    "element": "Activity_1",
    "message": "Nilai tidak ada",
    "text": "Surat Anda 100% siap",
    "by": "Laksmi",
    "to": "Bagas",
    "name": "Siti Aminah",
    "filename": "pegawai.xlsx",
    "position": "Arsiparis",
    "reason": "Nomor surat keliru",
    "until_at": "2026-11-30T16:59:00+00:00",
    "was_at": "2026-11-23T07:30:00+00:00",
    "starts_at": "2026-11-23T01:00:00+00:00",
    "ends_at": "2026-11-30T16:59:00+00:00",
    "from": "Dananjaya",
}


@pytest.mark.parametrize("kind", texts.TEXTS)
def test_every_kind_says_its_facts(kind):
    texts.check(kind, FACTS)
    said = texts.title(kind, FACTS, JAKARTA, "en") + texts.body(kind, FACTS, JAKARTA, "en")
    assert "%(" not in said


@pytest.mark.parametrize("kind", texts.TEXTS)
def test_every_place_is_explained_to_whoever_writes_other_words(kind):
    assert set(places_of(kind)) <= set(PLACES)


@pytest.mark.parametrize("kind", texts.TEXTS)
def test_what_may_leave_by_mail_names_no_person(kind):
    assert not IN_HOUSE & {name for name in FACTS if f"%({name})s" in texts.TEXTS[kind].title}


def test_moments_are_said_by_the_office_s_clock():
    assert "Monday, 23 November 2026 at 14:30 WIB" in texts.body("sla.overdue", FACTS, JAKARTA, "en")


def test_what_people_wrote_is_not_taken_for_a_place():
    assert texts.body("service.notify", FACTS, JAKARTA, "en") == "Surat Anda 100% siap"


def test_an_unknown_kind_is_found_when_written():
    with pytest.raises(texts.UnknownKind):
        texts.check("nothing.known", FACTS)


def test_a_missing_fact_is_found_when_written():
    with pytest.raises(KeyError):
        texts.check("work.arrived", {"number": "SM-2026-00042"})
