"""A wrong and a right drawing for each rule of the linter; docs/lint-rules.md shows where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.diagrams import (
    Part,
    boundary,
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    exclusive,
    extensions,
    flow,
    lane,
    long_chain,
    parallel,
    person_task,
    process,
    script_task,
    start,
    throw,
    timer,
    user_task,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`code` is what the rule says of the wrong drawing; of the right one it says nothing."""

    code: str
    wrong: bytes
    right: bytes


def drawings(code: str, wrong: tuple[str, ...], right: tuple[str, ...]) -> Example:
    return Example(code=code, wrong=diagram(*wrong), right=diagram(*right))


def files(code: str, wrong: tuple[str, ...], right: tuple[str, ...]) -> Example:
    return Example(code=code, wrong=definitions(*wrong), right=definitions(*right))


def steps(code: str, wrong: Part, right: Part) -> Example:
    """One element between a start and an end."""
    return drawings(code, chain(start(), wrong, end()), chain(start(), right, end()))


def decision(*flows: str, **attributes: str) -> tuple[str, ...]:
    gateway = exclusive("lengkap", **attributes)
    back = flow("perbaiki", "selesai")
    return (*chain(start(), gateway), person_task("perbaiki"), end(), *flows, back)


def repeated(**attributes: str) -> Part:
    count = f"<loopCardinality>{attributes.pop('times')}</loopCardinality>"
    return user_task("nilai", element("multiInstanceLoopCharacteristics", "", count, **attributes))


def service(operation: str) -> Part:
    return element("serviceTask", "kabari", extensions(f'<tk:layanan operasi="{operation}"/>'), name="Kabari")


ORDINARY = chain(start(), person_task("periksa"), end())
MESSAGE = element("message", "surat", name="surat")
YES, NO = flow("lengkap", "selesai", "Ya", "lengkap"), flow("lengkap", "perbaiki", "Tidak")
WITHOUT_TIME = user_task("periksa", extensions('<tk:pelaksana jabatan="Staf"/>', '<tk:output nama="berkas"/>'))
WITHOUT_OUTPUT = user_task(
    "periksa", extensions('<tk:pelaksana jabatan="Staf"/>', '<tk:waktu nilai="10" satuan="menit"/>')
)
AT_A_SIGNAL = element(
    "subProcess",
    "alarm",
    *chain(start("dengar", event("signal")), person_task("catat"), end("s")),
    triggeredByEvent="true",
)
UNDONE = (
    *chain(start(), person_task("kirim"), end("selesai", event("compensate"))),
    *(boundary("batal", "kirim", event("compensate")), user_task("tarik", isForCompensation="true")),
    element("association", "arah", sourceRef="batal", targetRef="tarik"),
)
SURAT = event("message", messageRef="surat")

