"""The feed reader, through the cage, on a corpus of hostile feeds and on recorded ones."""

import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from scrapers.cage import Cage
from scrapers.model import Finding, Page, Problem, Result, Source
from scrapers.sources import feed
from tests.shared import shared

SOURCE = Source(
    "reports", "feed", "https://gov.example.org/feed", {"kind": "response", "body_name": "Ministry"}
)
BAD = shared("data", "badinputs")
CASES = [
    case
    for case in json.loads((BAD / "manifest.json").read_text("utf-8"))
    if case["group"] == "feeds" and (BAD / case["path"]).exists()
]
RECORDED = sorted(shared("data", "samples", "feeds").rglob("*.xml"))
Pages = Callable[..., Page]


def _body(name: str) -> bytes:
    return (BAD / "feeds" / name).read_bytes()


def _findings(results: Sequence[Result]) -> list[Finding]:
    return [result for result in results if isinstance(result, Finding)]


def _problems(results: Sequence[Result]) -> list[Problem]:
    return [result for result in results if isinstance(result, Problem)]


def _read(page: Page) -> list[Result]:
    return list(feed.read(page, SOURCE))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["path"].removeprefix("feeds/"))
def test_each_feed_of_the_corpus_gets_its_verdict(case: dict[str, Any], cage: Cage, page: Pages) -> None:
    body = (BAD / case["path"]).read_bytes()
    try:
        body = gzip.decompress(body) if case.get("http") else body
    except (EOFError, OSError, zlib.error):
        pytest.skip("never gets past the gate")
    results = cage.read("feed", page(body), SOURCE)
    is_fatal = any(problem.weight == "fatal" for problem in _problems(results))
    texts = [text for result in results for text in _texts(result.to_dict())]
    if case["expect"] in ("ok", "partial"):
        assert not is_fatal
    if case["expect"] == "reject":
        assert is_fatal
        assert not _findings(results)
    assert not [bad for bad in case["must_not"] for text in texts if bad in text]


def test_recorded_feeds_are_read_without_a_crash_and_nearly_all_of_them_whole(page: Pages) -> None:
    outcomes = [_read(page(path.read_bytes())) for path in RECORDED]
    unread = [
        problem.code for results in outcomes for problem in _problems(results) if problem.weight == "fatal"
    ]
    assert len(RECORDED) > 400
    assert set(unread) <= {"not_a_feed", "entities", "broken_xml"}
    assert len(unread) <= 15


def test_two_real_feeds_give_all_their_entries_with_their_dates(page: Pages) -> None:
    for name, entries in (("google_news.xml", 92), ("org_feed.xml", 10)):
        results = _read(page(shared("data", "samples", "feeds", name).read_bytes()))
        findings = _findings(results)
        assert len(findings) == len({finding.key for finding in findings}) == entries
        assert all(
            finding.dates["published_on"].value and finding.link and finding.title for finding in findings
        )


@pytest.mark.parametrize(
    ("second", "gone", "new"),
    [
        ("130_pair_https_switch_v2.xml", 0, 0),
        ("132_pair_reordered_v2.xml", 0, 0),
        ("133_pair_title_edit_v2.xml", 0, 0),
        ("134_pair_removed_v2.xml", 1, 0),
    ],
)
def test_entries_keep_their_keys_between_two_readings(second: str, gone: int, new: int, page: Pages) -> None:
    with_id = _body("132_pair_reordered_v2.xml")
    before = {finding.key for finding in _findings(_read(page(with_id)))}
    after = {finding.key for finding in _findings(_read(page(_body(second))))}
    assert (len(before - after), len(after - before)) == (gone, new)


def test_a_key_ignores_sessions_campaigns_and_the_scheme_of_a_link(page: Pages) -> None:
    keys = {finding.key for finding in _findings(_read(page(_body("131_pair_session_id_v2.xml"))))}
    assert keys == {f"link:gov.example.org/r/{number}" for number in range(1, 6)}


def test_an_id_that_is_an_address_lasts_when_the_site_changes_to_https(page: Pages) -> None:
    item = "<rss version='2.0'><channel><item><guid>{}://gov.example.org/1</guid><title>T</title></item></channel></rss>"
    keys = {_findings(_read(page(item.format(scheme))))[0].key for scheme in ("http", "https")}
    assert keys == {"id://gov.example.org/1"}


