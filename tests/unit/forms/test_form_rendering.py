from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from engine.base.errors import FieldProblem
from engine.forms.rendering import render
from engine.forms.validation import answers_from_fields, validate
from tests.unit.forms.building import YES_OR_NO, form_of, question

HOSTILE = "\"><script>alert('x')</script>{{7*7}}%(x)s"
EVERYTHING = form_of(
    question(key="hal"),
    question("textarea", "isi"),
    question("number", "biaya"),
    question("checkbox", "setuju"),
    question("checklist", "syarat", values=YES_OR_NO),
    question("taglist", "label", values=YES_OR_NO),
    question("radio", "sifat", values=YES_OR_NO),
    question("select", "pilihan", values=YES_OR_NO),
    question("datetime", "tgl", subtype="date"),
    question("datetime", "jam", subtype="time"),
    question("datetime", "saat", subtype="datetime"),
)
CHOSEN = st.sampled_from([None, "setuju", "kembali"])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip).map(lambda t: t or None)
ANSWERS = st.fixed_dictionaries(
    {
        "hal": TEXTS,
        "isi": st.lists(TEXTS.map(lambda t: t or "."), max_size=3)
        .map("\n".join)
        .map(str.strip)
        .map(lambda t: t or None),
        "biaya": st.none() | st.integers(-(10**14), 10**14) | st.floats(-1e6, 1e6).map(lambda f: round(f, 3)),
        "setuju": st.booleans(),
        "syarat": st.sampled_from([[], ["setuju"], ["setuju", "kembali"]]),
        "label": st.sampled_from([[], ["kembali"]]),
        "sifat": CHOSEN,
        "pilihan": CHOSEN,
        "tgl": st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)).map(str),
        "jam": st.none() | st.times().map(lambda t: f"{t:%H:%M}"),
        "saat": st.sampled_from([None, "2026-11-21T14:30"]),
    }
)


def page(form: Any, values: Mapping[str, Any], **more: Any) -> Any:
    return html.fromstring(f"<form>{render(form, values, **more)}</form>")


def posted(document: Any) -> dict[str, list[str]]:
    """What a browser would send; lxml says "on" for an empty radio value and keeps the text area's first break."""
    fields: dict[str, list[str]] = {}
    for name, value in document.form_values():
        sent = {"isi": value.removeprefix("\n"), "sifat": value.replace("on", "")}.get(name, value)
        fields.setdefault(name, []).append(sent)
    return fields


@settings(max_examples=60, deadline=None)
@given(answers=ANSWERS)
def test_what_the_page_shows_comes_back_as_it_was(answers):
    sent = posted(page(EVERYTHING, answers))
    assert validate(EVERYTHING, answers_from_fields(EVERYTHING, sent), {}) == answers


def test_hostile_text_is_only_text():
    form = form_of(
        {"type": "text", "text": HOSTILE.replace("{{", "")},
        question(label="<b>", description="<i>", values=[], properties={}),
        question("radio", "sifat", values=[{"label": "<u>", "value": '"><x>'}]),
    )
    problem = FieldProblem(name="hal", code="x", message="<s>bad</s>")
    shown = page(form, {"hal": HOSTILE}, problems=[problem])
    assert not shown.xpath("//script | //b | //i | //u | //s | //x")
    assert shown.fields["hal"] == HOSTILE


def test_an_error_stands_beside_its_question_and_is_announced():
    problem = FieldProblem(name="hal", code="form.required", message="%(label)s kosong", params={"label": "Hal"})
    shown = page(form_of(question(description="Isi ringkas")), {}, problems=[problem])
    (line,) = shown.xpath("//input[@name='hal']")
    assert line.get("aria-invalid") == "true"
    assert line.get("aria-describedby") == "field-hal-hint field-hal-error"
    assert shown.xpath("string(//*[@id='field-hal-error'])") == "Hal kosong"


@pytest.mark.parametrize("key", [question.key for question in EVERYTHING.fields])
def test_every_question_has_a_label_for_its_control(key):
    shown = page(EVERYTHING, {})
    control = shown.xpath(f"//*[@id='field-{key}']")[0]
    assert shown.xpath(f"//label[@for='{control.get('id')}']")


def test_options_of_one_question_stand_under_its_legend():
    shown = page(EVERYTHING, {})
    assert shown.xpath("//fieldset[@data-field='syarat']/legend/text()") == ["Syarat"]


def test_what_was_typed_wrongly_stays_to_be_mended():
    shown = page(EVERYTHING, {"biaya": "seribu", "tgl": "besok"})
    assert (shown.fields["biaya"], shown.fields["tgl"]) == ("seribu", "besok")


def test_a_required_question_says_so_in_words():
    shown = page(form_of(question(validate={"required": True})), {}, language="en")
    assert shown.xpath("normalize-space(//label)") == "Hal (required)"


def test_the_deciding_question_is_left_to_the_page_and_what_hangs_on_it_is_shown():
    reason = question(
        "textarea", "alasan", conditional={"hide": '= keputusan != "kembali"'}, validate={"required": True}
    )
    form = form_of(question("radio", "keputusan", values=YES_OR_NO), reason)
    shown = page(form, {}, without="keputusan", language="en")
    assert not shown.xpath("//input[@type='radio']")
    assert shown.xpath("normalize-space(//label)") == "Alasan (depending on your decision)"


def test_a_hidden_question_is_not_drawn():
    form = form_of(question(conditional={"hide": "= jenis = 1"}))
    assert not page(form, {}, data={"jenis": 1}).xpath("//input[@name='hal']")


def test_a_question_that_hides_others_is_marked_for_the_script():
    form = form_of(question("checkbox", "luar"), question(conditional={"hide": "= not(luar)"}))
    assert page(form, {}).xpath("//*[@data-affects-form]/@data-field") == ["luar"]


def test_a_fixed_question_is_shown_as_text():
    form = form_of(question("datetime", "tgl", subtype="date", disabled=True))
    assert "21 November 2026" in render(form, {}, data={"tgl": "2026-11-21"})


def test_a_fixed_question_without_a_value_is_left_out():
    assert render(form_of(question(readonly=True)), {}) == ""


def test_a_group_of_fixed_questions_without_values_is_left_out():
    group = {"type": "group", "label": "Catatan perbaikan", "components": [question(readonly=True)]}
    assert render(form_of(group), {}) == ""


def test_a_fixed_question_without_a_value_leaves_no_gap_in_its_line():
    form = form_of(question(key="a", layout={"row": "r"}), question(key="b", readonly=True, layout={"row": "r"}))
    assert len(page(form, {}).xpath("//div[@class='row']/div")) == 1


def test_neighbours_share_a_line():
    form = form_of(question(key="a", layout={"row": "r", "columns": 8}), question(key="b", layout={"row": "r"}))
    assert page(form, {}).xpath("//div[@class='row']/div/@class") == ["col-12 col-md-6", "col-12 col-md"]


def test_no_styles_and_no_scripts_stand_in_the_page():
    shown = page(EVERYTHING, {})
    assert not shown.xpath("//@style | //script | //@*[starts-with(name(), 'on')]")
