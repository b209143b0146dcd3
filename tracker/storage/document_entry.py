"""What entering many items of a document needs: its defaults, its items so far, the names of bodies."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.name_search import Named
from tracker.domain.words import Visibility
from tracker.storage.entries import id_of
from tracker.storage.successions import debtors
from tracker.storage.tables import Body, BodyAlias, Document, DocumentDefaults, Item


def defaults_of(session: Session, document: Document) -> dict[str, Any]:
    """What its items have in common, as typed; empty where nobody said."""
    row = _defaults(session, document)
    return dict(row.typed) if row else {}


def keep_defaults(
    session: Session, now: datetime, document: Document, typed: dict[str, Any], *, actor: str
) -> bool:
    """Keep what its items have in common; the row before is superseded. False: nothing differs."""
    row = _defaults(session, document)
    if row is not None and row.typed == typed:
        return False
    if row is not None:
        row.superseded_at = now
    session.add(
        DocumentDefaults(document_id=id_of(document), typed=typed, recorded_at=now, recorded_by=actor)
    )
    session.flush()
    return True


def _defaults(session: Session, document: Document) -> DocumentDefaults | None:
    wanted = select(DocumentDefaults).where(
        col(DocumentDefaults.document_id) == id_of(document), col(DocumentDefaults.superseded_at).is_(None)
    )
    return session.execute(wanted.order_by(col(DocumentDefaults.id).desc()).limit(1)).scalar_one_or_none()


def items_of(session: Session, document: Document) -> list[Item]:
    """Its items in their order, drafts included, those withdrawn left out."""
    wanted = select(Item).where(
        col(Item.document_id) == id_of(document), col(Item.visibility) != Visibility.WITHHELD
    )
    return list(session.execute(wanted.order_by(col(Item.number))).scalars())


def names_of_bodies(session: Session) -> list[Named]:
    """Every body that editors may choose, with its own name and its aliases."""
    aliases: dict[int, list[str]] = defaultdict(list)
    standing = select(BodyAlias).where(col(BodyAlias.superseded_at).is_(None)).order_by(col(BodyAlias.name))
    for alias in session.execute(standing).scalars():
        aliases[alias.body_id].append(alias.name)
    bodies = session.execute(
        select(Body).where(col(Body.visibility) != Visibility.WITHHELD).order_by(col(Body.name))
    ).scalars()
    return [Named(body.key, (body.name, *aliases[id_of(body)])) for body in bodies]


def bodies_by_key(session: Session, keys: list[str], today: date) -> dict[str, tuple[Body, Body | None]]:
    """Bodies by key, each with the body that owes in its place today where another one followed it."""
    found = list(session.execute(select(Body).where(col(Body.key).in_(keys))).scalars())
    followed = debtors(session, [id_of(body) for body in found], today)
    return {body.key: (body, followed.get(id_of(body))) for body in found}
