import json
from pathlib import Path

from engine.core.demo import PROCESSES
from tests.support.diagrams import a_sound_diagram, call, chain, definitions, end, process, start


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def verdicts(result) -> list[str]:
    return [line["verdict"] for line in lines(result)]


def caller(path: Path, calls: str, identity: str) -> Path:
    path.write_bytes(definitions(process(*chain(start(), call("panggil", calls), end()), identity=identity)))
    return path


def called(path: Path) -> Path:
    path.write_bytes(a_sound_diagram())
    return path


def test_each_file_gets_one_line_of_json(tell, tmp_path):
    (picture := tmp_path / "picture.bpmn").write_bytes(b"\x89PNG\r\n\x1a\n")
    told = lines(tell("check", "--json", PROCESSES / "cuti", picture))
    assert [(line["verdict"], set(line)) for line in told] == [
        ("deployable", {"file", "verdict", "problems", "ms"}),
        ("rejected", {"file", "verdict", "problems", "ms"}),
    ]


def test_a_problem_says_what_where_and_what_to_do(tell, tmp_path):
    (empty := tmp_path / "empty.bpmn").write_bytes(b"")
    (line,) = lines(tell("check", "--json", empty))
    (problem,) = line["problems"]
    assert set(problem) == {"code", "severity", "element", "line", "message"}
    assert problem["severity"] == "error"


def test_tables_and_forms_are_taken_along_with_the_diagram(tell):
    folder = PROCESSES / "cuti"
    told = tell("check", "--json", folder / "process.bpmn", *folder.glob("*.dmn"), *folder.glob("forms/*.json"))
    assert [(line["verdict"], line["problems"]) for line in lines(told)] == [("deployable", [])]


def test_a_table_alone_is_rejected(tell):
    assert verdicts(tell("check", "--json", *PROCESSES.glob("cuti/*.dmn"))) == ["rejected"]


def test_a_rejected_file_makes_the_command_fail(tell, tmp_path):
    (empty := tmp_path / "empty.bpmn").write_bytes(b"")
    assert tell("check", empty).exit_code == 1


def test_a_folder_that_is_no_process_is_told_like_any_other_fault(tell, tmp_path):
    (line,) = lines(tell("check", "--json", tmp_path))
    assert line["problems"][0]["code"] == "definition.not_a_folder"


def test_a_file_that_is_not_there_is_named(tell, tmp_path):
    result = tell("check", tmp_path / "nothing.bpmn")
    assert result.exit_code == 2
    assert "nothing.bpmn" in result.stderr


def test_files_that_are_checked_together_may_call_each_other(tell, tmp_path):
    top = caller(tmp_path / "top.bpmn", "tengah", "atas")
    middle = caller(tmp_path / "middle.bpmn", "proses", "tengah")
    files = (top, middle, called(tmp_path / "below.bpmn"))
    assert verdicts(tell("check", "--json", *files)) == ["deployable"] * 3


def test_a_caller_that_is_checked_without_what_it_calls_is_a_draft(tell, tmp_path):
    assert verdicts(tell("check", "--json", caller(tmp_path / "top.bpmn", "proses", "atas"))) == ["draft"]


def test_what_calls_a_draft_is_a_draft_though_both_are_checked_together(tell, tmp_path):
    top, middle = caller(tmp_path / "1.bpmn", "tengah", "atas"), caller(tmp_path / "2.bpmn", "tiada", "tengah")
    assert verdicts(tell("check", "--json", top, middle)) == ["draft", "draft"]


def test_files_that_call_each_other_in_a_circle_are_drafts(tell, tmp_path):
    first, second = caller(tmp_path / "1.bpmn", "dua", "satu"), caller(tmp_path / "2.bpmn", "satu", "dua")
    assert verdicts(tell("check", "--json", first, second)) == ["draft", "draft"]


def test_a_process_that_two_files_hold_is_called_in_neither(tell, tmp_path):
    twins = (called(tmp_path / "1.bpmn"), called(tmp_path / "2.bpmn"))
    files = (caller(tmp_path / "top.bpmn", "proses", "atas"), *twins)
    assert verdicts(tell("check", "--json", *files)) == ["draft", "deployable", "deployable"]


def test_where_the_terminal_says_nothing_the_office_says_the_language(tell, tmp_path):
    (empty := tmp_path / "empty.bpmn").write_bytes(b"")
    english, indonesian = (tell("check", empty, env=env).stdout for env in ({}, {"TATAKERJA_LANGUAGE": "id"}))
    assert "The file is empty." in english
    assert "The file is empty." not in indonesian
