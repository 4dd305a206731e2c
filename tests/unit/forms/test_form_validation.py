import pytest

from engine.forms.validation import SHOWN, answers_from_fields, draft_from_fields, validate
from tests.unit.forms.building import YES_OR_NO, codes_of, form_of, question

HIDDEN_UNLESS_RETURNED = {"hide": '= keputusan != "kembali"'}
DECISION = question("radio", "keputusan", values=YES_OR_NO)
REASON = question("textarea", "alasan", conditional=HIDDEN_UNLESS_RETURNED, validate={"required": True})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("1.500", 1500),
        ("1.500.000,50", 1500000.5),
        ("1500,5", 1500.5),
        ("1.5", 1.5),
        (" -3 ", -3),
        ("Rp", "Rp"),
    ],
)
def test_numbers_are_read_as_indonesians_write_them(typed, number):
    form = form_of(question("number", "biaya"))
    assert answers_from_fields(form, {"biaya": [typed]}) == {"biaya": number}


@pytest.mark.parametrize("typed", ["2026-11-21", "21/11/2026", "21-11-2026"])
def test_days_are_kept_in_one_form(typed):
    assert validate(form_of(question("datetime", "tgl", subtype="date")), {"tgl": typed}, {}) == {"tgl": "2026-11-21"}


def test_times_and_moments_are_kept_in_one_form():
    form = form_of(question("datetime", "jam", subtype="time"), question("datetime", "saat", subtype="datetime"))
    kept = validate(form, {"jam": "9.05", "saat": "21/11/2026 14:30"}, {})
    assert kept == {"jam": "09:05", "saat": "2026-11-21T14:30"}


@pytest.mark.parametrize(
    ("component", "value", "code"),
    [
        (question(), 3, "form.wrong_kind"),
        (question(), ["x"], "form.wrong_kind"),
        (question("textarea"), {"a": 1}, "form.wrong_kind"),
        (question("number"), "dua", "form.not_number"),
        (question("number"), True, "form.wrong_kind"),
        (question("number"), float("nan"), "form.wrong_kind"),
        (question("number"), 10**400, "form.number_too_large"),
        (question("number", validate={"min": 5}), 4, "form.too_small"),
        (question("number", validate={"max": 5}), 6, "form.too_large"),
        (question("number", decimalDigits=0), 1.5, "form.not_whole"),
        (question("number", decimalDigits=2), 1.555, "form.too_precise"),
        (question("checkbox"), "ya", "form.wrong_kind"),
        (question("checkbox", validate={"required": True}), False, "form.not_ticked"),
        (question("radio", values=YES_OR_NO), "lain", "form.not_option"),
        (question("select", values=YES_OR_NO), 1, "form.wrong_kind"),
        (question("checklist", values=YES_OR_NO), "setuju", "form.wrong_kind"),
        (question("checklist", values=YES_OR_NO), ["lain"], "form.not_option"),
        (question("taglist", values=YES_OR_NO, validate={"required": True}), [], "form.not_chosen"),
        (question("datetime", subtype="date"), "31/02/2026", "form.not_day"),
        (question("datetime", subtype="date"), 20261121, "form.wrong_kind"),
        (question("datetime", subtype="time"), "25:00", "form.not_time"),
        (question("datetime", subtype="datetime"), "besok", "form.not_moment"),
        (question("datetime", subtype="date"), "9999-12-31", "form.far"),
        (question("datetime", subtype="datetime"), "9999-12-31T23:59", "form.far"),
        (question(validate={"required": True}), "  ", "form.required"),
        (question(validate={"minLength": 3}), "ab", "form.too_short"),
        (question(validate={"maxLength": 3}), "abcd", "form.too_long"),
        (question(), "x" * 1001, "form.too_long"),
        (question(), "a\x00b", "form.unstorable"),
        (question(), "a\ud800b", "form.unstorable"),
        (question(validate={"validationType": "email"}), "siti@", "form.not_email"),
        (question(validate={"validationType": "phone"}), "abc", "form.not_phone"),
        (question(validate={"pattern": "^[0-9]{18}$"}), "123", "form.not_pattern"),
    ],
)
def test_a_wrong_answer_is_named(component, value, code):
    assert codes_of(form_of(component), {"hal": value}) == [("hal", code)]


