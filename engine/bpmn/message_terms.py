"""What a drawing says of messages: by which key they find their receiver, and how long they are kept for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from engine.bpmn.vocabulary import (
    BPMN,
    TK,
    ZEEBE,
    Element,
    event_definitions,
    extension,
    kind_of,
    text_of,
)
from engine.expressions.expression import Expression
from engine.expressions.times import is_literal

KEY, LIFETIME = f"{TK}korelasi", f"{TK}simpan"
CATCHING = ("receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent")


@dataclass(frozen=True, slots=True)
class MessageTerms:
    correlation: Expression | None = None
    lifetime: str | None = None


def terms_by_name(root: Element) -> Mapping[str, MessageTerms]:
    """As the messages themselves say, wherever they are sent or awaited."""
    return {
        message.get("name") or "": _over(MessageTerms(), message) for message in root.iterchildren(f"{BPMN}message")
    }


def terms_at(node: Element, by_name: Mapping[str, MessageTerms], name: str) -> MessageTerms:
    """What an element says of its own message comes before what the message says."""
    return _over(by_name.get(name, MessageTerms()), node)


def translate_message_terms(root: Element) -> None:
    """BPMN's own keys and those of Zeebe, said as `tk:` elements; what the designer wrote in these stands."""
    messages = {message.get("id") or "": message for message in root.iterchildren(f"{BPMN}message")}
    for message in messages.values():
        for subscription in message.iter(f"{ZEEBE}subscription"):
            _say_key(message, subscription.get("correlationKey", ""))
    _translate_properties(root, messages)
    for publishing in root.iter(f"{ZEEBE}publishMessage"):
        node = next(outer for outer in publishing.iterancestors() if kind_of(outer) != "extensionElements")
        _say_key(node, publishing.get("correlationKey", ""))
        lifetime = publishing.get("timeToLive", "").removeprefix("=").strip(" \"'")
        if is_literal(lifetime):
            _say(node, LIFETIME, selama=lifetime)


def _translate_properties(root: Element, messages: Mapping[str, Element]) -> None:
    """A path into the message for whoever sends it; for those who wait, what their process subscribes to."""
    messages_of: dict[str, list[str]] = {}
    for retrieval in root.iter(f"{BPMN}correlationPropertyRetrievalExpression"):
        reference, holder = _local(retrieval.get("messageRef")), retrieval.getparent()
        path = next((text_of(child) for child in retrieval if text_of(child)), "")
        if reference in messages and path:
            _say_key(messages[reference], path)
            messages_of.setdefault("" if holder is None else holder.get("id") or "", []).append(reference)
    for binding in root.iter(f"{BPMN}correlationPropertyBinding"):
        path = next((text_of(child) for child in binding if text_of(child)), "")
        process = next((outer for outer in binding.iterancestors(f"{BPMN}process")), None)
        meant = messages_of.get(_local(binding.get("correlationPropertyRef")), [])
        if process is not None and path:
            for node in _awaiting(process, meant):
                _say_key(node, path)


def _awaiting(process: Element, messages: list[str]) -> Iterator[Element]:
    for node in process.iter(*(BPMN + kind for kind in CATCHING)):
        references = [node.get("messageRef"), *(one.get("messageRef") for one in event_definitions(node))]
        if any(_local(reference) in messages for reference in references if reference):
            yield node


def _over(terms: MessageTerms, element: Element) -> MessageTerms:
    key, lifetime = extension(element, KEY), extension(element, LIFETIME)
    if key is not None and key.get("nilai", "").strip():
        terms = replace(terms, correlation=Expression(key.get("nilai", "")))
    if lifetime is not None and lifetime.get("selama", "").strip():
        terms = replace(terms, lifetime=lifetime.get("selama", "").strip())
    return terms


def _say_key(element: Element, text: str) -> None:
    if text.strip():
        _say(element, KEY, nilai=text)


def _say(element: Element, name: str, **attributes: str) -> None:
    if extension(element, name) is not None:
        return
    holder = element.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.Element(f"{BPMN}extensionElements")
        element.insert(0, holder)
    etree.SubElement(holder, name, attributes)


def _local(reference: str | None) -> str:
    return (reference or "").rpartition(":")[2]
