"""`make bench`: every figure of docs/performance.md, measured here and now; with names of measures, only theirs."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from tests.bench import board, checks, escalation, growth, http, inbox, people, steps, table, timers, wide, working_time
from tests.bench.ground import Ground, ground, servers

RESULT = Path("build/bench.json")
FULL = "--full"
Measure = Callable[[Ground], dict[str, Any]]


def measures(is_full: bool) -> Mapping[str, Measure]:
    items, history = (1_000_000, 10_000_000) if is_full else (100_000, 1_000_000)
    return {
        "steps": steps.measure,
        "growth": growth.measure,
        "wide": wide.measure,
        "http": http.measure,
        "timers": timers.measure,
        "escalation": escalation.measure,
        "inbox": partial(inbox.measure, items=items, history=history),
        "checks": checks.measure,
        "calendar": working_time.measure,
        "import": people.measure,
        "board": partial(board.measure, items=2_000_000 if is_full else 200_000),
    }


def main(arguments: list[str]) -> None:
    known = measures(FULL in arguments)
    wanted = [name for name in arguments if name != FULL] or list(known)
    weather = table.weather()
    figures: dict[str, Any] = {}
    with servers() as (postgresql, redis_url):
        for name in wanted:
            click.echo(f"measuring {name} …", err=True)
            with ground(postgresql, redis_url) as fresh:
                figures |= known[name](fresh)
    table.write(figures, RESULT)
    click.echo(f"{weather}\n\n{table.markdown(figures)}")


if __name__ == "__main__":
    main(sys.argv[1:])
