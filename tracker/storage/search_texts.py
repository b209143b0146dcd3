"""What of a thing is searched: its title, number and names, and the rest."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage.tables import Body, BodyAlias, Document, Item, Process, Response, ResponseLine

Texts = dict[int, tuple[list[str], list[str]]]
"""By id: what is a thing's head, and the rest of it."""


def _item_texts(session: Session, ids: Sequence[int]) -> Texts:
    wanted = (
        select(
            col(Item.id),
            col(Item.ref),
            col(Item.title),
            col(Item.text),
            col(Document.title),
            col(Process.name),
        )
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
        .where(col(Item.id).in_(ids))
    )
    return {row[0]: ([row[1], row[2]], list(row[3:])) for row in session.execute(wanted).all()}


def _body_texts(session: Session, ids: Sequence[int]) -> Texts:
    named = select(col(Body.id), col(Body.name)).where(col(Body.id).in_(ids))
    found: Texts = {row[0]: ([row[1]], []) for row in session.execute(named).all()}
    others = select(col(BodyAlias.body_id), col(BodyAlias.name)).where(
        col(BodyAlias.body_id).in_(ids), col(BodyAlias.superseded_at).is_(None)
    )
    for body_id, name in session.execute(others.order_by(col(BodyAlias.name), col(BodyAlias.id))).all():
        found[body_id][0].append(name)
    return found


def _process_texts(session: Session, ids: Sequence[int]) -> Texts:
    wanted = select(col(Process.id), col(Process.name), col(Process.organiser)).where(
        col(Process.id).in_(ids)
    )
    return {row[0]: ([row[1]], [row[2]]) for row in session.execute(wanted).all()}


def _document_texts(session: Session, ids: Sequence[int]) -> Texts:
    wanted = (
        select(col(Document.id), col(Document.title), col(Process.name))
        .join(Process, col(Process.id) == Document.process_id)
        .where(col(Document.id).in_(ids))
    )
    return {row[0]: ([row[1]], [row[2]]) for row in session.execute(wanted).all()}


def _response_texts(session: Session, ids: Sequence[int]) -> Texts:
    wanted = select(col(Response.id), col(Response.title), col(Response.text))
    rows = session.execute(wanted.where(col(Response.id).in_(ids))).all()
    found: Texts = {row[0]: ([row[1]], list(row[2:])) for row in rows}
    quotes = select(col(ResponseLine.response_id), col(ResponseLine.quote)).where(
        col(ResponseLine.response_id).in_(ids),
        col(ResponseLine.superseded_at).is_(None),
        col(ResponseLine.quote) != "",
    )
    for response_id, quote in session.execute(quotes.order_by(col(ResponseLine.id))).all():
        if quote not in found[response_id][1]:
            found[response_id][1].append(quote)
    return found


TEXTS: Mapping[str, Callable[[Session, Sequence[int]], Texts]] = {
    "item": _item_texts,
    "body": _body_texts,
    "process": _process_texts,
    "document": _document_texts,
    "response": _response_texts,
}
