import pickle

import pytest

from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.template import Template


def test_places_are_filled_with_values():
    template = Template("Yth. ${nama}, ${jumlah * 2} lembar")
    assert template.evaluate({"nama": "Siti", "jumlah": 3}) == "Yth. Siti, 6 lembar"
    assert template.names == {"nama", "jumlah"}


def test_what_a_place_gives_is_never_read_as_a_place():
    assert Template("Yth. ${nama}").evaluate({"nama": "${rahasia}", "rahasia": "x"}) == "Yth. ${rahasia}"


def test_a_text_that_is_one_place_means_the_value_itself():
    assert Template(" ${daftar} ").evaluate({"daftar": ["a", "b"]}) == ["a", "b"]


def test_a_text_without_places_is_that_text():
    assert Template("{nomor:03}/{tahun}").evaluate({}) == "{nomor:03}/{tahun}"


@pytest.mark.parametrize(
    "text", ["Halo ${nama", "${}", "${a b}", "${x.__class__}", "${__import__('os')}", "x" * 20_001]
)
def test_what_is_not_in_the_language_is_refused(text):
    with pytest.raises(ExpressionFault):
        Template(text)


def test_a_fault_says_where_in_the_whole_text_it_is():
    with pytest.raises(ExpressionFault) as caught:
        Template("Yth. ${nama} ${exec(1)}")
    assert caught.value.offset == 15


def test_a_text_cannot_grow_without_end():
    with pytest.raises(EvaluationFault):
        Template("${a} ${a} ${a}").evaluate({"a": "x" * 90_000})


def test_a_record_cannot_stand_in_a_text():
    with pytest.raises(EvaluationFault):
        Template("Isi: ${data}").evaluate({"data": {"a": 1}})


def test_it_survives_the_way_to_another_process():
    template = Template("Yth. ${nama}")
    assert pickle.loads(pickle.dumps(template)).evaluate({"nama": "Siti"}) == "Yth. Siti"
