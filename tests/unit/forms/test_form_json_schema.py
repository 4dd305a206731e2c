from jsonschema_rs import Draft202012Validator, meta

from engine.forms.json_schema import json_schema
from tests.unit.forms.building import YES_OR_NO, form_of, question

FORM = form_of(
    question(validate={"required": True, "maxLength": 5}),
    question("number", "hari", decimalDigits=0, validate={"min": 1}),
    question("radio", "sifat", values=YES_OR_NO),
    question("checklist", "syarat", values=YES_OR_NO),
    question(key="alasan", conditional={"hide": "= hari = null"}, validate={"required": True}),
)


def test_it_is_a_schema():
    assert meta.is_valid(json_schema(FORM))


def test_only_what_is_always_asked_is_required():
    assert json_schema(FORM)["required"] == ["hal"]


def test_it_accepts_and_refuses_as_the_form_does():
    validator = Draft202012Validator(json_schema(FORM))
    assert validator.is_valid({"hal": "x", "hari": 3, "sifat": "setuju", "syarat": ["kembali"]})
    assert not validator.is_valid({"hal": "x", "hari": "3"})
    assert not validator.is_valid({"hal": "x", "sifat": "lain"})
    assert not validator.is_valid({"hal": "x", "tak_dikenal": 1})
