"""Whatever a page writes, plain text comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.blocks import Block, blocks_of, parsed, sections
from scrapers.impostors import empty_page, impostor
from scrapers.plain import cleaned, one_line, safe_link, text_of_html
from scrapers.promises import promises_in


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\nTwo\nthree"),
        ("Fish &amp; chips", "Fish & chips"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("a<script>alert(1)</script>b", "ab"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;x", "x"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;x", "x"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("line\r\nline\x0b\x00", "line\nline"),
        ("<svg><style>x</style></svg>", ""),
    ],
)
def test_html_becomes_what_a_person_would_read(html: str, text: str) -> None:
    assert text_of_html(html) == text


@given(st.text())
def test_a_line_is_one_line_of_fit_signs(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == cleaned(line) == line.strip()
    line.encode("utf-8")


def test_what_can_be_printed_needs_no_cleaning_and_its_only_white_space_is_the_blank() -> None:
    printable = "".join(sign for sign in map(chr, range(0x110000)) if sign.isprintable())
    assert cleaned(f"{printable}\0") == printable
    assert one_line(f"{printable}\n", len(printable)) == printable.strip(" ")
    assert printable.split() == printable.split(" ")[1:]


def test_signs_that_turn_the_reading_direction_are_dropped_and_scripts_that_need_joiners_keep_them() -> None:
    assert one_line("abc\u202egpj.exe") == "abcgpj.exe"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("link", "complete"),
    [
        ("/a?b", "https://gov.example.org/a?b"),
        ("//other.example/x", "https://other.example/x"),
        ("https://gov.example.org/ü", "https://gov.example.org/ü"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
        ("https://gov.example.org@evil.example/", ""),
        ('https://gov.example.org/"><script>', ""),
        ("http://[::1", ""),
        ("", ""),
        ("https://gov.example.org/" + "a" * 3000, ""),
    ],
)
def test_only_complete_web_addresses_are_links(link: str, complete: str) -> None:
    assert safe_link(link, "https://gov.example.org/feed") == complete


def test_an_empty_page_is_empty_in_any_encoding() -> None:
    for body in (b"", b" \n", b"\xef\xbb\xbf", b"\xff\xfe"):
        assert empty_page(body)
    assert empty_page(b"x") is None


def test_a_long_page_that_mentions_a_login_is_no_login_page() -> None:
    assert impostor(f"<title>Report</title><p>Log in to comment.</p><p>{'Words. ' * 400}</p>") is None
    assert impostor("<title>Sign in</title>" + "<p>Words.</p>" * 400) is not None


def test_a_page_is_its_pieces_in_reading_order_whatever_wraps_them() -> None:
    html = "<main><div><h2><span>A</span></h2>t<p>b <i>c</i></p></div><h3>D</h3><ul><li><div>e</div></li></ul></main>"
    blocks = blocks_of(parsed(html))
    assert [(block.tag, block.text) for block in blocks] == [
        ("h2", "A"), ("div", "t"), ("p", "b c"), ("h3", "D"), ("li", "e")
    ]  # fmt: skip
    assert {name: len(under) for name, under in sections(blocks).items()} == {"": 0, "A": 2, "D": 1}


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("We will report by 15 March 2027.", ["2027-03-15 day"]),
        ("It will be done no later than the end of March 2027.", ["2027-03-01 month"]),
        ("A law is planned by Q3 2027.", ["2027-07-01 quarter"]),
        ("We intend to finish by mid-2027.", ["None year"]),
        ("A report to be produced in 2027.", ["2027-01-01 year"]),
        ("We will finish by 31 February 2027.", ["None day"]),
        ("Waste will fall by 20 000 tonnes.", []),
        ("It was adopted by Parliament in 2019.", []),
        ("Emissions fell by 5% by 2030.", []),
        ("The consultation will run until 12 December 2027.", []),
    ],
)
def test_a_promise_is_a_commitment_with_a_day_to_keep_it_by(sentence: str, due: list[str]) -> None:
    found = promises_in("Answer", [Block("p", sentence)])
    assert [f"{promise.due.value} {promise.due.precision}" for promise in found] == due
