"""Drawings around a gateway."""

from tests.support.diagrams import Part, chain, element, end, exclusive, flow, start, user_task


def decision(kind: str, *conditions: str, default: str = "") -> tuple[str, ...]:
    """A gateway with the tasks `b1`, `b2` … behind it, each under its condition."""
    gateway = element(kind, "pilih", **({"default": f"pilih_{default}"} if default else {}))
    tasks = [user_task(f"b{number}") for number in range(1, len(conditions) + 1)]
    flows = [flow("pilih", task.identity, condition=text) for task, text in zip(tasks, conditions, strict=True)]
    return (*chain(start(), gateway), *tasks, *flows)


def fork(gateway: Part, join: Part, names: str = "ab", *after: Part) -> tuple[str, ...]:
    """Tasks side by side between two gateways, then the task `z`."""
    tasks = [user_task(name) for name in names]
    ways = [
        way for task in tasks for way in (flow(gateway.identity, task.identity), flow(task.identity, join.identity))
    ]
    return (*chain(start(), gateway), join, *tasks, *ways, *chain(join, user_task("z"), *after, end())[1:])


def turning(gateway: Part, join: Part) -> tuple[str, ...]:
    """The same inside a loop that ends when somebody says so."""
    return (
        *(*chain(start(), exclusive("masuk"), gateway), *chain(user_task("a"), join, user_task("cek"))),
        *(user_task("b"), flow("b", join.identity)),
        *(flow(gateway.identity, "a", condition="true"), flow(gateway.identity, "b", condition="true")),
        *(exclusive("ulang", default="ulang_selesai"), end(), flow("cek", "ulang")),
        *(flow("ulang", "masuk", condition="lagi"), flow("ulang", "selesai")),
    )


THREE_TURNS = """
    start                       | a b
    complete a                  | b
    complete b                  | cek
    complete cek lagi=True      | a b
    complete b                  | a
    complete a                  | cek
    complete cek lagi=True      | a b
    complete a                  | b
    complete b                  | cek
    complete cek lagi=False     | ended
"""
