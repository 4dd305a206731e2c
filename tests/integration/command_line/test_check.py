import json

from engine.core.demo import PROCESSES


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


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
