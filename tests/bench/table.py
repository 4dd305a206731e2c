"""What was measured, against what was to be reached: for a person, for a page, for a program."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TARGETS: Mapping[str, tuple[str, float]] = {
    "step_ms_p50": ("≤", 2.5),
    "step_over_floor": ("≤", 2.0),
    "growth": ("≤", 1.05),
    "instances_per_s": ("≥", 120),
    "http_complete_ms_p95": ("≤", 60),
    "timers_per_s": ("≥", 500),
    "timer_lag_p99_s": ("≤", 2),
    "escalation_peak_s": ("≤", 20),
    "escalation_own_lag_s": ("≤", 20),
    "inbox_growth": ("≤", 1.5),
    "multi_instance_child_ms": ("≤", 6),
    "calendar_per_s": ("≥", 100_000),
    "check_ms_p50": ("≤", 10),
    "check_ms_p99": ("≤", 100),
    "import_10000_s": ("≤", 60),
    "board_worst_ms": ("≤", 300),
}


def write(figures: Mapping[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(figures, indent=2) + "\n")


def markdown(figures: Mapping[str, Any]) -> str:
    """The table of docs/performance.md, to be put there as it is."""
    lines = ["| figure | measured | to reach | |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_line(name, value) for name, value in _flat(figures))])


def weather() -> str:
    """On what it was measured, and what else ran there."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load before: {load}"


def _line(name: str, value: Any) -> str:
    if name not in TARGETS:
        return f"| `{name}` | {value} | | |"
    sign, target = TARGETS[name]
    is_reached = value <= target if sign == "≤" else value >= target
    return f"| `{name}` | {value} | {sign} {target:g} | {'yes' if is_reached else '**no**'} |"


def _flat(figures: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from ((f"{name} at {scale}", one) for scale, one in value.items())
        else:
            yield name, value
    inbox = list(figures.get("inbox_ms_p95", {}).values())
    if inbox:
        yield "inbox_growth", round(inbox[-1] / inbox[0], 2)
