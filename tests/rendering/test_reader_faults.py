"""Why something could not be read: said in English by those who read, told in the reader's language."""

import pytest

from scrapers.walk.address import vet_address
from scrapers.walk.errors import Refused
from tracker.assets import translations
from tracker.rendering.reader_faults import reader_fault
from tracker.rendering.tongue import tongue


def said(sentence: str, code: str = "es") -> str:
    return reader_fault(sentence, tongue(code, translations()))


def test_a_site_without_the_page_is_told_in_the_readers_language() -> None:
    told = said("The site has no page at this address (status 404).")
    assert told == "El sitio no tiene ninguna página en esta dirección (código 404)."


def test_several_sentences_are_told_one_by_one() -> None:
    told = said(
        "Our reader could not read the source. The connection broke off (timed out). Something nobody foresaw.",
        "fr",
    )
    assert told.startswith("Notre lecteur automatique n’a pas pu lire la source. La connexion")
    assert told.endswith("(timed out). Something nobody foresaw.")


def test_numbers_of_entries_agree() -> None:
    told = said("Our reader found one entry where at least 12 are expected.", "fr")
    assert "une entrée" in told and "12" in told


@pytest.mark.parametrize("code", ["en", "es", "fr"])
def test_what_is_not_known_stays_as_it_is(code: str) -> None:
    assert said("The moon was in the way.", code) == "The moon was in the way."


def test_in_english_it_stays_word_for_word() -> None:
    sentence = (
        "The name a.example could not be resolved. Our reader found 3 entries where it found 40 before."
    )
    assert said(sentence, "en") == sentence


def test_the_sentence_of_a_refused_address_is_known() -> None:
    with pytest.raises(Refused) as refused:
        vet_address("http://who:secret@a.example/x")
    assert "no se descarga" in said(str(refused.value))
