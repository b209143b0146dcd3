"""A page for people, as a tree: decoded by its header or by what it says of itself; another page is refused."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from scrapers.feeds.decoding import Decoded, Unreadable, decoded
from scrapers.impostors import empty_page, impostor
from scrapers.model import Page

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def html_of(page: Page) -> Decoded:
    """The text of an HTML page; raises Unreadable for an empty, error, login, maintenance or challenge page."""
    empty = empty_page(page.body)
    if empty:
        raise Unreadable(empty.code, empty.sentence)
    found = _META.search(page.body[:2048])
    if found and "charset" not in page.header("content-type").lower():
        told = ("Content-Type", f"text/html; charset={found[1].decode('ascii')}")
        page = replace(page, headers=(told,))
    whole = decoded(page)
    other = impostor(whole.text)
    if other:
        raise Unreadable(other.code, other.sentence, other.as_written)
    return whole


def tree_of(html: str) -> LexborHTMLParser:
    """The page as a tree, without scripts and styles."""
    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,template,noscript"):
        node.decompose()
    return tree
