"""The language of words that are not the page's own."""

import pytest

from tracker.domain.spoken import foreign, spoken


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("fr",), "fr"),
        (("", "fr"), "fr"),
        ((None, " fr "), "fr"),
        (("de", "fr"), "de"),
        (("pt-BR",), "pt-BR"),
        (("", ""), ""),
        ((), ""),
        (("nl;fr",), ""),
        (("en;fr", "en"), ""),
        (('fr" onclick="',), ""),
    ],
)
def test_an_items_own_language_comes_before_its_processes(codes: tuple[str | None, ...], said: str) -> None:
    assert spoken(*codes) == said


def test_a_variety_of_the_pages_language_is_none_other() -> None:
    assert foreign("en", "en-GB") == foreign("pt-BR", "pt") == ""
    assert foreign("en", "fr-CA") == "fr-CA"
