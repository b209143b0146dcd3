"""What all pages of the register share: its words, its numbers, its addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from scrapers.blocks import Block, Link, blocks_of, parsed, sections
from scrapers.model import Page, Problem
from scrapers.plain import safe_link

BODY = "European Commission"
REGISTER = "https://citizens-initiative.europa.eu/"
SUBMITTED = "Valid initiative"
ANSWERED = "Answered initiative"
STATUSES = {
    "Registered": "registered",
    "Collection ongoing": "collecting",
    "Collection closed": "closed",
    "Unsuccessful collection": "failed",
    "Verification": "verifying",
    SUBMITTED: "submitted",
    ANSWERED: "answered",
    "Withdrawn": "withdrawn",
}
"""The register's words for where an initiative stands, as its own search form lists them."""
STEPS = {**STATUSES, "Collection start date": "collecting"}
"""The words of an initiative's timeline."""
_NUMBER = re.compile(r"ECI\((\d{4})\)(\d{6})")
_DETAILS = re.compile(r"/initiatives/details/(\d{4})/(\d{6})(?:[/_]|$)")
_TRAILING_SIGNS = " .:;,"


@dataclass(frozen=True)
class Sheet:
    """A page taken apart once."""

    page: Page
    tree: LexborHTMLParser

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything on the page in reading order."""
        return blocks_of(self.tree)

    @cached_property
    def sections(self) -> dict[str, list[Block]]:
        """The page's pieces by heading, without signs at the heading's end."""
        return {name.rstrip(_TRAILING_SIGNS): blocks for name, blocks in sections(self.blocks).items()}

    @property
    def title(self) -> str:
        """The first heading of the first level."""
        return next((block.text for block in self.blocks if block.level == 1), "")

    @property
    def language(self) -> str:
        """The language the page says it is in, such as `en`; empty where it does not say."""
        top = self.tree.css_first("html")
        said = (top.attributes.get("lang") or "") if top else ""
        return said.partition("-")[0].strip().lower()[:20]

    @cached_property
    def address(self) -> str:
        """Where the page stands: where it was read, for a saved one where it says it stands; else nothing."""
        own = self.tree.css_first('link[rel="canonical"]')
        said = own.attributes.get("href") or "" if own else ""
        return safe_link(self.page.final_address) or safe_link(said)

    def complete(self, link: Link) -> str:
        """The link's address, complete, or nothing where it is none."""
        return safe_link(link.href, self.address or REGISTER)


def sheet_of(page: Page) -> Sheet:
    """The page, taken apart."""
    return Sheet(page, parsed(page.body))


def without_file_boxes(sheet: Sheet) -> Sheet:
    """The same page without its boxes of downloads in all languages, which are no part of what it says."""
    tree = parsed(sheet.page.body)
    for node in tree.css('[class~="ecl-file"]'):
        node.decompose()
    return Sheet(sheet.page, tree)


def number_in(text: str) -> str:
    """A registration number as the register writes it, `ECI(2012)000003`; empty where there is none."""
    found = _NUMBER.search(text)
    return found.group() if found else ""


def number_of_address(address: str) -> str:
    """The registration number in the address of an initiative."""
    found = _DETAILS.search(address)
    return f"ECI({found[1]}){found[2]}" if found else ""


def links_of(blocks: Iterable[Block]) -> list[Link]:
    """All links of some blocks, in order."""
    return [link for block in blocks for link in block.links]


def unknown_word(code: str, word: str, locator: str) -> Problem:
    """The question a word raises that the register's vocabulary does not hold."""
    sentence = "The register uses a word that this reader does not know; a person has to say what it means."
    return Problem(code, sentence, "question", locator, word)
