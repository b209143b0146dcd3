"""Numbers, colons and lists of news as each language writes them."""

from datetime import UTC, datetime

import pytest

from tests.rendering.test_mail_digest import K, News
from tracker.assets import templates, translations
from tracker.domain.letter import CONTACT, Letter
from tracker.rendering.headlines import headline
from tracker.rendering.letters import Worded, plain
from tracker.rendering.mail import MailWriter, Publication
from tracker.rendering.reminder_words import Part
from tracker.rendering.tongue import Tongue, tongue, tongues

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def speaking(code: str) -> Tongue:
    return tongue(code, translations())


@pytest.mark.parametrize(
    ("code", "four", "five"),
    [("en", "1,308", "13,080"), ("es", "1308", "13.080"), ("fr", "1\u202f308", "13\u202f080")],
)
def test_four_digits_are_grouped_as_the_language_does(code: str, four: str, five: str) -> None:
    said = speaking(code)
    assert (said.number(1308), said.number(13080)) == (four, five)
    assert four in said.count(("%(n)d day", "%(n)d days"), 1308)


def test_a_plain_letter_in_french_sets_the_colon_before_a_link_off() -> None:
    words = Worded("", (), parts=(Part("Titre", (), (("La page", "/x"),)),))
    assert list(plain(words, "", speaking("fr")))[1] == "La page\u00a0:\n/x"
    assert list(plain(words, "", speaking("es")))[1] == "La page:\n/x"


def test_a_list_of_news_in_spanish_takes_no_gender() -> None:
    found = [News(1, kind=K.SOURCE_BROKEN), News(2, kind=K.SOURCE_BROKEN)]
    said = headline(found, speaking("es"))
    assert said.startswith("2 fuentes ilegibles (en primer lugar, ")


def test_a_letter_in_french_names_a_body_without_an_article_of_its_own() -> None:
    writer = MailWriter(
        Publication("Answer Watch", "City Watch", "https://answers.example.org", "en"),
        tongues(["en", "fr"], translations()),
        templates(),
    )
    letter = Letter(1, CONTACT, "a@example.org", "fr", "<l@x>", {"body": "Ministère de l’Eau"}, "/x")
    assert writer.letter(letter, NOW).subject.endswith("au nom de l’organisme Ministère de l’Eau")