def test_all_problems_are_told_at_once():
    form = form_of(question(key="a", validate={"required": True}), question("number", "b"))
    assert codes_of(form, {"b": "x", "c": 1}) == [
        ("c", "form.unknown_question"),
        ("a", "form.required"),
        ("b", "form.not_number"),
    ]


def test_every_question_that_applies_has_an_entry():
    form = form_of(question(), question("checkbox", "setuju"), question("checklist", "isi", values=YES_OR_NO))
    assert validate(form, {}, {}) == {"hal": None, "setuju": False, "isi": []}


def test_a_hidden_question_is_neither_required_nor_kept():
    assert validate(form_of(DECISION, REASON), {"keputusan": "setuju", "alasan": "x"}, {}) == {"keputusan": "setuju"}


def test_a_shown_question_is_required():
    assert codes_of(form_of(DECISION, REASON), {"keputusan": "kembali"}) == [("alasan", "form.required")]


def test_what_hangs_on_a_hidden_question_is_hidden_with_it():
    detail = question(key="rincian", conditional={"hide": "= alasan = null"}, validate={"required": True})
    assert codes_of(form_of(DECISION, REASON, detail), {"keputusan": "setuju", "alasan": "x"}) == []


def test_a_condition_on_the_cases_data_counts():
    form = form_of(question(conditional={"hide": '= jenis = "biasa"'}, validate={"required": True}))
    assert codes_of(form, {}, {"jenis": "biasa"}) == []
    assert codes_of(form, {}, {"jenis": "rahasia"}) == [("hal", "form.required")]


def test_a_condition_that_cannot_be_worked_out_hides_nothing():
    assert codes_of(form_of(question(conditional={"hide": "= hari > 3"}, validate={"required": True})), {}) == [
        ("hal", "form.required")
    ]


def test_a_question_that_applies_only_now_is_asked_once_more():
    optional = question("textarea", "catatan", conditional=HIDDEN_UNLESS_RETURNED)
    form = form_of(DECISION, optional)
    answers = answers_from_fields(form, {"keputusan": ["kembali"], SHOWN: ["keputusan"]})
    assert codes_of(form, answers) == [("catatan", "form.applies_now")]


def test_a_fixed_question_keeps_what_the_case_holds():
    form = form_of(question(readonly=True))
    assert validate(form, {"hal": "diubah"}, {"hal": "asli"}) == {"hal": "asli"}


def test_options_can_come_from_the_case():
    form = form_of({"type": "select", "key": "pelaksana", "label": "Pelaksana", "valuesKey": "calon"})
    data = {"calon": [{"label": "Siti", "value": "1"}, "Budi"]}
    assert validate(form, {"pelaksana": "Budi"}, data) == {"pelaksana": "Budi"}
    assert codes_of(form, {"pelaksana": "Tono"}, data) == [("pelaksana", "form.not_option")]


def test_the_pages_own_fields_are_left_out():
    assert answers_from_fields(form_of(question()), {"csrf_token": ["x"], "hal": ["Undangan"]}) == {"hal": "Undangan"}


def test_a_draft_loses_nothing_that_was_typed():
    form = form_of(
        question("number", "hari"), question("datetime", "tgl"), question(key="hal", validate={"maxLength": 3})
    )
    typed = {"hari": ["dua"], "tgl": ["besok"], "hal": ["Undangan rapat"]}
    assert draft_from_fields(form, typed) == {"hari": "dua", "tgl": "besok", "hal": "Undangan rapat"}


def test_a_draft_is_bounded():
    assert len(draft_from_fields(form_of(question()), {"hal": ["x" * 1_000_000]})["hal"]) == 40_000


def test_a_problem_speaks_of_the_questions_label():
    form = form_of(question(validate={"required": True}))
    with pytest.raises(Exception, match="check what you have filled in") as refusal:
        validate(form, {}, {})
    assert refusal.value.fields[0].text("en") == "Hal must be filled in."
