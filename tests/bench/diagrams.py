"""The processes that are measured."""

from tests.support.diagrams import (
    Part,
    catch,
    chain,
    diagram,
    element,
    end,
    exclusive,
    extensions,
    flow,
    person_task,
    standard_time,
    start,
    timer,
    user_task,
)

APPROVERS = {"setujui_1": "eko", "setujui_2": "citra", "setujui_3": "dewi"}
POSITIONS = {"setujui_1": "writer", "setujui_2": "kasubbag", "setujui_3": "kepala"}
ANSWERS = {"keputusan": "setuju", "catatan": "Berkas lengkap, dapat dilanjutkan."}
FORM = {
    "type": "default",
    "components": [
        {
            "type": "radio",
            "key": "keputusan",
            "label": "Keputusan",
            "validate": {"required": True},
            "values": [{"label": "Setujui", "value": "setuju"}, {"label": "Tolak", "value": "tolak"}],
        },
        {"type": "textarea", "key": "catatan", "label": "Catatan", "validate": {"maxLength": 500}},
    ],
}


def three_approvals() -> bytes:
    """Three people in a row decide with a form; each may refuse, and each has a standard time."""
    parts: list[Part] = [start()]
    for task, after in zip(APPROVERS, (*list(APPROVERS)[1:], "selesai"), strict=True):
        gateway = f"boleh_{task}"
        parts += [_approval(task), exclusive(gateway, default=f"{gateway}_{after}")]
    refusals = (flow(f"boleh_{task}", "ditolak", "Tidak", "keputusan == 'tolak'") for task in APPROVERS)
    return diagram(*chain(*parts, end()), end("ditolak"), *refusals)


def waiting() -> bytes:
    """A case that waits for a timer and then ends."""
    return diagram(*chain(start(), catch("tunggu", timer("PT8760H")), end()))


def around_and_around() -> bytes:
    """One person's task in a loop, for as long as she says so."""
    return diagram(
        *chain(start(), person_task("ulang", "writer"), exclusive("lagi", default="lagi_ulang")),
        end(),
        flow("lagi", "selesai", "Selesai", "judul == 'selesai'"),
        flow("lagi", "ulang", "Lagi"),
    )


def wide(width: int) -> bytes:
    """As many at once as there are parallel items."""
    items = element("multiInstanceLoopCharacteristics", "", f"<loopCardinality>{width}</loopCardinality>")
    said = ('<tk:pelaksana jabatan="writer"/>', standard_time(1, "hari"), '<tk:output nama="berkas"/>')
    return diagram(*chain(start(), user_task("banyak", extensions(*said), items), end()))


def ordinary(number: int) -> bytes:
    """A file of thirty elements, as an office draws them; each number is another file."""
    tasks = [person_task(f"langkah_{number}_{n}", "writer") for n in range(9)]
    return diagram(*chain(start(), *tasks, end()))


def _approval(task: str) -> Part:
    said = (
        f'<tk:pelaksana jabatan="{POSITIONS[task]}"/>',
        standard_time(4, "jam"),
        '<tk:output nama="berkas"/>',
        '<tk:formulir kunci="putusan"/>',
    )
    return user_task(task, extensions(*said))
