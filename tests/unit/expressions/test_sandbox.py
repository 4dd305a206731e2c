"""Whatever a diagram says, it computes with the case's data or is refused: nothing else can be reached or exhausted."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions.errors import EvaluationFault, ExpressionFault, Thrown
from engine.expressions.expression import Expression, Script

REFUSED = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__",
    "x.__class__",
    "x._y",
    "_names",
    "__builtins__",
    "ｘ.＿＿class＿＿",
    "＿＿import＿＿('os')",
    "eval('1')",
    "exec('1')",
    "open('/etc/passwd')",
    "getattr(x, 'y')",
    "globals()",
    "type(x)",
    "print(1)",
    "range(10)",
    "x.format(y)",
    "'{0.__class__}'.format(x)",
    "x.keys()",
    "(lambda: 1)()",
    "lambda: 1",
    "[y for y in x]",
    "{y for y in x}",
    "{y: y for y in x}",
    "(y for y in x)",
    "f'{x}'",
    "f'{x.__class__}'",
    "b'abc'",
    "1j",
    "0xFF",
    "(y := 1)",
    "await x",
    "yield x",
    "*x",
    "len(*x)",
    "len(**x)",
    "{**x}",
    "{1, 2}",
    "x if y",
    "x @ y",
    "x << 99999",
    "x >> 1",
    "x & y",
    "x | y",
    "x ^ y",
    "~x",
    "...",
    "x[::2]",
    "x; y",
    "x = 1; y = 2",
    "import os",
    "'\\N{BULLET}'",
    "'\\x41'",
    "`id`",
    "$(id)",
    "x\\\ny",
    "-" * 3_000 + "1",
    "+".join("1" * 1_500),
    "1" * 5_000,
    "x[" * 1_000,
]
BOUNDED = [
    "9 ** 9 ** 9 ** 9",
    "2 ** 99999999",
    "2 ** -99999999 ** 9",
    "10.0 ** 400",
    "'a' * 999999999",
    "[0] * 999999999",
    "999999999 * 'a'",
    "'%999999999d' % 1",
    "1e308 * 10",
    "float('nan')",
    "float('inf')",
    "int('9' + '9' * 3)",
    "round(5, -999999999)",
    "str([[1]])",
    "(-8) ** 0.5",
    "teks + teks + teks",
    "[besar, besar, besar, besar]",
    "int(teks)",
    " and ".join(["[besar]"] * 400),
    " and ".join(["sum(besar)"] * 300),
    " and ".join(["sorted(besar)"] * 250),
]
WORLD: dict[str, Any] = {"x": {"a": [1]}, "y": 1, "teks": "9" * 150_000, "besar": list(range(60_000))}


@pytest.mark.parametrize("text", REFUSED)
def test_an_escape_is_refused_when_it_is_read(text: str):
    with pytest.raises(ExpressionFault):
        Expression(text)


@pytest.mark.parametrize("text", BOUNDED)
def test_exhaustion_is_refused_in_a_moment(text: str):
    began = time.process_time()
    with pytest.raises((ExpressionFault, EvaluationFault)):
        Expression(text).evaluate(WORLD)
    assert time.process_time() - began < 1


def test_a_script_cannot_grow_its_data_without_end():
    script = Script("x = [1]\n" + "x = [x, x]\n" * 60)
    with pytest.raises(EvaluationFault, match="too large"):
        script.run({})


def test_a_script_cannot_nest_its_data_without_end():
    script = Script("x = [1]\n" + "x = [x]\n" * 60)
    with pytest.raises(EvaluationFault, match="too large"):
        script.run({})


def test_a_long_script_is_refused():
    with pytest.raises(ExpressionFault):
        Script("x = 1\n" * 201)
    with pytest.raises(ExpressionFault):
        Script("x = 1" + " " * 20_000)


SCRAPS = [
    *(
        "x",
        "y",
        "1",
        "2.5",
        "'a'",
        '"b"',
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ".",
        "..",
        ",",
        ":",
        "=",
        "==",
        "!=",
        "&&",
        "||",
    ),
    *(
        "||",
        "!",
        "+",
        "-",
        "*",
        "**",
        "/",
        "//",
        "%",
        "<",
        ">",
        "<=",
        ">=",
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
    ),
    *("null", "true", "len", "sum", "str", "date", "_", "__class__", "lambda", "for", "${", "#{", "\\", "\n", ";", "#"),
    *("@", "PT1H", "2026-01-01", "ö", "＿", "9999999999"),
]


def outcome(calculate: Callable[[], Any]) -> str:
    """What came of it: anything but a value or a named fault escapes and fails the test."""
    try:
        return f"value {type(calculate())}"
    except (ExpressionFault, EvaluationFault, Thrown) as fault:
        return str(fault)


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=12), st.sampled_from(["", " "]))
def test_no_text_ends_in_anything_but_a_value_or_a_named_fault(scraps: list[str], glue: str):
    text = glue.join(scraps)
    assert outcome(lambda: Expression(text).evaluate(WORLD))
    assert outcome(lambda: Script(text).run(WORLD))


@settings(max_examples=100, deadline=None, database=None)
@given(st.text(max_size=40))
def test_nor_does_any_other_text(text: str):
    assert outcome(lambda: Expression(text).evaluate(WORLD))
