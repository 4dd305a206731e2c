"""`make bench`: every figure of docs/performance.md, measured here and now; with names of measures, only theirs."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from tests.bench import (
    board,
    checks,
    disk,
    escalation,
    growth,
    http,
    inbox,
    people,
    steps,
    table,
    timers,
    wide,
    working_time,
)
from tests.bench.ground import Ground, ground, servers
from tests.support.services import TEMPORARY

RESULT = Path("build/bench.json")
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


@click.command()
@click.argument("names", nargs=-1)
@click.option("--full", "is_full", is_flag=True, help="A million open work items, two million completed ones.")
@click.option("--on", "folder", default=TEMPORARY, show_default=True, help="Where PostgreSQL keeps its data.")
def main(names: tuple[str, ...], is_full: bool, folder: str) -> None:
    known = measures(is_full)
    weather = table.weather()
    figures: dict[str, Any] = {"flush_ms": disk.flush_ms(Path(folder))}
    with servers(folder) as (postgresql, redis_url):
        for name in names or known:
            click.echo(f"measuring {name} …", err=True)
            with ground(postgresql, redis_url) as fresh:
                figures |= known[name](fresh)
    table.write(figures, RESULT)
    click.echo(f"{weather}, data on {folder}\n\n{table.markdown(figures)}")


if __name__ == "__main__":
    main()
