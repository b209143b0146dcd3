"""Readings of pages in the order of time, as far as they may be exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.evidence import EVIDENCE, holds_a_withheld_answer, is_of_a_reply
from tracker.storage.tables import Page, PageVisit, Source, Withheld

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Pages that an export leaves out: withheld, not released by an editor, and those whose bytes are gone."""

    withheld: int = 0
    unreleased: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported: of one source or all, since an instant, with or without what is only shown by link."""

    source: str = ""
    since: datetime | None = None
    link_only: bool = False


def readings(session: Session, chosen: Chosen) -> Iterator[tuple[PageVisit, Page]]:
    """Every reading that returned a page, or words in place of one, oldest first; the page comes without its bytes."""
    wanted = (
        _of(select(PageVisit, col(Page.sha256)), chosen)
        .where(col(Page.dropped_at).is_(None), *_may_travel(chosen))
        .order_by(col(PageVisit.fetched_at), col(PageVisit.id))
    )
    described = _descriptions()
    for visit, sha256 in session.execute(wanted.execution_options(yield_per=AT_ONCE)):
        row = session.execute(described.where(col(Page.sha256) == sha256)).one()
        yield visit, Page(body=b"", **row._mapping)


def _descriptions() -> Any:
    columns: list[Any] = [getattr(Page, name) for name in Page.model_fields if name != "body"]
    return select(*columns)


def left_out(session: Session, chosen: Chosen) -> LeftOut:
    """How many pages that were read are not exported, and why."""
    travels = and_(*_may_travel(chosen))
    withheld = _is_withheld()
    pages = _of(
        select(
            col(Page.sha256).label("sha256"),
            case((withheld, "withheld"), (~travels, "unreleased"), else_="dropped").label("why"),
        ),
        chosen,
    ).where(or_(~travels, col(Page.dropped_at).is_not(None)))
    each = pages.distinct().subquery()
    counted = select(each.c.why, func.count()).group_by(each.c.why)
    return LeftOut(**{str(why): int(number) for why, number in session.execute(counted).all()})


def _of(wanted: Any, chosen: Chosen) -> Any:
    wanted = (
        wanted.select_from(PageVisit)
        .join(Page, col(Page.sha256) == func.coalesce(col(PageVisit.page_sha256), col(PageVisit.said_sha256)))
        .outerjoin(Source, col(Source.id) == col(PageVisit.source_id))
    )
    if chosen.source:
        wanted = wanted.where(col(Source.key) == chosen.source)
    return wanted.where(col(PageVisit.fetched_at) >= chosen.since) if chosen.since else wanted


def _is_withheld() -> ColumnElement[bool]:
    return or_(
        col(Page.visibility).in_([Visibility.WITHHELD, Visibility.DRAFT]),
        holds_a_withheld_answer(col(Page.sha256)),
    )


def _may_travel(chosen: Chosen) -> list[ColumnElement[bool]]:
    """Never what is withheld; evidence of replies, and what an editor shows by link only, where it is asked for."""
    if chosen.link_only:
        return [~_is_withheld()]
    by_link = exists().where(
        col(Withheld.object_kind) == EVIDENCE, col(Withheld.object_key) == col(Page.sha256)
    )
    free = and_(~is_of_a_reply(col(Page.sha256)), ~by_link)
    return [~_is_withheld(), or_(col(Page.visibility) == Visibility.PUBLIC, free)]