def test_one_id_on_two_documents_loses_neither_whatever_their_order(page: Pages) -> None:
    body = _body("139_guid_duplicate_different.xml").decode()
    items = body.split("<item>")
    turned = (
        "<item>".join([items[0], items[2].replace("</channel></rss>\n", ""), items[1]]) + "</channel></rss>"
    )
    first, second = ({finding.key for finding in _findings(_read(page(text)))} for text in (body, turned))
    assert len(first) == 2
    assert first == second
    assert {problem.code for problem in _problems(_read(page(body)))} == {"shared_id"}


def test_an_entry_without_id_and_date_is_kept_and_inert(page: Pages) -> None:
    (finding,) = _findings(
        _read(page("<rss version='2.0'><channel><item><title>T</title></item></channel></rss>"))
    )
    assert finding.extra["inert"] is True
    assert finding.key.startswith("sha256:")
    assert {code for code, _ in finding.reasons} == {"listed_in_feed", "no_id", "no_date"}
    assert finding.dates == {}


def test_impossible_dates_stay_unknown_and_raise_a_question(page: Pages) -> None:
    findings = _findings(_read(page(_body("145_date_zoo.xml"))))
    dates = {finding.title.split()[0]: finding.dates.get("published_on") for finding in findings}
    assert len(findings) == 51
    thirtieth = dates["D18"]
    assert thirtieth is not None
    assert (thirtieth.value, thirtieth.as_written) == (None, "2026-02-30")
    known = {name for name, written in dates.items() if written and written.value}
    assert known == {
        "D0",
        "D1",
        "D2",
        "D3",
        "D4",
        "D5",
        "D6",
        "D7",
        "D8",
        "D11",
        "D12",
        "D21",
        "D26",
        "D46",
        "D48",
    }


def test_a_date_ahead_of_the_reading_raises_a_question(page: Pages) -> None:
    problems = _problems(_read(page(_body("147_date_future_2_years.xml"))))
    assert [problem.code for problem in problems] == ["date_ahead"]


def test_a_cut_feed_is_refused_whole_and_not_read_as_fewer_entries(page: Pages) -> None:
    whole = _body("001_control_rss2.xml")
    for end in range(60, len(whole) - 8, 20):
        results = _read(page(whole[:end]))
        assert [problem.weight for problem in _problems(results)] == ["fatal"]
        assert not _findings(results)


def test_an_encoding_beyond_the_list_is_a_question_and_not_a_codec(page: Pages) -> None:
    body = _body("001_control_rss2.xml").replace(b'encoding="utf-8"', b"")
    for charset in ("utf-7", "idna", "zlib", "rot13", "undefined", "unicode_escape"):
        results = _read(page(body, content_type=f"text/html; charset={charset}"))
        assert [problem.code for problem in _problems(results)] == ["unknown_encoding"]
        assert len(_findings(results)) == 1


def test_rss_091_may_carry_its_document_type_and_nothing_else_may(page: Pages) -> None:
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    rest = '<rss version="0.91"><channel><item><title>T</title><link>https://gov.example.org/1</link></item></channel></rss>'
    assert len(_findings(_read(page(f'<?xml version="1.0"?>\n{kind}\n{rest}')))) == 1
    for other in (
        kind.replace(">", " [<!ELEMENT a ANY>]>", 1),
        "<!DOCTYPE rss>",
        "<!-- <x --><!DOCTYPE rss SYSTEM 'x'>",
    ):
        assert [problem.code for problem in _problems(_read(page(other + rest)))] == ["document_type"]


def test_the_operator_says_what_the_entries_are(page: Pages) -> None:
    (finding,) = _findings(_read(page(_body("001_control_rss2.xml"))))
    assert (finding.kind, finding.body_name) == ("response", "Ministry")


def test_authors_are_not_taken_over(page: Pages) -> None:
    item = "<item><guid>1</guid><title>T</title><author>a@b.example (A Person)</author></item>"
    (finding,) = _findings(_read(page(f"<rss version='2.0'><channel>{item}</channel></rss>")))
    assert "Person" not in json.dumps(finding.to_dict())
