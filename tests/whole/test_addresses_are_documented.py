"""Every address the site answers stands in the documents."""

import re

from tests.shared import ROOT
from tracker.compose import compose
from tracker.config import Config

DOCUMENTS = ("docs/addresses.md", "docs/api.md", "README.md")
VARIABLE = re.compile(r"<(?:[^<>:]+:)?([a-z0-9_]+)>")


def addresses() -> set[str]:
    return {VARIABLE.sub(r"<\1>", rule.rule) for rule in compose(Config()).app.url_map.iter_rules()}


def test_every_address_is_documented() -> None:
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    missing = sorted(address for address in addresses() if not _stands_in(address, text))
    assert missing == [], "write them down in docs/addresses.md"


def _stands_in(address: str, text: str) -> bool:
    return f"`{address}`" in text or f"{address}`" in text or f"{address} " in text
