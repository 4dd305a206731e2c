import pytest

from webui.pages.typed_values import BadLine, as_lines, values_of


def test_each_line_is_a_value():
    typed = 'jumlah = 12\nlengkap = true\nnama = Siti Aminah\nnomor = "12"\ndaftar = [1, 2]\n\nkosong = null'
    assert values_of(typed) == {
        "jumlah": 12,
        "lengkap": True,
        "nama": "Siti Aminah",
        "nomor": "12",
        "daftar": [1, 2],
        "kosong": None,
    }


def test_a_text_may_hold_the_sign_itself():
    assert values_of("rumus = a = b") == {"rumus": "a = b"}


@pytest.mark.parametrize(
    "typed",
    [
        "tanpa tanda",
        "= 12",
        "_rahasia = 1",
        "a b = 1",
        "jumlah =",
        "x.y = 1",
        "jumlah == 3",
        "jumlah = = 3",
        "x = [1,2",
        'x = {"a": 1',
        'x = "a',
        "baik = 2",
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(typed):
    with pytest.raises(BadLine) as caught:
        values_of("baik = 1\n" + typed)
    assert [field.params["number"] for field in caught.value.fields] == [2]


@pytest.mark.parametrize(
    "value",
    [12, "Siti", "12", "true", " a ", "", "dua\nbaris", "== 3", "[1,2", '"a', None, [1, "a"], {"a": 1.5}, '"x"'],
)
def test_what_is_shown_can_be_typed_back(value):
    assert values_of(as_lines({"x": value})) == {"x": value}


def test_deep_brackets_are_refused_like_other_broken_ones():
    with pytest.raises(BadLine):
        values_of("x = " + "[" * 5_000)
