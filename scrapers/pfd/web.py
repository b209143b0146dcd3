"""The pages on which reports are published: lists of them, and one page for each with its files."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from scrapers.blocks import Block, Link, blocks_of, parsed
from scrapers.model import Finding, Follow, Json, Page, Problem, Result
from scrapers.pfd.organisations import organisations_in
from scrapers.pfd.report import read_report, results_of
from scrapers.plain import safe_link

REGISTER = "https://www.judiciary.uk/?post_type=pfd&s="
"""A search by number: the address of a report's own page holds a name."""
_LIST = "prevention-of-future-death-reports"
_HARMLESS = re.compile(r"pfd|pfd-types?|\d{1,4}|\d{4}-\d{4}|relevance|desc|asc", re.I)
"""What is asked of a list without naming anybody."""
_UPLOADS = re.compile(r"/wp-content/uploads(?:/\d+)*")
_REPORT_PAGE = re.compile(r"/prevention-of-future-death-reports/[^/?#]+/?$")
_REPLY = re.compile(r"\b(?:response|reply)\b", re.I)
_FROM = re.compile(r"\b(?:response|reply)\s+(?:from|by)\s+(?P<who>.+)", re.I)
_ABOUT_REPORT = re.compile(r"prevention-?of-?future|future-?deaths?|reg(?:ulation)?-?28", re.I)
_NUMBER = re.compile(r"(?<!\d)(?:19|20)\d{2}-\d{4}(?!\d)")
_FILE_NAME = re.compile(r"\d{4}-\d{4}-(?:response|reply)[\w-]*\.pdf$", re.I)


def link_of(reference: str) -> str:
    """Where a report is found by its number; nothing without one."""
    return REGISTER + reference if reference else ""


def is_about_a_report(address: str) -> bool:
    """Whether an address of the site leads to reports or replies, and not to guidance or judgments."""
    parts = urlsplit(address)
    folder, _, name = parts.path.rpartition("/")
    of_report = _NUMBER.search(name) or _ABOUT_REPORT.search(name)
    return f"/{_LIST}" in parts.path.lower() or bool(_UPLOADS.fullmatch(folder) and of_report)


def found_without_name(address: str) -> str:
    """Where the report an address is about is found by its number; nothing where the address has none."""
    number = _NUMBER.search(urlsplit(address).path)
    return link_of(number[0]) if number else ""


def names_nobody(address: str) -> bool:
    """Whether an address holds no name for certain: a list, a search by number, a reply's file named by who sent it."""
    parts = urlsplit(address)
    asked = {name for name, value in parse_qsl(parts.query) if not _HARMLESS.fullmatch(value)}
    folder, _, name = parts.path.rpartition("/")
    plain = parts.path.strip("/") in ("", _LIST) or bool(
        _UPLOADS.fullmatch(folder) and _names_sender_only(name)
    )
    return plain and not asked and not parts.username


def _names_sender_only(name: str) -> bool:
    """`2024-0093-Response-from-NHS-England.pdf`, where nothing is left beside number and organisation."""
    words = name.removesuffix(".pdf").replace("-", " ")
    said = _FROM.search(words)
    found = organisations_in(said["who"]) if said else []
    return bool(_FILE_NAME.fullmatch(name) and said and found and found[0] == said["who"].strip())


def read_web_page(page: Page) -> Iterator[Result]:
    """A list of reports as pages to follow; a report's page as its file to follow, or as the report itself."""
    blocks = blocks_of(parsed(page.body))
    lines = [block.text for block in blocks if block.text]
    listed = list(dict.fromkeys(_reports(blocks, page)))
    if not _is_one_report(lines) and listed:
        yield from (Follow(address, {"page": "report"}) for address in listed)
        return
    if not _is_one_report(lines):
        yield Problem(
            "not_recognised",
            "This page is not a report to prevent future deaths, nor a list of them.",
            "fatal",
            "page",
        )
        return
    report = read_report(lines, page.state, on_one_line=True)
    files = list(_files(blocks, page))
    own = next((address for link, address in files if not _is_reply(link, address)), "")
    if own and not report.due_stated_on:
        yield Follow(own, report.to_state())
    else:
        yield from results_of(report, page.sha256[:12], link_of(report.reference))
    yield from _replies(report.reference, files)


def _is_one_report(lines: Sequence[str]) -> bool:
    text = "\n".join(lines)
    return bool(
        re.search(r"being sent to\s*:", text, re.I)
        and re.search(r"^(?:Date of report|Ref)", text, re.I | re.M)
    )


def _reports(blocks: Sequence[Block], page: Page) -> Iterator[str]:
    for link in (link for block in blocks for link in block.links):
        address = safe_link(link.href, page.final_address)
        if _REPORT_PAGE.search(urlsplit(address).path):
            yield address


def _files(blocks: Sequence[Block], page: Page) -> Iterator[tuple[Link, str]]:
    for link in (link for block in blocks for link in block.links):
        address = safe_link(link.href, page.final_address)
        if urlsplit(address).path.lower().endswith(".pdf"):
            yield link, address


def _is_reply(link: Link, address: str) -> bool:
    return bool(_REPLY.search(link.text) or _REPLY.search(_file_name(address).replace("-", " ")))


def _file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])


def _replies(reference: str, files: Sequence[tuple[Link, str]]) -> Iterator[Finding]:
    """Each reply's file as a response; its own address is kept only where it holds the number and no name."""
    replies = [(link, address) for link, address in files if _is_reply(link, address)]
    for place, (link, address) in enumerate({one[1]: one for one in replies}.values(), 1):
        said = _FROM.search(link.text) or _FROM.search(
            _file_name(address).removesuffix(".pdf").replace("-", " ")
        )
        found = organisations_in(said["who"]) if said else []
        extra: dict[str, Json] = {"item": reference, "response_kind": None}
        yield Finding(
            kind="response",
            key=f"{reference}/reply/{found[0] if found else place}",
            title=f"Reply to the report to prevent future deaths {reference}",
            body_name=found[0] if found else "",
            link=address if names_nobody(address) else link_of(reference),
            locator=f"file {place} of the replies",
            confidence=0.7 if found and reference else 0.4,
            reasons=(("reply_file", reference),),
            extra=extra,
        )
