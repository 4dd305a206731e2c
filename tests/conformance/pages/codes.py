"""What a check can answer, read off the program: each code with its verdict and its sentences."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.bpmn import problems
from engine.bpmn.problems import Severity
from tests.support.sources import ROOT, parsed, place

BY_FUNCTION = {
    "error": Severity.ERROR,
    "missing": Severity.MISSING,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
}
SOURCES = [*sorted((ROOT / "engine" / "bpmn").rglob("*.py")), *sorted((ROOT / "engine" / "definitions").glob("*.py"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    code: str
    severity: Severity
    sentence: str
    file: str


def told_by(paths: Iterable[Path] = SOURCES) -> list[Told]:
    """In the order of the files, each sentence once."""
    return list(dict.fromkeys(told for path in paths for told in _told_in(path)))


def _told_in(path: Path) -> Iterator[Told]:
    tree = parsed(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    sentences = _sentences(tree.body)
    for function in functions:
        texts = sentences | _sentences(list(ast.walk(function)))
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            found = _problem(call) or _finding(call)
            if found:
                code, severity, message = found
                yield Told(code=code, severity=severity, sentence=_text(message, texts, call), file=place(path))


def _finding(call: ast.Call) -> tuple[str, Severity, ast.expr] | None:
    """`error(element, "code", message, …)`, or the gate's `_refusal("code", message)`."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == "_refusal" and len(call.args) == 2:
        given, message = call.args
        return (str(given.value), Severity.ERROR, message) if isinstance(given, ast.Constant) else None
    if name not in BY_FUNCTION or len(call.args) < 3:
        return None
    code = _code(call.args[1])
    return (code, BY_FUNCTION[name], call.args[2]) if code else None


def _code(node: ast.expr) -> str:
    """The code itself, or what a name stands for that several modules share."""
    if isinstance(node, ast.Name):
        return str(getattr(problems, node.id, ""))
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _problem(call: ast.Call) -> tuple[str, Severity, ast.expr] | None:
    """`Problem(code=…, severity=Severity.ERROR, message=…)`."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if not (isinstance(call.func, ast.Name) and call.func.id == "Problem" and "code" in given):
        return None
    code, severity = given["code"], given["severity"]
    if isinstance(code, ast.Constant) and isinstance(severity, ast.Attribute):
        return str(code.value), Severity[severity.attr], given["message"]
    return None


def _sentences(nodes: Iterable[ast.AST]) -> dict[tuple[str, int], str]:
    """`message = _("…")` by the name and the line."""
    return {
        (node.targets[0].id, node.lineno): _marked(node.value)
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _marked(node.value)
    }


def _marked(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        return str(node.args[0].value) if isinstance(node.args[0], ast.Constant) else ""
    return ""


def _text(message: ast.expr, texts: dict[tuple[str, int], str], call: ast.Call) -> str:
    """The sentence itself, or the one last given to the name before the call."""
    if isinstance(message, ast.Name):
        lines = [line for name, line in texts if name == message.id and line <= call.lineno]
        return texts[message.id, max(lines)] if lines else ""
    return _marked(message)
