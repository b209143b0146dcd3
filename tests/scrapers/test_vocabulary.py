"""A reader's words of ours are really ours: the vocabulary it declares fits the domain's enumerations."""

import pytest

from scrapers.sources import UnknownReader, reader_for, reader_keys
from tracker.domain import words

ENUMERATIONS = {
    "trigger": words.Trigger,
    "response_kind": words.ResponseKind,
    "basis": words.Basis,
    "position": words.Position,
}


@pytest.mark.parametrize("key", reader_keys())
def test_each_reader_reads_and_maps_only_to_words_of_the_domain(key: str) -> None:
    reader = reader_for(key)
    assert callable(reader.read)
    for name, mapping in reader.VOCABULARY.items():
        assert set(mapping.values()) <= {str(member) for member in ENUMERATIONS[name]}


def test_readers_are_found_by_being_there() -> None:
    assert {"eci", "feed"} <= set(reader_keys())
    with pytest.raises(UnknownReader, match=r"there are: .*eci, .*feed"):
        reader_for("nobody")
