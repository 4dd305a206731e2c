import pickle
from typing import Any

import pytest

from engine.expressions.errors import EvaluationFault, ExpressionFault, Thrown
from engine.expressions.expression import Expression, Script

CASE = {
    "jumlah": 5,
    "nama": "Siti",
    "lengkap": True,
    "catatan": None,
    "berkas": {"nomor": "B-7", "lampiran": [{"judul": "KTP"}, {"judul": "KK"}]},
    "kosong": "",
    "P1": "jawaban pertama",
}


def value_of(text: str, names: dict[str, Any] | None = None) -> Any:
    return Expression(text).evaluate(CASE if names is None else names)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("jumlah > 3", True),
        ("${jumlah > 3}", True),
        ("#{ jumlah > 3 }", True),
        ("= jumlah > 3", True),
        ("jumlah = 5", True),
        ("jumlah === 5 && nama !== 'Budi'", True),
        ("jumlah <> 5 || lengkap", True),
        ("${jumlah gt 3 and jumlah le 5}", True),
        ("${nama eq 'Siti' and not (jumlah ne 5)}", True),
        ("${berkas.nomor eq 'B-7' or jumlah lt -1}", True),
        ("${jumlah ge 5}", True),
        ("${count(berkas.lampiran) mod 2 eq 0}", True),
        ("${!nama.equals('Budi')}", True),
        ("!lengkap", False),
        ("!lengkap == false", True),
        ("not lengkap or jumlah > 4", True),
        ("lengkap = true and catatan = null", True),
        ("catatan is null", True),
        ("3 < jumlah <= 5", True),
        ("jumlah in [1..5]", True),
        ("jumlah not in [6..9]", True),
        ("jumlah in (1, 5)", True),
        ("'it' in nama", True),
        ("berkas.nomor", "B-7"),
        ("berkas['nomor'] + '/' + str(jumlah)", "B-7/5"),
        ("berkas.lampiran[1].judul", "KK"),
        ("nama[0:2]", "Si"),
        ("kosong or 'tanpa nama'", "tanpa nama"),
        ("'banyak' if jumlah > 3 else 'sedikit'", "banyak"),
        ("-jumlah + 2 * 3 - 7 // 2", -2),
        ("2 ** 10 % 1000 / 2", 12.0),
        ("sum([1, 2, 3]) + max(4, jumlah) + min([7, 8])", 18),
        ("len(berkas.lampiran)", 2),
        ("get(berkas, 'tahun', 2026)", 2026),
        ("upper(trim(' a ')) + lower('B')", "Ab"),
        ("contains(nama, 'it') && starts_with(nama, 'S') && ends_with(nama, 'i')", True),
        ("round(2.567, 1)", 2.6),
        ("sorted([3, 1, 2])", [1, 2, 3]),
        ("{'a': jumlah, 'b': [nama]}", {"a": 5, "b": ["Siti"]}),
        ("date('2026-01-09') + duration('P1D') < date('2026-01-11')", True),
        ("jumlah > 3\n  and lengkap", True),
        ('"it\'s"', "it's"),
        ("PT1H", "PT1H"),
        ("R3/PT10M", "R3/PT10M"),
        ("-PT1H", "-PT1H"),
        ("${P1}", "jawaban pertama"),
        ("2026-01-31T08:00:00+07:00", "2026-01-31T08:00:00+07:00"),
    ],
)
def test_the_language(text: str, value: Any):
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["eq + lt", "lt < eq", "eq eq 3 and (lt)", "-lt + eq == eq - lt"])
def test_words_for_signs_may_be_names(text: str):
    assert value_of(text, {"eq": 3, "lt": 2})


def test_it_says_which_variables_it_reads():
    assert Expression("${a.b > c and len(d) = 0 or true}").names == {"a", "c", "d"}
    assert Expression("PT1H").names == frozenset()


def test_it_is_equal_by_its_text_and_crosses_to_another_process():
    expression = Expression("jumlah + 1")
    copy = pickle.loads(pickle.dumps(expression))
    assert copy == expression
    assert len({copy, expression}) == 1
    assert copy.evaluate(CASE) == 6
    assert Script("a = 1") != Expression("1")


