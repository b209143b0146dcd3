"""Every page says its language, names itself in the others, and writes dates and numbers as they are written there."""

import re
from datetime import date

import pytest

from tests.shared import ROOT
from tests.web.pages import Page, Reader
from tracker.assets import translations
from tracker.rendering.clean_text import one_line
from tracker.rendering.tongue import NN_, tongue

DAY, FORMS = date(2026, 5, 1), NN_("%(n)d day", "%(n)d days")


def test_the_first_of_a_month_is_premier_in_french_and_no_other_day_is() -> None:
    french = tongue("fr", translations())
    assert french.day(DAY) == "1er mai 2026"
    assert french.weekday(DAY) == "vendredi 1er mai 2026"
    assert french.weekday(date(2026, 5, 11)) == "lundi 11 mai 2026"
    assert french.month(DAY) == "mai 2026"


@pytest.mark.parametrize(
    ("code", "day", "number", "list_"),
    [
        ("fr", "1er mai 2026", "1\u202f234\u202f567", "A, B et C"),
        ("es", "1 de mayo de 2026", "1.234.567", "A, B y C"),
    ],
)
def test_dates_numbers_and_lists_are_written_as_the_language_does(
    code: str, day: str, number: str, list_: str
) -> None:
    spoken = tongue(code, translations())
    assert (spoken.day(DAY), spoken.number(1234567), spoken.listed(["A", "B", "C"])) == (day, number, list_)


def test_nothing_is_singular_in_french_and_plural_in_spanish() -> None:
    assert tongue("fr", translations()).count(FORMS, 0) == "0 jour"
    assert tongue("es", translations()).count(FORMS, 0) == "0 días"


@pytest.mark.parametrize(("prefix", "code"), [("", "en"), ("/fr", "fr"), ("/es", "es")])
def test_a_page_says_its_language_and_where_the_others_are(demo: Reader, prefix: str, code: str) -> None:
    page = demo.open(f"{prefix}/overdue")
    assert page.answer.headers["Content-Language"] == code
    assert page.all("html")[0].get("lang") == code
    others = {
        one.get("hreflang", ""): one.get("href", "").partition("//")[2].partition("/")[2]
        for one in page.all("link")
        if one.get("rel") == "alternate" and one.get("hreflang")
    }
    assert others == {"en": "overdue", "es": "es/overdue", "fr": "fr/overdue", "x-default": "overdue"}


def test_the_answer_is_the_same_whatever_languages_a_browser_prefers(demo: Reader) -> None:
    asked = [demo.client.get("/overdue", headers={"Accept-Language": one}) for one in ("fr", "es;q=0.9, en")]
    assert asked[0].get_data() == asked[1].get_data()
    assert "Accept-Language" not in asked[0].headers.get("Vary", "")


@pytest.mark.parametrize(
    ("code", "said"), [("en", "So: “x”; "), ("es", "So: «x»; "), ("fr", "So\u00a0: «\u00a0x\u00a0»\u202f; ")]
)
def test_signs_and_quotation_marks_are_those_of_the_language(code: str, said: str) -> None:
    spoken = tongue(code, translations())
    assert f"{spoken.colon('So')} {spoken.in_turn([spoken.quoted('x'), ''])}" == said


def test_a_title_on_one_line_keeps_the_blank_at_which_no_line_breaks() -> None:
    assert one_line(" En retard\u00a0:\n\tun  corps ") == "En retard\u00a0: un corps"


def test_no_template_puts_a_sign_of_english_behind_a_value_or_around_it() -> None:
    glued = re.compile(r"(?:\}\}|%\}|</\w+>):(?=[\s<{])|(?:%\}|</\w+>); (?=\{)|“\{\{|\}\}”", re.MULTILINE)
    found = {
        f"{file.relative_to(ROOT)}: {match[0]!r}"
        for file in (ROOT / "templates").rglob("*.*")
        for match in glued.finditer(file.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/overdue?basis=statute",
        "/processes",
        "/bodies",
        "/corrections",
        "/about",
        "/method",
        "/feeds?list=overdue",
        "/search?q=safety",
        "/items/uk-pfd-2025-0558-i",
        "/rules/gb-foi-s10",
    ],
)
def test_french_sets_its_signs_off_whoever_read_the_page_before(demo: Reader, address: str) -> None:
    english, french = (_read_out(demo.open(f"{prefix}{address}")) for prefix in ("", "/fr"))
    tight = {match[0] for match in re.finditer(r"\S+[^\s\u00a0\u202f][:;?!](?=\s)(?: \S+)?", french)}
    assert {one for one in tight if one not in english} == set()


def _read_out(page: Page) -> str:
    """All texts and what is said of pictures, with their blanks as they are."""
    said = [one.get("aria-label") or "" for one in page.root.iter()]
    words = [text for one in page.root.iter() if one.tag != "script" for text in (one.text, one.tail) if text]
    return "\n".join([*words, *said])


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_page_names_itself_in_every_language(demo: Reader, language: str) -> None:
    """A page that calls something its own by a name of the frame would send readers to addresses that are none."""
    for path in (
        "/bodies",
        "/processes",
        "/overdue",
        "/calendar",
        "/search",
        "/rules",
        "/events",
        "/sources",
    ):
        said = demo.client.get(f"/{language}{path}").get_data(as_text=True)
        named = dict(re.findall(r'hreflang="([a-z-]+)" href="https?://[^/"]+([^"]*)"', said))
        assert named == {"en": path, "es": f"/es{path}", "fr": f"/fr{path}", "x-default": path}, path
