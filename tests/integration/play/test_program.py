"""The command itself: lines in, lines out, until the input ends."""

import json
import subprocess
from pathlib import Path

from tests.support.diagrams import chain, diagram, end, start, user_task
from tests.support.programs import PROGRAM
from tests.support.sources import ROOT

ONE_STEP = diagram(*chain(start(), user_task("periksa"), end()))


def played(*arguments: str | Path, said: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, "play", *map(str, arguments)]
    return subprocess.run(command, input=said, capture_output=True, check=False, cwd=cwd, timeout=60)


def test_each_line_has_its_answer_in_order(tmp_path: Path):
    lines = [
        {"do": "deploy", "files": {"a.bpmn": ONE_STEP.decode()}},
        {"do": "start", "process": "proses"},
        "nonsense",
        {"do": "complete", "instance": 1, "activity": "periksa"},
    ]
    done = played("--json", said=b"\n\n".join(json.dumps(line).encode() for line in lines), cwd=tmp_path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, True, False, True]
    assert answers[-1]["instances"][0]["status"] == "completed"
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_play_leaves_nothing_behind(tmp_path: Path):
    played("--json", said=b'{"do": "state"}', cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_the_input_is_the_end_of_the_play():
    done = played("--json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_files_can_be_named_at_the_beginning():
    done = played("--json", ROOT / "processes" / "cuti", said=b'{"do": "start", "process": "Process_Cuti"}')
    assert json.loads(done.stdout)["instances"][0]["open"] == ["Activity_SerahkanBerkas"]


def test_a_file_that_cannot_run_is_told_instead(tmp_path: Path):
    (tmp_path / "a.bpmn").write_text("<nothing/>")
    done = played("--json", tmp_path / "a.bpmn")
    assert done.returncode == 1
    assert b"file.not_bpmn" in done.stderr


def test_a_person_is_greeted_and_answered():
    done = played(ROOT / "processes" / "cuti", said=b"start\nquit\n")
    assert done.returncode == 0
    assert b"Activity_SerahkanBerkas" in done.stdout
