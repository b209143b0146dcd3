"""Kinds of process and topics as data."""

import csv

import pytest

from tests.shared import shared
from tracker.domain.catalogue import catalogue
from tracker.domain.kinds import KindError, kinds, read_kind, read_topic, topic_of, topics
from tracker.domain.words import ProcessKind

LANGUAGES = {"en", "es", "fr"}


@pytest.mark.parametrize("kind", list(ProcessKind))
def test_every_kind_has_words_in_every_language_and_offers_a_rule_that_exists(kind: ProcessKind) -> None:
    found = kinds()[kind]
    assert set(found.words) == LANGUAGES
    assert all(words.one and words.many and words.about for words in found.words.values())
    assert {found.rule, *found.offers.values()} <= set(catalogue())
    assert found.columns


def test_a_kind_offers_the_rule_of_the_place_and_elsewhere_a_general_one() -> None:
    committee = kinds()[ProcessKind.PARLIAMENTARY_COMMITTEE]
    assert committee.offered("GB-SCT") == "gb-sct-parliament-committee"
    assert committee.offered("GB-ENG") == "gb-commons-select-committee"
    assert committee.offered("ZA") == "stated-request"


def test_a_kind_speaks_english_where_its_words_are_missing() -> None:
    kind = kinds()[ProcessKind.CORONER]
    assert kind.in_language("de").one == "Coroner's report"
    assert kind.in_language("es-MX").one == "Informe de coroner"


def test_every_topic_is_translated() -> None:
    assert 14 <= len(topics()) <= 18
    assert all(set(topic.words) == LANGUAGES for topic in topics().values())


def test_every_tag_of_the_demo_belongs_to_one_topic() -> None:
    with shared("data", "demo", "items.csv").open(encoding="utf-8", newline="") as file:
        tags = {
            tag.strip() for row in csv.DictReader(file) for tag in row["topics"].split(";") if tag.strip()
        }
    assert {tag for tag in tags if topic_of(tag) is None} == set()


@pytest.mark.parametrize(
    ("tag", "topic"),
    [
        ("Facial recognition", "privacy-and-surveillance"),
        ("AI", "artificial-intelligence"),
        ("Transporte", "transport"),
        ("nothing we know", None),
    ],
)
def test_a_tag_finds_its_topic_however_it_is_written(tag: str, topic: str | None) -> None:
    assert topic_of(tag) == topic


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("item =", "not TOML"),
        ('item = "recommendation"', "missing key"),
        (
            'item = "wish"\nobligation = "respond"\nrule = "r"\ncolumns = []\n[words.en]\none = "A"\nmany = "As"',
            "'wish' is not a valid ItemKind",
        ),
        (
            'item = "commitment"\nobligation = "respond"\nrule = "r"\ncolumns = ["x"]\n[words.en]\none = "A"\nmany = "As"',
            "unknown column 'x'",
        ),
        (
            'item = "commitment"\nobligation = "respond"\nrule = "r"\ncolumns = []\n[words.es]\none = "A"\nmany = "As"',
            r"words\.en is missing",
        ),
    ],
)
def test_a_kind_written_wrongly_is_told_by_file_and_key(text: str, words: str) -> None:
    with pytest.raises(KindError, match=rf"kinds/coroner\.toml: .*{words}"):
        read_kind(text, "coroner")


def test_a_topic_written_wrongly_is_told_by_file_and_key() -> None:
    with pytest.raises(KindError, match=r"topics/x\.toml: unknown key 'colour'"):
        read_topic('synonyms = []\ncolour = 1\n[words]\nen = "X"', "x")
