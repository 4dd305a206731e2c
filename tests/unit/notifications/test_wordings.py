from zoneinfo import ZoneInfo

import pytest

from engine.notifications import texts, wordings
from engine.notifications.texts import NoticeText
from engine.notifications.wordings import BadWording, checked, example_facts, places_of, places_of_title, program_words

JAKARTA = ZoneInfo("Asia/Jakarta")
FACTS = {"number": "SM-1", "case": "Undangan", "title": "Periksa", "due_at": "2026-11-23T07:30:00+00:00"}
OWN = {("sla.overdue", "id"): NoticeText(title="Telat: {title}", body="Berkas {number} jatuh {due_at}.")}


def refusals(kind, title, body="Isi"):
    with pytest.raises(BadWording) as refusal:
        checked(kind, title, body)
    return {(field.name, field.code) for field in refusal.value.fields}


def test_the_office_s_own_words_are_filled_in():
    assert wordings.title(OWN, "sla.overdue", FACTS, JAKARTA, "id") == "Telat: Periksa"
    assert "Senin, 23 November 2026" in wordings.body(OWN, "sla.overdue", FACTS, JAKARTA, "id")


def test_without_own_words_the_program_s_hold():
    assert wordings.title(OWN, "sla.overdue", FACTS, JAKARTA, "en") == texts.title("sla.overdue", FACTS, JAKARTA, "en")


def test_a_fact_that_an_older_notice_lacks_is_a_dash():
    assert wordings.filled("{number} {to}", FACTS, JAKARTA, "id") == "SM-1 –"


@pytest.mark.parametrize("kind", texts.TEXTS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_program_s_own_words_could_have_been_typed(kind, language):
    words = program_words(kind, language)
    assert checked(kind, words.title, words.body) == words


@pytest.mark.parametrize("kind", texts.TEXTS)
def test_every_place_has_an_example(kind):
    said = wordings.filled(program_words(kind, "en").body, example_facts(kind, "en"), JAKARTA, "en")
    assert "{" not in said
    assert "–" not in said


def test_an_unknown_place_is_refused_with_those_that_are_known():
    with pytest.raises(BadWording) as refusal:
        checked("work.arrived", "Tugas {judul}", "Isi")
    (problem,) = refusal.value.fields
    assert problem.text("en") == "{judul} is no place of this notice. It knows: {title}, {number}."


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("", ("title", "empty")),
        ("x" * 201, ("title", "too_long")),
        ("Tugas {title", ("title", "lone_brace")),
        ("Tugas }{", ("title", "lone_brace")),
        ("Tugas {{title}}", ("title", "lone_brace")),
        ("Tugas {}", ("title", "unknown_place")),
        ("Tugas {title.__class__}", ("title", "unknown_place")),
    ],
)
def test_words_that_cannot_be_filled_are_refused(title, problem):
    assert problem in refusals("work.arrived", title)


def test_a_title_names_no_people_for_it_leaves_the_house():
    assert refusals("work.handed_over", "Dari {by}: {title}") == {("title", "unknown_place")}
    assert "by" in places_of("work.handed_over")
    assert "by" not in places_of_title("work.handed_over")


def test_percent_signs_and_markup_are_ordinary_text():
    text = checked("work.arrived", "100% %(title)s <b>{title}</b>", "Isi")
    assert wordings.filled(text.title, FACTS, JAKARTA, "id") == "100% %(title)s <b>Periksa</b>"
