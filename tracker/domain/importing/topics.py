"""Topics of a row: words and marked columns that the mapping or the catalogue knows; other words stay tags."""

from tracker.domain.importing.row import Reader, Row
from tracker.domain.importing.who import parted
from tracker.domain.kinds import topic_of, topics

MOST_TAGS = 40


def topics_of(reader: Reader, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Topics and tags, each once, in the order of the row."""
    said = reader.said.topics
    words = parted(said.source.filled(row.cells), said.split)
    marked = [name for name in said.flags if row.cells.get(name, "") in said.flagged]
    known: dict[str, None] = {}
    for topic in [*(said.flags[name] for name in marked), *(_topic(said.words, word) for word in words)]:
        if topic in topics():
            known[topic] = None
    tags = [
        word[:60]
        for word in [
            *(word for word in words if word not in topics()),
            *(parted(reader.said.item.tags.filled(row.cells), (";",))),
        ]
    ]
    return tuple(known), tuple(dict.fromkeys(tags))[:MOST_TAGS]


def _topic(words: object, word: str) -> str:
    own = words.get(word, "") if isinstance(words, dict) else ""
    return own or topic_of(word) or ""
