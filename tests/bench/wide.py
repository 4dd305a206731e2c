"""One child of a parallel multi-instance of five hundred."""

from functools import partial
from typing import Any

from tests.bench.diagrams import wide
from tests.bench.ground import Ground
from tests.bench.timing import milliseconds, percentile
from tests.support.publishing import publish_diagram

WIDTH = 500
MEASURED = 100


def measure(ground: Ground) -> dict[str, Any]:
    publish_diagram(ground.core, wide(WIDTH))
    ground.start("proses")
    with ground.connect() as connection:
        rows = connection.execute("SELECT id FROM work_item ORDER BY id LIMIT %s", (MEASURED,)).fetchall()
    taken = milliseconds(partial(ground.complete, item_id, "eko", {}) for (item_id,) in rows)
    return {"multi_instance_child_ms": percentile(taken, 50)}