def test_a_function_may_be_given_when_it_is_evaluated():
    assert Expression("hari_kerja(3)").evaluate({}, {"hari_kerja": lambda days: f"{days} hari"}) == "3 hari"


def test_a_variable_does_not_hide_a_function():
    assert value_of("len('abc')", {"len": 7}) == 3


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("tidak_ada", "expression.unknown_name", "tidak_ada"),
        ("berkas.tahun", "expression.no_member", "tahun"),
        ("nama.panjang", "expression.no_member", "panjang"),
        ("catatan.isi", "expression.no_member", "isi"),
        ("berkas.lampiran[9]", "expression.no_item", "9"),
        ("nama > 3", "expression.wrong_kind", ">"),
        ("nama + 1", "expression.wrong_kind", "+"),
        ("1 in 'abc'", "expression.wrong_kind", "in"),
        ("jumlah / 0", "expression.division_by_zero", ""),
        ("hari_kerja(3)", "expression.function_missing", "hari_kerja"),
        ("len(3)", "expression.wrong_argument", "len"),
        ("int('x')", "expression.failed", "x"),
        ("date('besok')", "timer.not_a_date", "besok"),
    ],
)
def test_what_goes_wrong_is_said_in_plain_words(text: str, code: str, named: str):
    with pytest.raises(EvaluationFault) as caught:
        value_of(text)
    assert caught.value.code == code
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("text", "offset", "code"),
    [
        ("", 0, "expression.empty"),
        ("${ }", 0, "expression.empty"),
        ("jumlah >", 7, "expression.syntax"),
        ("jumlah > 3 nama", 11, "expression.syntax"),
        ("(jumlah", 0, "expression.syntax"),
        ("a @ b", 2, "expression.character"),
        ("nama == 'Siti", 8, "expression.character"),
        ("${a && öffne(b)}", 7, "expression.unknown_function"),
        ("'ö' + x._y", 6, "expression.private_name"),
        ("'a' 'b'", 4, "expression.syntax"),
        ("[1..5]", 2, "expression.not_allowed"),
    ],
)
def test_a_fault_of_the_text_names_its_place(text: str, offset: int, code: str):
    with pytest.raises(ExpressionFault) as caught:
        Expression(text)
    assert (caught.value.code, caught.value.text) == (code, text)
    assert abs(caught.value.offset - offset) <= 1


def test_what_the_language_does_not_have_is_shown_as_it_is_written():
    with pytest.raises(ExpressionFault) as caught:
        Expression("[x for x in daftar]")
    assert caught.value.params == {"kind": "[… for …]"}


def test_a_script_assigns_in_order_and_sees_what_it_assigned():
    lines = (
        "total = harga * 2",
        "total += ongkos  # kurir",
        "",
        "daftar = [",
        "  total,",
        "  nama",
        "]; pass; x = {'a': 1}",
    )
    script = Script("\n".join(lines))
    assert script.run({"harga": 3, "ongkos": 1, "nama": "A"}) == {"total": 7, "daftar": [7, "A"], "x": {"a": 1}}
    assert script.names == {"harga", "ongkos", "nama"}


def test_a_script_leaves_what_it_was_given_alone():
    given = {"daftar": [1]}
    result = Script("baru = daftar + [2]\nsama = daftar").run(given)
    result["sama"].append(9)
    assert given == {"daftar": [1]}


def test_a_script_may_throw_a_bpmn_error():
    with pytest.raises(Thrown) as caught:
        Script("raise Error('DITOLAK')").run({})
    assert caught.value.code == "DITOLAK"


@pytest.mark.parametrize(
    "text",
    [
        *("import os", "os.system('ls')", "x", "x.y = 1", "x[0] = 1", "x = y = 3", "x == 3", "x =", "def f(): pass"),
        *(
            "raise X",
            "raise Error()",
            "_x = 1",
            "for a in b: pass",
            "x = (1",
            "while true: pass",
            "del x",
            "with a: pass",
        ),
    ],
)
def test_a_script_is_nothing_but_assignments(text: str):
    with pytest.raises(ExpressionFault):
        Script(text)
