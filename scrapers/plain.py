"""Turns what pages say into plain text: no markup, no control signs, nothing that breaks a line or a database."""

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_TITLE = 500
LONGEST_TEXT = 20_000
LONGEST_LINK = 2048
_MOST_ESCAPES = 3
_NOT_TEXT = "script,style,template,noscript,iframe,object,svg,math,head,form,select,textarea,button"
_BLOCK_NAMES = """
    address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre
    section table td th tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Signs that show nothing or turn the reading direction of what follows."""
_NONCHARACTERS = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]+")
_UNFIT_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")


def cleaned(text: str) -> str:
    """The text without control signs, lone surrogates and noncharacters; tabs and line ends stay."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # seen at a fraction of what the expressions cost
    return (_UNFIT_ASCII if text.isascii() else _UNFIT).sub("", text)


def one_line(text: str, longest: int = LONGEST_TITLE) -> str:
    """The text as a single line with single spaces, cut at `longest` characters."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text:
        line = text.strip(" ")  # the only white space that is printable, and nothing invisible is
    else:
        fit = cleaned(text.replace("\r", "\n"))
        line = " ".join((fit if fit.isascii() else _INVISIBLE.sub("", fit)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def paragraphs(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text with one line per paragraph and no empty ones, cut at `longest` characters."""
    if text.isprintable():
        return one_line(text, longest)  # no line ends in it
    lines = (one_line(line, longest) for line in text.replace("\r", "\n").split("\n"))
    joined = "\n".join(line for line in lines if line)
    return joined if len(joined) <= longest else joined[: longest - 1].rstrip() + "…"


def text_of_html(html: str, longest: int = LONGEST_TEXT) -> str:
    """What a person would read in a piece of HTML, one line per block; markup that was escaped twice goes too."""
    text = html
    for _ in range(_MOST_ESCAPES):
        if ("<" not in text and "&" not in text) or not _LOOKS_LIKE_MARKUP.search(text):
            break
        text = _once(text)
    return paragraphs(text, longest)


def _once(html: str) -> str:
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    for node in body.css(_NOT_TEXT):
        node.decompose()
    return text_of_node(body)


def text_of_node(node: LexborNode) -> str:
    """The text below a node, with a line end around each block."""
    pieces: list[str] = []
    for part in node.traverse(include_text=True):
        if part.tag == "-text":
            pieces.append((part.text_content or "").replace("\n", " "))
        elif part.tag in BLOCKS:
            pieces.append("\n")
    return "".join(pieces)


def safe_link(link: str, base: str = "") -> str:
    """The complete http or https address, or nothing where it is not one a person may safely click."""
    written = link.strip()
    if not written or len(written) > LONGEST_LINK or re.search(r"[\x00-\x20\x7f-\xa0\\<>\"]", written):
        return ""
    try:
        whole = urljoin(base, written)
        parts = urlsplit(whole)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return whole if fine else ""
