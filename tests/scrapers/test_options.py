"""What a source may be told is declared by its reader; anything else is named."""

import pytest

from scrapers.options import BadOptions, check, complaints
from scrapers.sources import reader_for, reader_keys


@pytest.mark.parametrize("key", reader_keys())
def test_every_reader_says_which_options_exist(key: str) -> None:
    options = reader_for(key).OPTIONS
    assert all(name.isidentifier() and meaning for name, meaning in options.items())


def test_an_unknown_option_is_named_with_the_one_that_was_meant() -> None:
    (said,) = complaints("listing", {"fields": {"title": "td"}, "statusses": {}})
    assert said == "The reader 'listing' has no option 'statusses'; did you mean 'statuses'?"


def test_an_option_like_no_other_is_named_with_all_there_are() -> None:
    (said,) = complaints("feed", {"xyz": 1})
    assert "there are: body_name, document, jurisdiction, kind" in said


def test_options_of_any_source_are_known_to_every_reader() -> None:
    assert (
        complaints(
            "feed",
            {
                "name": "News",
                "kind": "response",
                "max_pages": 3,
                "process_kind": "petition",
                "process_name": "Petitions",
            },
        )
        == []
    )


def test_the_sentence_names_the_source() -> None:
    with pytest.raises(BadOptions, match="Source 'my-list': Option fields is missing"):
        check("my-list", "listing", {})
