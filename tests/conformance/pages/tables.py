"""Tables of a page that are written by the program, between marks, in the midst of what people write."""

import re
from collections.abc import Iterable, Mapping

MARKED = re.compile(r"(<!-- made: (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str, made: Mapping[str, str]) -> str:
    """The page with every marked part written anew; a mark that nothing is made for is a KeyError."""
    return MARKED.sub(lambda mark: f"{mark[1]}{made[mark['name']]}\n{mark[3]}", page)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
