"""Random flat diagrams: blocks of tasks, decisions, forks, loops, nested in each other."""

from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from tests.support.diagrams import diagram, element, flow, script_task, user_task

BLOCKS = ("task", "task", "sequence", "exclusive", "parallel", "inclusive", "three_ways", "mixed", "loop", "way_out")
GATEWAYS = {"exclusive": "exclusiveGateway", "parallel": "parallelGateway"}

Ends = tuple[str, str]


@dataclass
class Builder:
    random: Random
    parts: list[str] = field(default_factory=list)
    number: int = 0

    def new(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}{self.number}"

    def add(self, kind: str, prefix: str, **attributes: str) -> str:
        identity = self.new(prefix)
        self.parts.append(element(kind, identity, **attributes))
        return identity

    def script(self, text: str) -> str:
        identity = self.new("t")
        self.parts.append(script_task(identity, text))
        return identity

    def join(self, source: str, target: str, condition: str = "", identity: str = "") -> None:
        self.parts.append(flow(source, target, condition=condition, identity=identity or self.new("f")))

    def task(self) -> Ends:
        identity = self.new("U")
        self.parts.append(user_task(identity))
        return identity, identity

    def block(self, depth: int) -> Ends:
        kind = self.random.choice(BLOCKS) if depth else "task"
        if kind == "task":
            return self.task()
        simple = {"sequence": self.sequence, "loop": self.loop, "way_out": self.way_out}
        return simple[kind](depth) if kind in simple else self.fork(kind, depth)

    def sequence(self, depth: int) -> Ends:
        first, second = self.block(depth - 1), self.block(depth - 1)
        self.join(first[1], second[0])
        return first[0], second[1]

    def loop(self, depth: int) -> Ends:
        """Two or three turns, counted by a variable of its own."""
        counter, out_flow = self.new("n"), self.new("d")
        reset, entry, body = self.script(f"{counter} = 0"), self.add("exclusiveGateway", "M"), self.block(depth - 1)
        count = self.script(f"{counter} = {counter} + 1")
        decide, leave = self.add("exclusiveGateway", "G", default=out_flow), self.add("exclusiveGateway", "O")
        self.join(reset, entry)
        self.join(entry, body[0])
        self.join(body[1], count)
        self.join(count, decide)
        self.join(decide, entry, f"{counter} < {self.random.choice([2, 3])}")
        self.join(decide, leave, identity=out_flow)
        return reset, leave

    def way_out(self, depth: int) -> Ends:
        """A branch of a fork that may never reach the join."""
        fork, join, out_flow = self.add("parallelGateway", "F"), self.add("inclusiveGateway", "J"), self.new("d")
        decide, end = self.add("exclusiveGateway", "G", default=out_flow), self.add("endEvent", "E")
        one, other, last = self.block(depth - 1), self.block(depth - 1), self.task()
        for source, target in ((fork, one[0]), (fork, other[0]), (one[1], join), (other[1], decide), (last[1], end)):
            self.join(source, target)
        self.join(decide, join, self.random.choice(["true", "false"]))
        self.join(decide, last[0], identity=out_flow)
        return fork, join

    def fork(self, kind: str, depth: int) -> Ends:
        gateway = GATEWAYS.get(kind, "inclusiveGateway")
        joining = self.random.choice(["inclusiveGateway", gateway])
        if kind == "mixed":
            gateway, joining = self.random.choice(list(GATEWAYS.values())), "inclusiveGateway"
        default = self.new("d")
        fork = self.add(gateway, "F", **({} if gateway == "parallelGateway" else {"default": default}))
        join = self.add(joining, "J")
        branches = 3 if kind == "three_ways" else 2
        for number in range(branches):
            block = self.block(depth - 1)
            if gateway == "parallelGateway":
                self.join(fork, block[0])
            elif number == branches - 1:
                self.join(fork, block[0], identity=default)
            else:
                self.join(fork, block[0], self.random.choice(["true", "true", "false"]))
            self.join(block[1], join)
        return fork, join


def random_diagram(random: Random) -> bytes:
    builder = Builder(random)
    start, end = builder.add("startEvent", "S"), builder.add("endEvent", "Z")
    block = builder.block(3)
    builder.join(start, block[0])
    builder.join(block[1], end)
    return diagram(*builder.parts)


diagrams = st.builds(random_diagram, st.randoms(use_true_random=False))
schedules = st.randoms(use_true_random=False)
