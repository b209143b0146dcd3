"""Pages are light, and their style says something to old browsers too."""

import gzip
import re

import pytest

from tests.web.pages import Reader
from tests.web.test_public_pages import PAGES
from tracker.assets import static
from tracker.domain.words import Standing

LIGHT = 60_000
"""Bytes on the wire of a page with its style: page weight, product section 8."""
SMALL = 30_000
"""Bytes of the style sheet as it is written."""
TOO_NEW = re.compile(
    r"(?:^|[;{\s])(inset|aspect-ratio|(?:margin|padding)-(?:inline|block)[a-z-]*)\s*:|:(?:is|where)\(|@(?:layer|container)"
)
"""What browsers of 2018 do not know and what would leave a page unreadable without it."""
RECKONED = re.compile(r"(?<![-\w])(font-size|width|max-width|padding|--gap)\s*:[^;{}]*\b(?:clamp|min|max)\(")


def style() -> str:
    """The style sheet of the public site, without its comments."""
    return re.sub(r"/\*.*?\*/", "", (static() / "answerby.css").read_text(), flags=re.S)


def rules() -> list[tuple[str, str]]:
    """Selectors with their declarations, of tables and sheets of paper too."""
    return re.findall(r"([^{}]+)\{([^{}]*)\}", style() + (static() / "sheet.css").read_text())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_its_style_is_light(demo: Reader, address: str) -> None:
    page = demo.client.get(address).get_data()
    assert len(gzip.compress(page)) + len(gzip.compress(style().encode())) < LIGHT


def test_the_style_sheet_is_small_and_asks_nobody_else_for_anything() -> None:
    sheet = style()
    assert len((static() / "answerby.css").read_bytes()) < SMALL
    assert not re.search(r"@import|url\(", sheet)


def test_the_style_needs_nothing_that_a_browser_of_2018_does_not_know() -> None:
    assert [
        (where.strip(), what) for where, what in rules() if TOO_NEW.search(what) or TOO_NEW.search(where)
    ] == []


def test_a_size_that_is_reckoned_has_a_plain_one_before_it() -> None:
    for where, what in rules():
        for found in RECKONED.finditer(what):
            before = what[: found.start()]
            guarded = "@supports" in where or re.search(rf"(?<![-\w]){found[1]}\s*:", before)
            assert guarded or where.strip() == ":root", (where.strip(), found[0])


def test_a_grid_names_its_gaps_in_the_word_of_2018() -> None:
    assert [
        where.strip()
        for where, what in rules()
        if "display: grid" in what and re.search(r"(?<!-)\bgap:", what)
    ] == []


def test_what_is_hidden_from_the_eye_is_hidden_in_old_browsers_too() -> None:
    assert [
        where.strip() for where, what in rules() if "clip-path" in what and "clip: rect" not in what
    ] == []


def test_every_standing_has_a_word_and_a_shape_of_its_own(demo: Reader) -> None:
    keyed = {one.get("id"): one for one in demo.open("/method").all("tr")}
    stamps = [next(keyed[standing.value].iter("th")) for standing in Standing]
    words = {"".join(stamp.itertext()).strip() for stamp in stamps}
    shapes = {next(stamp.iter("{http://www.w3.org/2000/svg}path")).get("d") for stamp in stamps}
    assert len(words) == len(shapes) == len(Standing)


def test_every_standing_has_a_part_in_pictures_and_those_alike_in_grey_a_pattern() -> None:
    sheet = style()
    assert [one for one in Standing if f".part-{one.value}" not in sheet and one.value != "not_started"] == []
    patterned = {one for one in Standing if re.search(rf"\.over-{one.value}(?!\w)", sheet)}
    plain = set(Standing) - patterned
    assert plain == {Standing.OVERDUE, Standing.NOT_STARTED, Standing.WAITING}
