"""Where a source says for certain which address it means, it is a link."""

import pytest

from tracker.rendering.source_links import linked


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        (
            "github:ministry/register src/data/status.csv (commit 0693a04b, 2026-02-01)",
            "https://github.com/ministry/register/blob/0693a04b/src/data/status.csv",
        ),
        (
            "github:ministry/register data/2026-02-09_13-24-41 (commit a4ff982)",
            "https://github.com/ministry/register/tree/a4ff982/data/2026-02-09_13-24-41",
        ),
        ("read in github:ministry/register.", "https://github.com/ministry/register"),
        ("see https://ministry.example/answers, page 3", "https://ministry.example/answers"),
        ("committees.parliament.uk, inquiry 8367", ""),
    ],
)
def test_a_source_in_words_leads_where_it_says(said: str, leads: str) -> None:
    pieces = linked(said)
    assert "".join(text for text, _address in pieces) == said
    assert [address for _text, address in pieces if address] == ([leads] if leads else [])
