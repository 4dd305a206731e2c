"""The gate for uploaded files: what comes through is well-formed, bounded XML with BPMN or DMN at its root.

No DOCTYPE, no entities, no network; the size is looked at before anything is parsed.
"""

from typing import Any

from lxml import etree

from engine.base.i18n import _
from engine.bpmn.problems import BadDiagram, Problem, Severity
from engine.bpmn.vocabulary import BPMN, DMN_VERSIONS, Element, line_of

MOST_BYTES = 5 << 20
MOST_DMN_BYTES = 2 << 20


def parse(source: bytes, most_bytes: int = MOST_BYTES) -> Element:
    """The root of a BPMN file; raises BadDiagram with the one problem that stopped it."""
    root = _gated(source, most_bytes)
    if _is_dmn(root):
        raise _refusal(
            "file.not_bpmn",
            _("A decision table or a form is brought together with its diagram: name both, diagram.bpmn table.dmn."),
            line=line_of(root),
        )
    if root.tag != f"{BPMN}definitions":
        raise _refusal(
            "file.not_bpmn",
            _("This XML file is not a BPMN 2.0 diagram. Export the diagram as BPMN 2.0 and upload that file."),
            line=line_of(root),
        )
    return root


def parse_dmn(source: bytes, most_bytes: int = MOST_DMN_BYTES) -> Element:
    """The root of a DMN file, of any version; raises BadDiagram with the one problem that stopped it."""
    root = _gated(source, most_bytes)
    if not _is_dmn(root):
        raise _refusal(
            "file.not_dmn",
            _("This XML file holds no decisions. Export the decision table as DMN 1.3 and upload that file."),
            line=line_of(root),
        )
    return root


def _is_dmn(root: Element) -> bool:
    return root.tag in {f"{{{namespace}}}definitions" for namespace in DMN_VERSIONS}


def _gated(source: bytes, most_bytes: int) -> Element:
    if len(source) > most_bytes:
        raise _refusal(
            "file.too_large",
            _("The file is larger than %(limit)s MB. Remove embedded pictures, or split the process."),
            limit=most_bytes >> 20,
        )
    if not source.strip():
        raise _refusal("file.empty", _("The file is empty. Export the diagram again and upload that file."))
    root = _parsed(source)
    _require_no_doctype(root)
    return root


def _parsed(source: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError as fault:
        if b"<!DOCTYPE" in source:
            raise _doctype_refusal() from None
        raise _refusal(
            "file.not_xml",
            _("This is not a readable BPMN file (XML) or decision table (DMN). Export it again and upload that file."),
            line=fault.lineno or 1,
        ) from None


def _require_no_doctype(root: Element) -> None:
    document: Any = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise _doctype_refusal()


def _doctype_refusal() -> BadDiagram:
    return _refusal("file.doctype", _("The file declares a DOCTYPE, which is not accepted. Remove that line."))


def _refusal(code: str, message: str, line: int = 1, **params: object) -> BadDiagram:
    return BadDiagram(Problem(code=code, severity=Severity.ERROR, message=message, line=line, params=params))
