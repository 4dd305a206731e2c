"""What an SOP says of itself in `sop.yaml` is checked when it comes in."""

from typing import Any

import pytest

from engine.bpmn.problems import Severity, Verdict, verdict_of
from engine.definitions.examination import Upload, examine
from engine.definitions.identity import identity_problems
from tests.support.diagrams import chain, diagram, end, person_task, start

SOUND = diagram(*chain(start(), person_task("tulis", "writer"), end()))


def found(**identity: Any) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in identity_problems(identity)]


@pytest.mark.parametrize("prefix", ["x y/9", "../../x", "", "TERLALU", "é", False, {"a": 1}, ["SM"]])
def test_a_prefix_is_one_to_six_letters_and_digits(prefix: Any):
    assert found(awalan=prefix) == [("identity.bad_prefix", Severity.ERROR)]


@pytest.mark.parametrize("title", ["", "  ", "j" * 201, 2026, ["Cuti"]])
def test_a_title_is_a_text(title: Any):
    assert found(judul=title) == [("identity.bad_title", Severity.ERROR)]


@pytest.mark.parametrize("day", ["", "besok", "2026-02-30", "2/11/2026", 7, ["2026-11-02"]])
def test_the_day_from_which_it_holds_is_a_date(day: Any):
    assert found(tanggal_efektif=day) == [("identity.bad_date", Severity.ERROR)]


def test_an_unknown_field_is_told_with_those_that_are_known():
    [problem] = identity_problems({"awlan": "SM"})
    assert problem.severity is Severity.WARNING
    assert "awlan" in problem.text("en")
    assert "awalan, unit" in problem.text("en")


def test_the_value_and_what_to_write_are_told():
    [problem] = identity_problems({"awalan": "x y/9"})
    assert "“x y/9”" in problem.text("en")
    assert "1 to 6 letters and digits" in problem.text("en")


@pytest.mark.parametrize(
    "identity",
    [{}, {"awalan": "sm9"}, {"awalan": 12}, {"judul": "Cuti"}, {"tanggal_efektif": "2026-11-02"}, {"awalan": None}],
)
def test_a_sound_identity_is_left_alone(identity: dict[str, Any]):
    assert found(**identity) == []


def test_an_unsound_identity_refuses_the_upload():
    examination = examine(Upload(filename="p.bpmn", source=SOUND, identity={"awalan": "../../x"}))
    assert verdict_of(examination.problems) is Verdict.REJECTED
