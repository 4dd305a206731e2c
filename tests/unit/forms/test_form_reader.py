import pytest

from engine.forms.model import FieldKind, Group, decision_of, initial_values
from engine.forms.reader import MAX_COMPONENTS
from tests.unit.forms.building import YES_OR_NO, form_of, problems_of, question, schema


def test_a_form_of_the_editor_is_read_with_its_rules():
    form = form_of(question("number", "hari", validate={"required": True, "min": 1, "max": 12}, decimalDigits=0))
    (days,) = form.fields
    assert (days.kind, days.rules.is_required, days.rules.maximum) == (FieldKind.NUMBER, True, 12)


def test_questions_in_groups_are_found():
    form = form_of({"type": "group", "label": "Surat", "components": [question(key="nomor")]})
    assert isinstance(form.components[0], Group)
    assert [field.key for field in form.fields] == ["nomor"]


@pytest.mark.parametrize("kind", ["html", "iframe"])
def test_code_in_a_form_is_refused(kind):
    assert problems_of(schema({"type": kind, "content": "<b>x</b>"})) == [("components[0].type", "form.code")]


@pytest.mark.parametrize("kind", ["expression", "dynamiclist", "table", "image"])
def test_parts_not_supported_are_named(kind):
    assert problems_of(schema({"type": kind})) == [("components[0].type", "form.unsupported_part")]


def test_an_unknown_part_is_named():
    assert problems_of(schema({"type": "hologram"})) == [("components[0].type", "form.unknown_part")]


def test_the_forms_own_button_is_left_out():
    assert form_of({"type": "button", "action": "submit", "key": "kirim"}).components == ()


def test_all_problems_are_told_at_once():
    found = problems_of(
        schema(
            question(key="9x"),
            question("radio", "a"),
            question(key="b", validate={"pattern": "(?=x)"}),
            question(key="b"),
        )
    )
    assert found == [
        ("components[0].key", "form.bad_key"),
        ("components[1].values", "form.no_options"),
        ("components[2].validate.pattern", "form.bad_pattern"),
        ("components[3].key", "form.duplicate_key"),
    ]


@pytest.mark.parametrize("content", [None, [], "x", 3, {}, {"components": {}}, {"type": "other", "components": []}])
def test_what_is_no_form_is_refused(content):
    assert problems_of(content) == [("", "form.not_a_form")]


@pytest.mark.parametrize("key", ["class", "csrf_token", "_x", "a.b", "", "x" * 61, "true"])
def test_a_key_must_be_usable_in_conditions(key):
    assert problems_of(schema(question(key=key))) == [("components[0].key", "form.bad_key")]


@pytest.mark.parametrize("wrong", [3, [], {}, True])
def test_members_of_the_wrong_type_are_problems_not_crashes(wrong):
    part = dict.fromkeys(("label", "description", "validate", "values", "conditional", "layout", "properties"), wrong)
    assert problems_of(schema({"type": "radio", "key": "a", **part}))


def test_a_condition_that_cannot_be_read_is_a_problem():
    found = problems_of(schema(question(conditional={"hide": "= ((jenis"})))
    assert found == [("components[0].conditional.hide", "form.bad_condition")]


def test_computed_texts_are_refused():
    assert problems_of(schema({"type": "text", "text": "= nama"})) == [("components[0].text", "form.computed_text")]


def test_a_form_has_bounds():
    too_many = problems_of(schema(*[question(key=f"k{number}") for number in range(MAX_COMPONENTS + 50)]))
    assert too_many == [("components", "form.too_many")]


def test_groups_nest_only_so_deep():
    nested: dict[str, object] = question()
    for _level in range(8):
        nested = {"type": "group", "components": [nested]}
    assert [code for _place, code in problems_of(schema(nested))] == ["form.too_deep"]


def test_a_default_must_be_an_answer():
    assert problems_of(schema(question("number", "hari", defaultValue="dua")))[0][1] == "form.not_number"


def test_the_last_marked_question_decides():
    marked = {"values": YES_OR_NO, "properties": {"tk:keputusan": "true"}}
    choice = decision_of(form_of(question("radio", "awal", **marked), question("radio", "keputusan", **marked)))
    assert choice is not None
    assert (choice.key, [option.value for option in choice.options]) == ("keputusan", ["setuju", "kembali"])


def test_a_form_without_a_marked_question_decides_nothing():
    assert decision_of(form_of(question("radio", "keputusan", values=YES_OR_NO))) is None


def test_what_the_case_knows_comes_before_the_default():
    form = form_of(question(key="kota", defaultValue="Purwodadi"), question(key="hal", defaultValue="Undangan"))
    assert initial_values(form, {"kota": "Semarang", "lain": 1}) == {"kota": "Semarang", "hal": "Undangan"}
