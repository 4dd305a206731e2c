"""The small signs of BPMN, drawn around the origin in plain paths; they take their colour from the group's class."""

from collections.abc import Mapping

from engine.bpmn.svg import Svg, circle, path, tag

# Signs of events fit a circle of radius 10 around the origin; a throwing event fills its sign.
EVENT_SIGNS: Mapping[str, str] = {
    "message": "M-9-6H9V6H-9ZM-9-6L0 1L9-6",
    "signal": "M0-9L9 6H-9Z",
    "error": "M-8 7L-4-6L3 3L8-8L4 7L-3-2Z",
    "escalation": "M0-9L7 8L0 2L-7 8Z",
    "compensate": "M-9 0L0-6V6ZM0 0L9-6V6Z",
    "cancel": "M-7-5L-5-7L0-2L5-7L7-5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0Z",
    "conditional": "M-6-8H6V8H-6ZM-4-5H4M-4-2H4M-4 2H4M-4 5H4",
    "link": "M-9-3H2V-8L9 0L2 8V3H-9Z",
    "multiple": "M0-9L9-2.5L5.5 8H-5.5L-9-2.5Z",
    "parallelMultiple": "M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z",
}
_TIMER_TICKS = "M0-9V-7M0 9V7M-9 0H-7M9 0H7M0-5V0L4 2"

# Signs of tasks fit a square of 16 whose corner is the origin.
TASK_SIGNS: Mapping[str, str] = {
    "userTask": "M8 8A3.6 3.6 0 1 0 8 .8A3.6 3.6 0 0 0 8 8Z"
    "M1.5 15.5V13.5A4 4 0 0 1 5.5 9.5H10.5A4 4 0 0 1 14.5 13.5V15.5Z",
    "manualTask": "M1 7L5 3H13.5A1.2 1.2 0 0 1 13.5 5.4H8H14.5A1.2 1.2 0 0 1 14.5 7.8H14A1.2 1.2 0 0 1 14 10.2H13"
    "A1.2 1.2 0 0 1 13 12.6H4L1 10.5Z",
    "serviceTask": "M6.8 1H9.2L9.6 3L11.2 3.7L12.9 2.6L14.5 4.3L13.4 5.9L14 7.5L16 7.9V10.1L14 10.5L13.4 12.1L14.5 13.7"
    "L12.9 15.3L11.2 14.3L9.6 15H6.4L4.8 14.3L3.1 15.3L1.5 13.7L2.6 12.1L2 10.5L0 10.1V7.9L2 7.5L2.6 5.9L1.5 4.3"
    "L3.1 2.6L4.8 3.7L6.4 3ZM8 11.8A2.8 2.8 0 1 0 8 6.2A2.8 2.8 0 0 0 8 11.8Z",
    "scriptTask": "M4 1H14C10.5 4.5 10.5 6 12.5 8.5C14.5 11 14 13 12 15H2C5 12 4.5 10.5 2.8 8.3C1 6 1 4 4 1ZM5 5H10.5"
    "M5 8H10.5M6 11H11.5",
    "businessRuleTask": "M1 2.5H15V13.5H1ZM1 6H15M1 9.8H15M5.5 6V13.5",
    "sendTask": "M1 3H15L8 8.6ZM1 4.6L8 10.2L15 4.6V13H1Z",
    "receiveTask": "M1 3H15V13H1ZM1 3L8 8.8L15 3",
}
FILLED_TASK_SIGNS = frozenset({"sendTask"})

# Marks at the foot of an activity fit a square of 14 around the origin.
FOOT_SIGNS: Mapping[str, str] = {
    "collapsed": "M-6-6H6V6H-6ZM0-4V4M-4 0H4",
    "loop": "M-1.5 6A6 6 0 1 1 2.5 5.6M-5 6.5H-1.2V2.6",
    "parallel": "M-4-6V6M0-6V6M4-6V6",
    "sequential": "M-6-4H6M-6 0H6M-6 4H6",
    "compensate": "M-7 0L0-5V5ZM0 0L7-5V5Z",
    "adHoc": "M-7 2Q-3.5-5 0 0T7-2",
}


def event_sign(trigger: str, x: float, y: float, scale: float, *, filled: bool) -> Svg:
    """The sign of an event's trigger, or nothing for an event without one."""
    if trigger == "timer":
        inner = circle(0, 0, 9, class_="tk-line", fill="none") + path(_TIMER_TICKS, class_="tk-line", fill="none")
    elif trigger == "terminate":
        inner = circle(0, 0, 10, class_="tk-solid", fill="currentColor")
    elif trigger in EVENT_SIGNS:
        inner = _sign(EVENT_SIGNS[trigger], filled=filled)
    else:
        return Svg("")
    return placed(inner, x, y, scale)


def gateway_sign(kind: str, x: float, y: float, scale: float) -> Svg:
    signs = {
        "exclusiveGateway": path("M-7-8L7 8M7-8L-7 8", class_="tk-line", fill="none", stroke_width=3),
        "parallelGateway": path("M-10 0H10M0-10V10", class_="tk-line", fill="none", stroke_width=3),
        "inclusiveGateway": circle(0, 0, 9, class_="tk-line", fill="none", stroke_width=2.5),
        "complexGateway": path("M-10 0H10M0-10V10M-7-7L7 7M7-7L-7 7", class_="tk-line", fill="none", stroke_width=2.5),
        "eventBasedGateway": circle(0, 0, 12, class_="tk-line", fill="none")
        + circle(0, 0, 9.5, class_="tk-line", fill="none")
        + path("M0-6L6-1.5L3.5 5H-3.5L-6-1.5Z", class_="tk-line", fill="none"),
    }
    return placed(signs[kind], x, y, scale) if kind in signs else Svg("")


def task_sign(kind: str, x: float, y: float) -> Svg:
    if kind not in TASK_SIGNS:
        return Svg("")
    return placed(_sign(TASK_SIGNS[kind], filled=kind in FILLED_TASK_SIGNS), x, y, 1.0)


def foot_sign(name: str, x: float, y: float) -> Svg:
    return placed(path(FOOT_SIGNS[name], class_="tk-line", fill="none"), x, y, 1.0)


def placed(inner: Svg, x: float, y: float, scale: float) -> Svg:
    move = f"translate({x:.1f} {y:.1f})"
    return tag("g", inner, transform=move if scale == 1 else f"{move} scale({scale:.2f})")


def _sign(d: str, *, filled: bool) -> Svg:
    if filled:
        return path(d, class_="tk-solid", fill="currentColor", stroke="#ffffff", stroke_width=1)
    return path(d, class_="tk-line", fill="none", stroke_linejoin="round")