EXAMPLES: Mapping[str, Example] = {
    "processes": files("process.empty", (process(),), (process(*ORDINARY),)),
    "process_ids": files(
        "process.bad_id", (process(*ORDINARY, identity="surat masuk"),), (process(*ORDINARY, identity="surat_masuk"),)
    ),
    "duplicate_ids": drawings(
        "element.duplicate_id",
        (*ORDINARY, element("textAnnotation", "periksa")),
        (*ORDINARY, element("textAnnotation", "catatan")),
    ),
    "long_ids": steps("element.long_id", person_task("p" * 191), person_task("periksa")),
    "reserved_ids": steps("element.bad_id", person_task("1/periksa"), person_task("periksa")),
    "unsupported_elements": steps(
        "element.unsupported", element("choreographyTask", "periksa", name="Periksa"), person_task("periksa")
    ),
    "foreign_words": steps(
        "foreign.listener",
        user_task("periksa", extensions('<camunda:taskListener event="create" class="org.contoh.Kabari"/>')),
        person_task("periksa"),
    ),
    "references": files(
        "reference.unknown",
        (MESSAGE, process(*chain(start(), catch("tunggu", event("message", messageRef="srat")), end()))),
        (MESSAGE, process(*chain(start(), catch("tunggu", SURAT), end()))),
    ),
    "flow_ends": drawings("flow.loose", (*ORDINARY, flow("periksa", "hilang")), ORDINARY),
    "starts": drawings("start.missing", chain(person_task("periksa"), end()), ORDINARY),
    "ends": drawings("end.missing", chain(start(), person_task("periksa")), ORDINARY),
    "unreachable": drawings(
        "element.unreachable",
        (*ORDINARY, person_task("arsipkan"), flow("arsipkan", "selesai")),
        chain(start(), person_task("periksa"), person_task("arsipkan"), end()),
    ),
    "dead_ends": drawings(
        "element.dead_end",
        (*ORDINARY, person_task("arsipkan"), flow("periksa", "arsipkan")),
        chain(start(), person_task("periksa"), person_task("arsipkan"), end()),
    ),
    "boundary_events": drawings(
        "boundary.no_host",
        (*ORDINARY, boundary("terlambat", "perksa", timer()), flow("terlambat", "selesai")),
        (*ORDINARY, boundary("terlambat", "periksa", timer()), flow("terlambat", "selesai")),
    ),
    "event_triggers": steps("event.no_trigger", catch("tunggu"), catch("tunggu", timer("P1D"))),
    "event_names": files(
        "event.no_name",
        (MESSAGE, process(*chain(start(), element("receiveTask", "terima", name="Terima"), end()))),
        (MESSAGE, process(*chain(start(), element("receiveTask", "terima", name="Terima", messageRef="surat"), end()))),
    ),
    "event_sub_processes": drawings(
        "event_sub_process.on_flow",
        (*ORDINARY, AT_A_SIGNAL, flow("periksa", "alarm")),
        (*ORDINARY, AT_A_SIGNAL),
    ),
    "compensation": drawings("compensation.on_flow", (*UNDONE, flow("tarik", "selesai")), UNDONE),
    "event_gateways": drawings(
        "event_gateway.wrong_target",
        chain(start(), element("eventBasedGateway", "yang_mana"), person_task("periksa"), end()),
        chain(start(), element("eventBasedGateway", "yang_mana"), catch("sehari", timer("P1D")), end()),
    ),
    "link_events": drawings(
        "link.no_target",
        chain(start(), throw("ke", event("link", name="A"))),
        (*chain(start(), throw("ke", event("link", name="A"))), *chain(catch("dari", event("link", name="A")), end())),
    ),
    "timers": steps("timer.missing", catch("tunggu", timer("")), catch("tunggu", timer("P3D"))),
    "message_lifetimes": files(
        "event.bad_lifetime",
        (element("message", "surat", extensions('<tk:simpan selama="seminggu"/>'), name="surat"), process(*ORDINARY)),
        (element("message", "surat", extensions('<tk:simpan selama="P7D"/>'), name="surat"), process(*ORDINARY)),
    ),
    "conditions": drawings(
        "condition.missing",
        decision(flow("lengkap", "selesai", "Ya"), NO),
        decision(YES, NO, default="lengkap_perbaiki"),
    ),
    "expressions": drawings(
        "expression.bad",
        decision(flow("lengkap", "selesai", "Ya", "jumlah >"), NO),
        decision(flow("lengkap", "selesai", "Ya", "jumlah > 3"), NO),
    ),
    "scripts": steps("script.bad", script_task("hitung", "import os"), script_task("hitung", "total = harga * jumlah")),
    "services": steps("service.unknown", service("sms"), service("notify")),
    "rule_tasks": steps(
        "decision.not_said",
        element("businessRuleTask", "tentukan", name="Tentukan"),
        element("businessRuleTask", "tentukan", name="Tentukan", camunda__decisionRef="tarif"),
    ),
    "called_processes": files(
        "call.endless",
        (process(*chain(start(), call("lagi", "proses"), end())),),
        (process(*chain(start(), person_task("periksa"), call("lagi", "proses"), end())),),
    ),
    "loops": steps("loop.bad_count", repeated(times="-1"), repeated(times="3")),
    "numbers": steps("number.bad", user_task("periksa", startQuantity="dua"), user_task("periksa", startQuantity="2")),
    "performers": drawings(
        "performer.missing",
        chain(start(), user_task("periksa"), end()),
        (lane("Staf Tata Usaha", "periksa"), *chain(start(), user_task("periksa"), end())),
    ),
    "standard_times": steps("standard_time.missing", WITHOUT_TIME, person_task("periksa")),
    "due_dates": steps(
        "due_date.too_long",
        person_task("periksa", "Staf", '<tk:tenggat nilai="P99Y"/>'),
        person_task("periksa", "Staf", '<tk:tenggat nilai="P9Y"/>'),
    ),
    "effort_norms": steps(
        "effort_norm.bad",
        person_task("periksa", "Staf", '<tk:norma menit="banyak"/>'),
        person_task("periksa", "Staf", '<tk:norma menit="15"/>'),
    ),
    "outputs": steps("output.missing", WITHOUT_OUTPUT, person_task("periksa")),
    "branch_labels": drawings(
        "branch.no_label",
        decision(flow("lengkap", "selesai", "", "lengkap"), NO),
        decision(YES, NO),
    ),
    "implicit_joins": drawings(
        "join.implicit",
        (
            *chain(start(), parallel("bagi"), person_task("catat"), person_task("kirim"), end()),
            *(person_task("salin"), flow("bagi", "salin"), flow("salin", "kirim")),
        ),
        (
            *chain(start(), parallel("bagi"), person_task("catat"), parallel("kumpul"), person_task("kirim"), end()),
            *(person_task("salin"), flow("bagi", "salin"), flow("salin", "kumpul")),
        ),
    ),
    "length": Example(code="process.long", wrong=long_chain(21), right=long_chain(20)),
}
