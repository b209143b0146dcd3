"""Small trees of XML, every text cleaned on the way in."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.rendering.clean_text import clean


def root(name: str, attributes: Mapping[str, str]) -> Element:
    """The outermost element, namespaces as plain attributes."""
    return Element(name, dict(attributes))


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child with text and attributes; an attribute's trailing underscore is dropped."""
    given = {key.rstrip("_"): clean(value) for key, value in attributes.items()}
    child = SubElement(parent, name, given)
    child.text = clean(text) or None
    return child


def written(tree: Element) -> bytes:
    """The document as UTF-8 with its declaration."""
    body: bytes = tostring(tree, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
    return body
