"""`answerby due --read`: the deadline a sentence states."""

import json

import click

from tracker.assets import translations
from tracker.domain.sentence_question import SentenceQuestion, read_sentence
from tracker.rendering.reading_words import reading_data, reading_words
from tracker.rendering.tongue import tongue


def tell_reading(asked: SentenceQuestion, *, as_json: bool) -> int:
    """Says what was read, the ISO date alone on the last line; 1 where it cannot be read for certain."""
    found, english = read_sentence(asked), tongue("en", translations())
    if as_json:
        click.echo(json.dumps(reading_data(found, english), ensure_ascii=False, default=str))
    else:
        click.echo(reading_words(found, english))
        if found.passage:
            click.echo(f"It says: “{found.passage}”.")
        click.echo(found.date.last.isoformat() if found.date else "no date")
    return 1 if found.kind == "unclear" else 0
