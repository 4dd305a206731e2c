from collections import Counter
from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing, link_name
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import kind_of


def link_events(drawing: Drawing) -> Iterator[Problem]:
    """A link leads to exactly one link event of the same name in the same scope (S6)."""
    for scope in drawing.scopes:
        links = [node for node in drawing.nodes_in(scope) if link_name(node) is not None]
        catching = Counter(link_name(node) for node in links if kind_of(node) == "intermediateCatchEvent")
        throwing = {link_name(node) for node in links if kind_of(node) == "intermediateThrowEvent"}
        for node in links:
            name = link_name(node)
            if kind_of(node) == "intermediateThrowEvent" and not catching[name]:
                message = _("The link “%(link)s” leads nowhere. Draw a catching link event of the same name.")
                yield error(node, "link.no_target", message, link=name)
            if kind_of(node) == "intermediateCatchEvent" and catching[name] > 1:
                message = _("Several link events catch “%(link)s”. Keep one of them.")
                yield error(node, "link.several_targets", message, link=name)
            if kind_of(node) == "intermediateCatchEvent" and name not in throwing:
                message = _("No link leads to “%(link)s”. Draw a throwing link event of the same name.")
                yield error(node, "link.no_source", message, link=name)
